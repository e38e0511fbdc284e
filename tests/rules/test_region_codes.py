"""Codes are the tree, and tell the kind of region by their shape."""

import pytest

from smartkampung.regions.codes import ancestor, around, inside, level
from smartkampung.regions.rules import NotACode, dotted, kind_of, parent_of


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("35", "province"),
        ("35.10", "regency"),
        ("35.10.09", "kecamatan"),
        ("35.10.16.1004", "kelurahan"),
        ("35.10.09.2003", "desa"),
        ("91.03.01.3001", "desa"),
        ("35.10.09.2003.002", "rw"),
        ("35.10.09.2003.002.007", "rt"),
    ],
)
def test_the_code_says_the_kind(code: str, kind: str) -> None:
    assert kind_of(code) == kind


@pytest.mark.parametrize(
    "code",
    [
        "",
        "3",
        "35.1",
        "35.10.9",
        "35.10.09.203",
        "35.10.09.5003",
        "35.10.09.2003.02",
        "35.10.09.2003.002.007.001",
        "35.10.09.2003\n",
        "3510092003",
        "٣٥",
    ],
)
def test_other_texts_are_no_codes(code: str) -> None:
    with pytest.raises(NotACode):
        kind_of(code)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("3510092003", "35.10.09.2003"),
        ("35.10.09.2003", "35.10.09.2003"),
        (" 351009 ", "35.10.09"),
        ("3510092003002007", "35.10.09.2003.002.007"),
        ("35100920030020071", "35.10.09.2003.002.007.1"),
        ("", ""),
    ],
)
def test_packed_codes_get_their_dots(written: str, code: str) -> None:
    assert dotted(written) == code


def test_the_parent_is_the_code_without_its_last_part() -> None:
    assert parent_of("35.10.09.2003") == "35.10.09"
    assert parent_of("35") is None


@pytest.mark.parametrize(
    ("code", "region", "answer"),
    [
        ("35.10.09.2003", "35.10.09", True),
        ("35.10.09.2003", "35.10.09.2003", True),
        ("35.10.09.2003.001", "35.10.09.200", False),
        ("35.10.1", "35.10", True),
        ("35.100", "35.10", False),
    ],
)
def test_inside_is_a_prefix_of_whole_parts(
    code: str, region: str, answer: bool
) -> None:
    assert inside(code, region) is answer


def test_the_enclosing_region_of_a_level() -> None:
    assert ancestor("35.10.09.2003.002.007", "village") == "35.10.09.2003"
    assert level("35.10.09.2003.002.007") == "rt"
    with pytest.raises(ValueError, match="above the level village"):
        ancestor("35.10", "village")


def test_what_encloses_some_places() -> None:
    assert around(["35.10.09", "35.10.24"]) == {"35", "35.10", "35.10.09", "35.10.24"}
    assert around([]) == set()
