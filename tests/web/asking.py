"""Who asks for what, address by address, in the matrix of permissions."""

from collections.abc import Iterator
from itertools import product

from smartkampung.accounts.roles import PERMISSIONS, Role
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
