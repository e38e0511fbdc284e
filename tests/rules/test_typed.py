"""Numbers that come with a form name a row, or nothing; none of them is a crash."""

import pytest

from smartkampung.web.typed import row_id


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("17", 17),
        ("", None),
        ("-1", None),
        ("1 OR 1=1", None),
        ("²", None),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5000, None),
    ],
    ids=["a number", "empty", "minus", "SQL", "raised", "longest", "too long", "flood"],
)
def test_a_number_or_nothing(text: str, number: int | None) -> None:
    assert row_id(text) == number
