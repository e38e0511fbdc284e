"""Kinds as data: what cannot work is refused, who fits, which answers stand."""

from datetime import date
from typing import Any

import pytest

from smartkampung.letters.catalogue.rules.answers import AnswerFault, answer_faults
from smartkampung.letters.catalogue.rules.kinds import Subject, Unfit, Who, unfit
from smartkampung.letters.catalogue.rules.reading import (
    KindFault,
    KindFaults,
    read_kind,
)
from tests.rules.letters_catalogue.test_compose import DATA, wording

TODAY = date(2026, 11, 29)
BOTH = {"id": "Ya", "en": "Yes"}


def question(name: str = "school", kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "label": BOTH, **more}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"code": "SKTM!"}, KindFault.CODE),
        ({"series": "satu"}, KindFault.SERIES),
        ({"title": {"id": "", "en": "x"}}, KindFault.TITLE),
        ({"title": {"id": "x" * 121, "en": "x"}}, KindFault.TITLE),
        ({"about": {"id": "x"}}, KindFault.ABOUT),
        ({"valid_days": -1}, KindFault.VALID_DAYS),
        ({"steps": ["check"]}, KindFault.NOT_SIGNED),
        ({"who": {"subjects": []}}, KindFault.NO_SUBJECT),
        ({"who": {"least_age": 30, "most_age": 20}}, KindFault.AGES),
        ({"body": {"id": ""}}, KindFault.NO_BODY),
        ({"abroad": True, "body": {"id": DATA["body"]["id"]}}, KindFault.NO_ENGLISH),
        (
            {"requirement": [{"code": "kk", "words": {"id": "KK"}}]},
            KindFault.REQUIREMENT,
        ),
        ({"ask": [question("Sekolah")]}, KindFault.QUESTION),
        ({"ask": [question(), question()]}, KindFault.QUESTION_TWICE),
        ({"ask": [question(kind="choice")]}, KindFault.CHOICES),
        ({"ask": [*DATA["ask"], question("other")]}, KindFault.NOT_PRINTED),
        ({"ask": [question(when="past")]}, KindFault.DATES),
        ({"ask": [question(kind="date", after="other")]}, KindFault.DATES),
        ({"ask": [question(kind="date", after="school")]}, KindFault.DATES),
    ],
)
def test_a_kind_that_cannot_work_is_refused(
    changed: dict[str, Any], fault: KindFault
) -> None:
    with pytest.raises(KindFaults) as caught:
        read_kind({**DATA, **changed})
    assert fault in [one for one, _what in caught.value.found]


def test_a_body_that_tries_code_is_refused_by_language() -> None:
    bodies = {"id": DATA["body"]["id"], "en": "Hello {subject.secret}"}
    with pytest.raises(KindFaults) as caught:
        read_kind({**DATA, "body": bodies})
    assert list(caught.value.bodies) == ["en"]


@pytest.mark.parametrize(
    ("who", "person", "reasons"),
    [
        (Who(), {}, []),
        (Who(least_age=17), {"age": 16}, [Unfit.TOO_YOUNG]),
        (Who(least_age=17), {"age": 17}, []),
        (Who(least_age=17), {"age": None}, []),
        (Who(most_age=0), {"age": 1}, [Unfit.TOO_OLD]),
        (Who(marital=(1,)), {"marital": 2}, [Unfit.MARITAL]),
        (Who(marital=(1,)), {"marital": None}, []),
        (Who(sex="P"), {"sex": "L"}, [Unfit.SEX]),
        (Who(), {"living": False}, [Unfit.DEAD]),
        (Who(subjects=(Subject.DECEASED,)), {"living": False}, []),
        (
            Who(least_age=17, marital=(1,)),
            {"age": 3, "marital": 2},
            [Unfit.TOO_YOUNG, Unfit.MARITAL],
        ),
    ],
)
def test_whom_a_letter_may_be_about(
    who: Who, person: dict[str, Any], reasons: list[Unfit]
) -> None:
    known: dict[str, Any] = {"age": 40, "marital": 1, "sex": "L", "living": True}
    known |= person
    assert unfit(who, **known) == reasons


CHOICES = [{"code": "a", **BOTH}, {"code": "b", **BOTH}]


@pytest.mark.parametrize(
    ("asked", "answer", "fault"),
    [
        (question(), "SDN 1", None),
        (question(), "", AnswerFault.MISSING),
        (question(required=False), "", None),
        (question(), "x" * 201, AnswerFault.TOO_LONG),
        (question(most=5), "x" * 6, AnswerFault.TOO_LONG),
        (question(), "NIK 3510091504850001", AnswerFault.CARD_NUMBER),
        (question(kind="number"), "tiga", AnswerFault.NOT_A_NUMBER),
        (question(kind="number", most=10), "11", AnswerFault.TOO_MUCH),
        (question(kind="money"), "1500000", None),
        (question(kind="money"), "1.500.000", AnswerFault.NOT_A_NUMBER),
        (question(kind="date"), "2026-02-30", AnswerFault.NOT_A_DATE),
        (question(kind="date"), "2026-02-28", None),
        (question(kind="date"), "0001-02-28", AnswerFault.NOT_A_DATE),
        (question(kind="date", when="past"), "2026-11-29", None),
        (question(kind="date", when="past"), "2026-11-30", AnswerFault.NOT_YET),
        (question(kind="date", when="ahead"), "2026-11-29", None),
        (question(kind="date", when="ahead"), "2026-11-28", AnswerFault.OVER),
        (question(kind="choice", choices=CHOICES), "c", AnswerFault.NOT_A_CHOICE),
        (question(kind="choice", choices=CHOICES), "b", None),
        (question(kind="residents"), [{"name": "Wayan"}], None),
        (question(kind="residents"), [], AnswerFault.MISSING),
    ],
)
def test_which_answers_can_stand_on_a_letter(
    asked: dict[str, Any], answer: Any, fault: AnswerFault | None
) -> None:
    shown = "- {asked.school}"
    if asked["type"] == "residents":
        shown = "{asked.school}"
    kind = wording(ask=[asked], body={"id": shown}).kind
    found = answer_faults(kind, {"school": answer}, on=TODAY)
    assert (found["school"][0] if found else None) == fault


@pytest.mark.parametrize(
    ("until", "fault"),
    [("2026-12-05", None), ("2026-12-04", AnswerFault.TOO_EARLY), ("", None)],
)
def test_what_ends_does_not_end_before_it_begins(
    until: str, fault: AnswerFault | None
) -> None:
    days = [
        question(kind="date"),
        question("until", "date", after="school", required=False),
    ]
    rows = {"id": "Mulai : {asked.school}\nSelesai : {asked.until}"}
    kind = wording(ask=days, body=rows).kind
    found = answer_faults(kind, {"school": "2026-12-05", "until": until}, on=TODAY)
    assert (found["until"][0] if found else None) == fault


@pytest.mark.parametrize(
    ("when", "answer", "fault"),
    [
        ("past", "1935-01-01", AnswerFault.BEFORE_BIRTH),
        ("past", "1985-04-12", None),
        ("ahead", "2090-01-01", AnswerFault.TOO_FAR),
        ("ahead", "2028-11-01", None),
        ("ahead", "1800-01-01", AnswerFault.NOT_A_DATE),
    ],
)
def test_no_day_lies_before_a_birth_or_beyond_all_plans(
    when: str, answer: str, fault: AnswerFault | None
) -> None:
    asked = question(kind="date", when=when)
    kind = wording(ask=[asked], body={"id": "- {asked.school}"}).kind
    found = answer_faults(kind, {"school": answer}, on=TODAY, born=date(1985, 4, 12))
    assert (found["school"][0] if found else None) == fault


@pytest.mark.parametrize(
    ("school", "until", "fault"),
    [("", "", AnswerFault.MISSING), ("SDN 1", "", None), ("", "SDN 2", None)],
)
def test_one_of_two_questions_is_answered(
    school: str, until: str, fault: AnswerFault | None
) -> None:
    either = [
        question(required=False),
        question("until", required=False, unless="school"),
    ]
    rows = {"id": "Satu : {asked.school}\nDua : {asked.until}"}
    kind = wording(ask=either, body=rows).kind
    found = answer_faults(kind, {"school": school, "until": until}, on=TODAY)
    assert (found["until"][0] if found else None) == fault


def test_heirs_are_told_of_nobody_who_lives_in_the_registry() -> None:
    who = Who(subjects=(Subject.DECEASED,), on_record=True)
    known: dict[str, Any] = {"age": 70, "marital": 2, "sex": "P"}
    assert unfit(who, living=True, **known) == [Unfit.LIVING]
    assert unfit(who, living=False, **known) == []
