"""Who asks for what, address by address, in the matrix of permissions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product

import pytest

from smartkampung.accounts.roles import PERMISSIONS, Role
from tests.emptying import remember_nothing
from tests.web.samples import SAMPLES, Address, Sample, addresses

METHODS = ("GET", "POST", "PUT", "DELETE")
GATEWAY = "gateway"  # opens by a signature, which nobody here has
OPEN = {"public", "machine", GATEWAY}
WALKED = addresses()


def sample_of(address: Address) -> Sample:
    return SAMPLES.get(address.name, Sample())


def holders(address: Address) -> list[Role]:
    if address.permission == "own_account":
        return list(Role)
    return [role for role in Role if address.permission in PERMISSIONS[role]]


def refused_asking(address: Address) -> Iterator[tuple[Role, str, bool]]:
    """Say who asks for what: every role, and in turn every method from either place.

    The door looks at method and role and at nothing else: each role is asked once, each
    method from each place by some of them, beginning with another one at each address.
    """
    ways = list(product(methods_of(address), (True, False)))
    roles = [role for role in Role if role not in holders(address)]
    first = WALKED.index(address)
    for turn in range(max(len(roles), len(ways)) if roles else 0):
        role = roles[turn % len(roles)]
        yield role, *ways[(first + turn) % len(ways)]


def mistaken_asking(address: Address) -> Iterator[tuple[Role, str]]:
    """Say who asks by a method that an address does not take.

    Somebody who may and somebody who may not, in turn, beginning with another one at
    each address. Who is not signed in asks by all of them.
    """
    may = holders(address)[:1] if address.permission not in OPEN | {"resident"} else []
    roles = may + [role for role in Role if role not in may][:1]
    first = WALKED.index(address)
    others = [method for method in METHODS if method not in methods_of(address)]
    for turn, method in enumerate(others):
        yield roles[(first + turn) % len(roles)], method


def methods_of(address: Address) -> tuple[str, ...]:
    any_method = sample_of(address).any_method
    return METHODS if any_method else tuple(address.methods)


def serving(address: Address) -> list[Role]:
    # What is open to everybody is also open to staff; one role says it for all. One's own
    # account asks for no office: a village's and a health centre's say it.
    if address.permission == "own_account":
        return [Role.VILLAGE_OFFICER, Role.PUSKESMAS_OFFICER]
    return [Role.VILLAGE_OFFICER] if address.permission in OPEN else holders(address)


def asking(address: Address, methods: tuple[str, ...]) -> Iterator[tuple[Role, str]]:
    """Say who asks for what of those who may: all by every method, HEAD by the first.

    It runs the very page of GET, whose words are then not sent.
    """
    roles = serving(address)
    yield from product(roles[:1], methods)
    yield from product(roles[1:], [one for one in methods if one != "HEAD"])


def part_of(address: Address) -> str:
    """Return the first words of an address: a part of the program."""
    words = address.route.split("/")
    return "/".join(words[: {"api": 3, "staff": 2}.get(words[0], 1)]) or "/"


def parts(wanted: Callable[[Address], bool] = lambda _: True) -> pytest.MarkDecorator:
    """Run a test once for each part of the program that has such addresses.

    Four thousand tests, one for each address, took longer to begin and end than to ask.
    """
    found: dict[str, list[Address]] = {}
    for address in filter(wanted, WALKED):
        found.setdefault(part_of(address), []).append(address)
    return pytest.mark.parametrize("part", list(found.values()), ids=list(found))


def afresh(part: list[Address]) -> Iterator[Address]:
    """Go through addresses; whoever asks for one was not counted at another."""
    for address in part:
        remember_nothing()
        yield address


class Wrong(list[str]):
    """Which address did not answer whom as it should."""

    @contextmanager
    def at(self, address: Address, *asked: object) -> Iterator[None]:
        """Note what is wrong about one answer, and let the others be looked at."""
        try:
            yield
        except AssertionError as error:
            said = " ".join(map(str, asked))
            self.append(f"{address.route} {said}: {str(error).splitlines()[0]}")
