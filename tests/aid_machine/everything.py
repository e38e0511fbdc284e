"""Claims, cycles and payments at once: one person may be tried in all three."""

from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.aid_machine.claims import Claims
from tests.aid_machine.cycles import Cycles
from tests.aid_machine.payments import Payments
from tests.aid_machine.world import new_world


class Everything(Claims, Cycles, Payments):
    """All tries together, in one world."""


def let_anybody_try(*, examples: int, tries: int, derandomize: bool) -> Counter[str]:
    """Run so many examples of so many tries; return what came of them.

    Needs a transaction around it. Raises AssertionError with the tries that led there.
    """

    class Here(Everything):
        world = new_world()
        tally: Counter[str] = Counter()

    chosen = settings(
        max_examples=examples,
        stateful_step_count=tries,
        deadline=None,
        derandomize=derandomize,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=chosen)
    return Here.tally
