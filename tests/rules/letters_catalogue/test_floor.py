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
    placed,
    taken_away,
)
from smartkampung.letters.catalogue.rules.kinds import (
    Asked,
    AskedType,
    Step,
    Subject,
    When,
    Who,
)
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
        pytest.param({"on_record": True}, False, id="only the dead on record"),
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


def reworded(**changes: Any) -> tuple[Asked, ...]:
    """Return the questions about heirs; None leaves one out."""
    told = [(one, changes.get(one.name, {})) for one in HEIRS.asked]
    return tuple(replace(one, **how) for one, how in told if how is not None)


@pytest.mark.parametrize(
    ("changes", "less"),
    [
        pytest.param({}, False, id="the same"),
        pytest.param({"heirs": None}, False, id="heirs are only typed"),
        pytest.param({"others": None}, True, id="none need be named"),
        pytest.param({"witness_two": None}, True, id="one witness"),
        pytest.param({"witness_two": {"required": False}}, True, id="maybe one"),
        pytest.param({"died_on": {"when": When.AHEAD}}, True, id="who will die"),
        pytest.param({"died_on": {"when": When.ANY}}, False, id="of before bounds"),
        pytest.param({"died_on": {"type": AskedType.TEXT}}, True, id="no date"),
        pytest.param({"others": {"required": True}}, False, id="more"),
    ],
)
def test_who_confirms_is_told_of_a_question_less_of_what_is_law(
    changes: dict[str, Any], *, less: bool
) -> None:
    kind = replace(HEIRS, asked=reworded(**changes))
    assert (taken_away(HEIRS, kind) == [Less.QUESTIONS]) is less
    assert against_law(VILLAGE, HEIRS, kind) == [], "who confirms it is told"
    assert taken_away(replace(HEIRS, legal=False), kind) == []


def test_a_wording_of_before_names_heirs_and_dates_the_death_as_the_law_does() -> None:
    asked = reworded(heirs=None, others={"unless": ""}, died_on={"when": When.AHEAD})
    old = replace(HEIRS, asked=asked)
    kind = bound(HEIRS, placed(HEIRS, old))
    others, died = kind.asks("others"), kind.asks("died_on")
    assert others
    assert others.required
    assert died
    assert died.when is When.PAST


def test_a_step_that_the_law_asks_for_since_is_asked_for_below() -> None:
    own = replace(HEIRS, steps=(Step.CHECK, Step.SIGN), legal=False)
    assert (bound(HEIRS, own).steps, bound(HEIRS, own).legal) == (HEIRS.steps, True)
    assert bound(SKTM, own) == own


def test_who_may_be_of_the_family_may_be_a_child() -> None:
    assert taken_away(SKTM, replace(SKTM, who=Who((Subject.CHILD,)))) == []
    child = replace(SKTM, who=Who((Subject.SELF, Subject.CHILD)))
    assert taken_away(child, SKTM) == [Less.WHO]


def test_who_need_not_be_dead_on_record_is_more_people() -> None:
    loose = replace(HEIRS, who=replace(HEIRS.who, on_record=False))
    assert taken_away(HEIRS, loose) == [Less.WHO]


def unbound(one: Asked) -> Asked:
    """Return a question as it was stored before questions were bound."""
    return replace(one, when=When.ANY, after="", unless="")


@pytest.mark.parametrize("code", ["heirs", "crowd", "travel", "death", "domicile"])
def test_bounds_reach_a_wording_of_before_by_the_names_of_questions(code: str) -> None:
    kind = shipped()[code].kind
    asked = tuple(unbound(one) for one in kind.asked)
    old = replace(kind, asked=asked, who=replace(kind.who, on_record=False))
    assert placed(kind, old) == kind


def test_a_bound_of_ones_own_and_a_question_of_ones_own_stay() -> None:
    kind = shipped()["crowd"].kind
    own = tuple(
        replace(unbound(one), type=AskedType.TEXT)
        if one.name == "until"
        else replace(one, when=When.PAST)
        for one in kind.asked
    )
    assert placed(kind, replace(kind, asked=own)).asked == own
    alone = tuple(unbound(one) for one in kind.asked if one.name == "until")
    assert placed(kind, replace(kind, asked=alone)).asked[0].after == ""


def test_where_an_adult_asks_by_themself_no_place_below_lets_another_ask() -> None:
    married = shipped()["marriage"].kind
    loose = replace(
        married,
        who=replace(married.who, subjects=(Subject.SELF, Subject.FAMILY)),
    )
    assert bound(married, loose).who.subjects == (Subject.SELF,)
    good = shipped()["good_conduct"].kind
    loose = replace(good, who=replace(good.who, subjects=(Subject.FAMILY,)))
    assert bound(good, loose).who.subjects == (Subject.SELF, Subject.CHILD)
    family = replace(married, who=replace(married.who, subjects=(Subject.FAMILY,)))
    assert bound(married, family).who.subjects == (Subject.SELF,), "never nobody"
    assert bound(SKTM, SKTM).who.subjects == (Subject.SELF, Subject.FAMILY)
