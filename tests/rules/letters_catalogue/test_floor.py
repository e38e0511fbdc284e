"""What is law stays: lower places add, and what asks less is confirmed one level up."""

from dataclasses import replace
from typing import Any

import pytest

from smartkampung.letters.catalogue.rules.floor import (
    Less,
    against_law,
    bound,
    confirmed_in,
    parent,
    taken_away,
)
from smartkampung.letters.catalogue.rules.kinds import Step, Subject, Who
from smartkampung.letters.catalogue.shipped import shipped

HEIRS, SKTM = shipped()["heirs"].kind, shipped()["sktm"].kind
MARRIED = replace(SKTM, who=Who((Subject.SELF,), 17, 60, (2,), "P"))
REGENCY, KECAMATAN, VILLAGE = "35.10", "35.10.09", "35.10.09.2003"


@pytest.mark.parametrize(
    ("changes", "less"),
    [
        pytest.param({}, [], id="the same"),
        pytest.param({"steps": (*SKTM.steps, Step.COSIGN)}, [], id="a step more"),
        pytest.param({"steps": SKTM.steps[1:]}, [Less.STEPS], id="a step less"),
        pytest.param({"valid_days": 30}, [], id="for shorter"),
        pytest.param({"valid_days": 91}, [Less.VALID_DAYS], id="for longer"),
        pytest.param({"valid_days": 0}, [Less.VALID_DAYS], id="without end"),
        pytest.param({"requirements": ()}, [Less.PAPERS], id="no papers"),
        pytest.param(
            {
                "requirements": tuple(
                    replace(p, upload=False) for p in SKTM.requirements
                )
            },
            [Less.PAPERS],
            id="no photo",
        ),
    ],
)
def test_what_asks_less(changes: dict[str, Any], less: list[Less]) -> None:
    assert taken_away(SKTM, replace(SKTM, **changes)) == less


@pytest.mark.parametrize(
    ("changes", "wider"),
    [
        pytest.param({"least_age": 18, "most_age": 50}, False, id="fewer ages"),
        pytest.param({"least_age": 16}, True, id="younger"),
        pytest.param({"least_age": None}, True, id="any age below"),
        pytest.param({"most_age": None}, True, id="any age above"),
        pytest.param({"marital": (2, 3)}, True, id="more states"),
        pytest.param({"marital": ()}, True, id="any state"),
        pytest.param({"sex": ""}, True, id="any sex"),
        pytest.param({"subjects": tuple(Subject)}, True, id="more people"),
    ],
)
def test_who_may_have_it(changes: dict[str, Any], wider: bool) -> None:
    kind = replace(MARRIED, who=replace(MARRIED.who, **changes))
    assert (taken_away(MARRIED, kind) == [Less.WHO]) is wider


@pytest.mark.parametrize(
    ("where", "place"),
    [(VILLAGE, KECAMATAN), (KECAMATAN, REGENCY), (REGENCY, REGENCY)],
)
def test_one_level_up_for_law_for_less_and_for_what_is_new(
    where: str, place: str
) -> None:
    assert parent(where) == place
    assert confirmed_in(where, HEIRS, HEIRS) == place
    assert confirmed_in(where, SKTM, replace(SKTM, valid_days=0)) == place
    assert confirmed_in(where, None, SKTM) == place
    assert confirmed_in(where, SKTM, SKTM) == where


def test_only_the_regency_takes_from_what_is_law() -> None:
    less = replace(HEIRS, steps=(Step.CHECK, Step.SIGN))
    assert against_law(VILLAGE, HEIRS, less) == [Less.STEPS]
    assert against_law(KECAMATAN, HEIRS, less) == [Less.STEPS]
    assert against_law(REGENCY, HEIRS, less) == []
    assert against_law(VILLAGE, None, less) == []
    assert against_law(VILLAGE, SKTM, replace(SKTM, valid_days=0)) == []


def test_a_step_that_the_law_asks_for_since_is_asked_for_below() -> None:
    own = replace(HEIRS, steps=(Step.CHECK, Step.SIGN), legal=False)
    assert (bound(HEIRS, own).steps, bound(HEIRS, own).legal) == (HEIRS.steps, True)
    assert bound(SKTM, own) is own
