"""Whatever the line does, the server holds what five phones filled in: all of it, once."""

import pytest

from tests.fieldwork_machine import let_phones_work

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OPERATIONS = 500


def test_five_phones_lose_nothing_and_double_nothing() -> None:
    tally = let_phones_work(OPERATIONS, seed=1)
    # All of it was tried: a machine that does nothing breaks nothing.
    happened = " ".join(tally)
    for what in (
        "lost on the way there",
        "lost on the way back",
        "changed after sending",
        "done at a desk",
        "office taken away",
        "another phone",
        "in the end: done",
        "in the end: held contradicts",
        "in the end: held device_revoked",
        "in the end: review cannot_check",
        "in the end: review not_yours",
    ):
        assert what in happened, tally
