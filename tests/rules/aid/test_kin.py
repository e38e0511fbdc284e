"""Who is kin, as far as the registry shows."""

import pytest

from smartkampung.aid.rules.kin import Relative, are_kin

OFFICER = Relative(1, "SARI", "KETUT", "LUH")
HUSBAND = Relative(1, "GEDE", "NYOMAN", "AYU")


@pytest.mark.parametrize(
    ("person", "kin"),
    [
        (Relative(1, "WAYAN", "", ""), True),
        (Relative(2, "WAYAN", "KETUT", "LUH"), True),
        (Relative(2, "WAYAN", "GEDE", "SARI"), True),
        (Relative(2, "KETUT", "", ""), False),
        (Relative(2, "WAYAN", "KETUT", "AYU"), False),
        (Relative(2, "WAYAN", "GEDE", "LUH"), False),
        (Relative(2, "WAYAN", "", ""), False),
    ],
    ids=[
        "on the same card",
        "brother of the officer",
        "child of the couple",
        "an equal name of a parent alone",
        "one parent of each",
        "the father only",
        "nothing known",
    ],
)
def test_kin(person: Relative, kin: bool) -> None:
    assert are_kin([OFFICER, HUSBAND], person) is kin


def test_parents_of_the_officer_are_kin() -> None:
    father = Relative(2, "KETUT", "X", "Y")
    mother = Relative(2, "LUH", "", "")
    assert are_kin([OFFICER], father, [father, mother])


def test_unknown_parents_make_no_siblings() -> None:
    assert not are_kin([Relative(1, "SARI", "", "")], Relative(2, "WAYAN", "", ""))
