"""2,000 tries of anything by anybody: no step skipped, nobody twice, nothing below zero.

``python -m bench.stateful`` runs 100,000 of them.
"""

import pytest

from tests.aid_machine.everything import let_anybody_try

EXAMPLES, TRIES = 20, 100
# Without these, nothing much was tried.
HAPPENED = (
    "received",
    "approve_list",
    "release",
    "release refused: budget_exhausted",
    "answer of the bank",
    "settle",
    "answer",
    "stop",
    "replace",
)


@pytest.mark.slow
@pytest.mark.django_db
def test_nothing_that_anybody_tries_breaks_a_promise() -> None:
    tally = let_anybody_try(examples=EXAMPLES, tries=TRIES, derandomize=True)
    assert [what for what in HAPPENED if not tally[what]] == [], tally
