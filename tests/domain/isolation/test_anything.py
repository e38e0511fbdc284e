"""Two thousand random acts in a kecamatan of four houses: no promise breaks."""

import pytest

from smartkampung.kernel.rls import Kind, act_as
from tests.isolation_machine import let_anybody_do

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_is_lost_and_no_bed_is_given_twice(seed: int) -> None:
    act_as(Kind.JOB)
    tally = let_anybody_do(1_000, seed=seed)
    # The acts that matter came about: otherwise nothing was shown.
    for act in (
        "book: booked",
        "book: waiting",
        "cancel: offered",
        "extend: 1 displaced",
        "relocate: done",
        "move: done",
        "take_up: done",
        "shut_or_open: opened",
    ):
        assert tally[act], (act, tally)
