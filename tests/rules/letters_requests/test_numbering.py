"""Numbers as villages write them."""

from datetime import date

import pytest

from smartkampung.letters.requests.rules.numbering import (
    USUAL,
    Fault,
    Numbered,
    faults_of,
    series_of,
    text_faults,
    written,
)

JULY = Numbered(12, "401", "sktm", "429.503", date(2026, 7, 9))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        pytest.param(USUAL, "401/012/429.503/VII/2026", id="the usual"),
        pytest.param("{number}/{kind}/{month}/{year}", "12/SKTM/07/2026", id="by kind"),
        pytest.param("{number:5}.{year}", "00012.2026", id="wide"),
        pytest.param("{number:1} - {year}", "12 - 2026", id="wider than its place"),
    ],
)
def test_a_number_is_written(pattern: str, text: str) -> None:
    assert written(pattern, JULY) == text
    assert not faults_of(pattern, by_kind=False)


@pytest.mark.parametrize(
    ("pattern", "by_kind", "faults"),
    [
        pytest.param("{class}/{year}", False, [Fault.NO_NUMBER], id="no number"),
        pytest.param("{number}", False, [Fault.NO_YEAR], id="no year"),
        pytest.param(
            "{number}/{year}/{nik}", False, [Fault.UNKNOWN_PART], id="unknown"
        ),
        pytest.param("{number}/{year}/{", False, [Fault.UNKNOWN_PART], id="torn"),
        pytest.param("{number}/{year}#", False, [Fault.NOT_ALLOWED], id="a sign"),
        pytest.param(
            "{number}/{year}" + "A" * 60, False, [Fault.TOO_LONG], id="too long"
        ),
        pytest.param(USUAL, True, [Fault.KIND_NOT_TOLD], id="kinds not told apart"),
        pytest.param("{number}/{kind}/{year}", True, [], id="kinds told apart"),
        pytest.param("", False, [Fault.NO_NUMBER, Fault.NO_YEAR], id="nothing"),
    ],
)
def test_what_a_pattern_lacks(pattern: str, by_kind: bool, faults: list[Fault]) -> None:
    assert faults_of(pattern, by_kind=by_kind) == faults


@pytest.mark.parametrize(
    ("pattern", "office", "faults"),
    [
        pytest.param(USUAL, "429.503", [], id="the usual"),
        pytest.param("{number}/{kind}/{year}", "", [], id="a long kind fits"),
        pytest.param(
            "{number}/{kind}/{office}/{year}",
            "Kantor Desa Kalipait",
            [Fault.TEXT_TOO_LONG],
            id="the longest kind does not",
        ),
    ],
)
def test_the_longest_number_has_room_in_the_square(
    pattern: str, office: str, faults: list[Fault]
) -> None:
    kinds = [("401", "sktm"), ("474.2", "k" * 40)]
    assert text_faults(pattern, office=office, kinds=kinds) == faults


def test_series_are_of_all_kinds_or_of_each() -> None:
    assert series_of("sktm", by_kind=False) == ""
    assert series_of("sktm", by_kind=True) == "sktm"
