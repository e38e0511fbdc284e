"""May a pair be decided, or a merge be undone; and whose it is."""

import pytest

from smartkampung.duplicates.rules.review import (
    Bar,
    bars_to_decide,
    bars_to_undo,
    common_region,
    region_above,
)


def test_every_reason_is_named() -> None:
    found = bars_to_decide(decided=True, inside=False, statuses=("living", "merged"))
    assert found == [Bar.DECIDED, Bar.ELSEWHERE, Bar.ALREADY_MERGED]
    free = bars_to_decide(decided=False, inside=True, statuses=("living", "dead"))
    assert free == []


def test_an_undo_is_barred_for_every_reason_at_once() -> None:
    found = bars_to_undo(undone=True, inside=False, survivor_status="merged")
    assert found == [Bar.UNDONE, Bar.ELSEWHERE, Bar.BUILT_UPON]
    assert bars_to_undo(undone=False, inside=True, survivor_status="living") == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("35.10.09.2003.002.007", "35.10.09.2003.002.007", "35.10.09.2003"),
        ("35.10.09.2003.002.007", "35.10.09.2004.001.001", "35.10.09"),
        ("35.10.09.2003.002.007", "35.10.10.2003.002.007", "35.10"),
    ],
)
def test_the_smallest_region_that_holds_both(
    first: str, second: str, expected: str
) -> None:
    assert common_region(first, second) == expected


@pytest.mark.parametrize(
    ("code", "above"),
    [("35.10.09.2003", "35.10.09"), ("35.10.09", "35.10"), ("35.10", "35.10")],
)
def test_the_office_above(code: str, above: str) -> None:
    assert region_above(code) == above
