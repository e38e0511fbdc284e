"""What the database refuses about grievances, whoever writes."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from smartkampung.aid.grievances.rules import Kind, Office
from smartkampung.aid.models import Grievance, GrievanceEvent, TargetingError
from tests import cases, cast
from tests.cases import NOW, TODAY
from tests.grievances import sent

pytestmark = pytest.mark.django_db


def refused(name: str, row: Grievance, **changes: Any) -> None:
    """Expect the database to refuse a change, by the name of its promise."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Grievance.objects.filter(pk=row.pk).update(**changes)
    cause: Any = error.value.__cause__
    assert cause.diag.constraint_name == name


def test_grievance_form_once() -> None:
    cases.desk()
    _code, row = sent(Kind.QUESTION)
    row.pk, row.code_hash = None, b"another"
    with pytest.raises(IntegrityError, match="grievance_form_once"):
        row.save(force_insert=True)


def test_grievance_tells_enough() -> None:
    cases.desk()
    needed: dict[Kind, dict[str, Any]] = {
        Kind.DATA_WRONG: {"field": "", "wanted": "", "nik": None},
        Kind.NOT_PAID: {"nik": None},
        Kind.PAID_LESS: {"nik": None},
        Kind.LISTED: {"listing": "", "entry": None},
    }
    for kind, empty in needed.items():
        _code, row = sent(kind)
        for name, nothing in empty.items():
            refused("grievance_tells_enough", row, **{name: nothing})


def test_grievance_numbers_are_sealed() -> None:
    cases.desk()
    _code, row = sent(Kind.DATA_WRONG, field="phone", wanted="081234567890")
    assert row.wanted == ""
    refused("grievance_numbers_are_sealed", row, wanted="081234567890")
    refused("grievance_tells_enough", row, wanted_sealed=None)


def test_grievance_conduct_goes_up() -> None:
    cases.desk()
    too_low = {
        Office.RT_RW: cast.HERE,
        Office.VILLAGE_OFFICER: cast.HERE,
        Office.VILLAGE_HEAD: cast.HERE,
        Office.KECAMATAN: cast.KECAMATAN,
        Office.DINSOS: cast.KECAMATAN,
    }
    for office, place in too_low.items():
        _code, row = sent(Kind.CONDUCT, office=office)
        refused("grievance_conduct_goes_up", row, desk_code=place)
        refused("grievance_conduct_goes_up", row, office="")


def test_grievance_about_the_village_goes_up() -> None:
    cases.desk()
    for kind in (Kind.PAID_LESS, Kind.LISTED):
        _code, row = sent(kind)
        refused("grievance_about_the_village_goes_up", row, desk_code=cast.HERE)


def test_grievance_kept_from_whom_it_is_about() -> None:
    desk = cases.desk()
    _code, row = sent(Kind.CONDUCT)
    who = desk.endang.staff_id
    name = "grievance_kept_from_whom_it_is_about"
    refused(name, row, about=who, taken_by=who)
    refused(
        name,
        row,
        about=who,
        decided_by=who,
        state="upheld",
        answer="Ya.",
        decided_at=NOW,
    )


def test_grievance_decision_is_whole() -> None:
    desk = cases.desk()
    _code, row = sent(Kind.QUESTION)
    whole: dict[str, Any] = {
        "state": "answered",
        "answer": "Ya.",
        "decided_at": NOW,
        "decided_by": desk.sari.staff_id,
    }
    empty: dict[str, Any] = {
        "state": "open",
        "answer": "",
        "decided_at": None,
        "decided_by": None,
    }
    for left_out in whole:
        part = {**whole, left_out: empty[left_out]}
        refused("grievance_decision_is_whole", row, **part)
    refused("grievance_decision_is_whole", row, remedy="suspended")


def test_grievance_decided_by_somebody_new() -> None:
    desk = cases.desk()
    due = cases.at_the_counter(desk)
    cases.call(due, desk.sari)
    _code, row = sent(Kind.NOT_PAID)
    _code, other = sent(Kind.QUESTION)
    name = "grievance_decided_by_somebody_new"
    end: dict[str, Any] = {"state": "dismissed", "answer": "Tidak.", "decided_at": NOW}
    # Sari handed it out, Endang decided the claim; Bambang did neither.
    for officer in (desk.sari, desk.endang):
        refused(name, row, decided_by=officer.staff_id, **end)
    first = {"first_decided_by": desk.bambang.staff_id}
    refused(name, other, decided_by=desk.bambang.staff_id, **first, **end)
    Grievance.objects.filter(pk=row.pk).update(decided_by=desk.bambang.staff_id, **end)


def test_grievance_event_append_only() -> None:
    cases.desk()
    sent(Kind.QUESTION)
    for act in (
        lambda: GrievanceEvent.objects.update(note="Lain."),
        lambda: GrievanceEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def an_error(source: str = "aid.objection:1") -> TargetingError:
    """Keep one."""
    return TargetingError.objects.create(
        kind="exclusion", source=source, region_code=cast.HERE, found_on=TODAY
    )


def test_targeting_error_once() -> None:
    cases.desk()
    an_error()
    with pytest.raises(IntegrityError, match="targeting_error_once"):
        an_error()


def test_targeting_error_append_only() -> None:
    cases.desk()
    an_error()
    for act in (
        lambda: TargetingError.objects.update(kind="inclusion"),
        lambda: TargetingError.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
