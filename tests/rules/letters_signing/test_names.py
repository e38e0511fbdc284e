"""Whose signature came back: names are written in many ways, and titles beside them."""

import pytest

from smartkampung.letters.signing.rules.reports import same_name


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("Endang Lestari", "ENDANG LESTARI", True),
        ("Ahmad Yani S.Sos", "Drs. Ahmad Yani", True),
        ("Drs. H. Ahmad Yani, M.Si", "AHMAD YANI", True),
        ("Ni Ketut Endang Lestari", "Endang Lestari", True),
        ("Siti", "SITI", True),
        ("Siti", "Siti Aminah", False),
        ("Endang Lestari", "Endang Susilo", False),
        ("Endang Lestari", "Joko Susilo", False),
        ("Drs.", "Drs.", False),
        ("", "Endang Lestari", False),
    ],
)
def test_a_name_with_its_titles_is_the_same_name(
    ours: str, theirs: str, *, same: bool
) -> None:
    assert same_name(ours, theirs) is same
    assert same_name(theirs, ours) is same
