"""Why a letter holds no longer, as its page says it."""

from datetime import date

import pytest

from smartkampung.letters.requests.rules.ends import Ended, ended

TODAY, BEFORE = date(2026, 11, 24), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("revoked", "replaced", "until", "end"),
    [
        pytest.param(False, False, None, None, id="without a last day it holds"),
        pytest.param(False, False, TODAY, None, id="on its last day it holds"),
        pytest.param(False, False, BEFORE, Ended.EXPIRED, id="then its time is over"),
        pytest.param(True, False, BEFORE, Ended.REVOKED, id="revoked says more"),
        pytest.param(
            True, True, TODAY, Ended.REPLACED, id="what replaces it says most"
        ),
    ],
)
def test_a_letter_ends_for_one_reason(
    revoked: bool, replaced: bool, until: date | None, end: Ended | None
) -> None:
    assert ended(revoked=revoked, replaced=replaced, until=until, on=TODAY) is end
