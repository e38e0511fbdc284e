"""What every machine of tries has: a world, one clock, and eyes after each try."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from tests.aid_machine.moves import skipped, states
from tests.aid_machine.promises import broken
from tests.aid_machine.world import World, later

Row = TypeVar("Row", bound=models.Model)
NTH = st.integers(0, 5)
USUALLY = st.sampled_from([True, True, True, False])
SARI, MADE, HEAD, ENDANG, BAMBANG, DIAN = range(6)


def mostly(*who: int) -> st.SearchStrategy[int]:
    """Draw one of these, and now and then anybody at all."""
    return st.sampled_from([*who * 4, SARI, MADE, HEAD, ENDANG, BAMBANG, DIAN])


def when(kind: str, *wanted: str) -> Callable[[Any], bool]:
    """Allow a try when something stands so; now and then at any other time, too."""

    def there(tries: Tries) -> bool:
        found = [state for (what, _), state in tries.before.items() if what == kind]
        early = tries.tries % 6 == 0 and bool(found)
        return early or any(state in wanted for state in found)

    return there


def rarely(one_in: int) -> Callable[[Any], bool]:
    """Allow a try once in so many, whatever stands how."""
    return lambda tries: tries.tries % one_in == 0


def both(
    one: Callable[[Any], bool], two: Callable[[Any], bool]
) -> Callable[[Any], bool]:
    """Allow a try when two things stand so."""
    return lambda tries: one(tries) and two(tries)


def nth(rows: type[Row], number: int, **wanted: object) -> Row:
    """Return one of the rows, by its place; of those wanted, if any is there."""
    everything = rows._default_manager.order_by("pk")
    chosen = everything.filter(**wanted)
    # Now and then something else: that is then refused.
    found = list(chosen if chosen.exists() and number < 5 else everything)
    return found[number % len(found)]


class Tries(RuleBasedStateMachine):
    """Tries of anything; what came of them is counted in ``tally``.

    Each example is a savepoint of its own, undone at its end.
    """

    world: World
    tally: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.tries = 0
        self.before = states()

    def teardown(self) -> None:
        """Undo the example."""
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @property
    def at(self) -> datetime:
        """Return the moment of this try."""
        return later(self.tries)

    def who(self, number: int) -> Actor:
        """Return somebody who works here."""
        return self.world.staff[number]

    def attempt(self, what: str, act: Callable[..., object], **told: object) -> None:
        """Try; a refusal leaves everything as it was, any other error is a fault."""
        self.tries += 1
        act_as(Kind.JOB)
        try:
            with transaction.atomic():
                act(**told, at=self.at)
        except Refused as refusal:
            self.tally[f"{what} refused: {refusal.code}"] += 1
            assert states() == self.before, f"{what} was refused and changed something"
        else:
            self.tally[what] += 1

    @invariant()
    def every_promise_holds(self) -> None:
        """Look at everything, by queries of our own."""
        after = states()
        wrong = [*skipped(self.before, after), *broken()]
        assert not wrong, wrong
        self.before = after
