"""Many rows of a list become registrations, records and work, set by set."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record_all
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.recovery.affected.models import (
    Affected,
    AffectedList,
    Confirmation,
    Registration,
)
from smartkampung.recovery.affected.queries.lists import Row
from smartkampung.recovery.affected.rules.course import Answer, State
from smartkampung.recovery.affected.rules.registration import (
    VERIFY_DUE,
    Channel,
    Found,
    same_name,
)
from smartkampung.residents.models import NIK, Person
from smartkampung.residents.rules.names import fold_name
from smartkampung.worklist.actions import open_all_work

FORMS = uuid.UUID("3d0d2d1e-6d0a-4d61-8a75-5a0b6ff1c2ab")
VERIFY = "affected.verify"


@dataclass(frozen=True)
class Taken:
    """How many records rows opened, and how many of them came too late."""

    opened: int
    too_late: int


def take_rows(
    row: AffectedList, rows: Sequence[Row], *, by: str, at: datetime
) -> Taken:
    """Write rows of a list; return how many records they opened.

    A row that was written before, from the same file, is left as it is; one of
    somebody who died or moved away since the preview is left out. The list is the word
    of whoever gave it: each record that waits, and says the same, gets it as a
    confirmation. To another claim the row is added as it came, and confirms nothing.
    """
    places = _places([one.person_id for one in rows])
    told, rows = len(rows), _still_here(rows, places)
    forms = {one.line: _form_id(row, one) for one in rows}
    written = Registration.objects.filter(form_id__in=forms.values())
    before = set(written.values_list("form_id", flat=True))
    fresh = [one for one in rows if forms[one.line] not in before]
    known = _open([one.person_id for one in fresh])
    Affected.objects.bulk_create(
        (_record(row, one, at) for one in fresh if one.person_id not in known),
        ignore_conflicts=True,  # somebody may register them at this moment
    )
    cases = _open([one.person_id for one in fresh])
    Registration.objects.bulk_create(
        _registration(row, one, forms[one.line], cases[one.person_id], at)
        for one in fresh
    )
    opened = [case for person, case in cases.items() if person not in known]
    _confirm(row, fresh, cases, at)
    open_all_work(
        kind=VERIFY,
        targets=[(case, case.region_code) for case in opened],
        permission=Permission.AFFECTED_VERIFY,
        due_at=at + VERIFY_DUE,
    )
    record_all(
        "affected.joined",
        targets=[(case, case.region_code) for case in cases.values()],
        by=by,
        list=row.pk,
    )
    return Taken(opened=len(opened), too_late=told - len(rows))


def _places(people: Sequence[int]) -> dict[int, str]:
    rows = Person.objects.filter(pk__in=people, status=Person.Status.LIVING)
    return dict(rows.values_list("pk", "region_code"))


def _still_here(rows: Sequence[Row], places: Mapping[int, str]) -> list[Row]:
    return [
        one._replace(place=places[one.person_id])
        for one in rows
        if one.person_id in places
    ]


def _open(people: Sequence[int]) -> dict[int, Affected]:
    rows = Affected.objects.filter(person__in=people, state__in=Affected.OPEN)
    return {case.person_id: case for case in rows}


def _form_id(row: AffectedList, one: Row) -> uuid.UUID:
    return uuid.uuid5(FORMS, f"{row.digest}:{one.line}")


def _told(row: AffectedList, one: Row) -> dict[str, Any]:
    since = date.fromisoformat(one.happened_on) if one.happened_on else row.happened_on
    return {
        "region_code": one.place,
        "kind": one.kind or row.what,
        "sector_id": row.sector_id,
        "employer": row.organisation,
        "happened_on": since,
        "income_before": one.income_before,
        "income_after": one.income_after,
        "dependants": one.dependants,
        "skills": one.skills,
    }


def _record(row: AffectedList, one: Row, at: datetime) -> Affected:
    return Affected(
        person_id=one.person_id,
        state=State.TO_VERIFY,
        opened_at=at,
        **_told(row, one),
    )


def _registration(
    row: AffectedList, one: Row, form_id: uuid.UUID, case: Affected, at: datetime
) -> Registration:
    return Registration(
        affected=case,
        state=Registration.State.JOINED,
        channel=Channel.LIST,
        form_id=form_id,
        registered_by_id=row.brought_by_id,
        nik=Sealed.of(one.nik, NIK),
        nik_index=blind_index(one.nik, NIK),
        name=one.name,
        born_on=date.fromisoformat(one.born_on) if one.born_on else None,
        findings=[Found.MATCHED.value],
        language="id",
        sent_at=at,
        matched_at=at,
        **{**_told(row, one), "region_code": case.region_code},
    )


def _says_the_same(row: AffectedList, one: Row, case: Affected) -> bool:
    if case.state != State.TO_VERIFY or case.kind != (one.kind or row.what):
        return False
    # An association speaks for members, whoever employs them; an employer for its own.
    return row.kind == AffectedList.Kind.ASSOCIATION or same_name(
        fold_name(case.employer), fold_name(row.organisation)
    )


def _confirm(
    row: AffectedList, rows: Sequence[Row], cases: Mapping[int, Affected], at: datetime
) -> None:
    waiting = [one for one in rows if _says_the_same(row, one, cases[one.person_id])]
    Confirmation.objects.bulk_create(
        Confirmation(
            affected=cases[one.person_id],
            asked_of=row.organisation,
            person_name=one.name,
            kind=one.kind or row.what,
            happened_on=_told(row, one)["happened_on"],
            asked_by_id=row.brought_by_id,
            asked_at=at,
            expires_at=at,
            on_paper=True,
            answer=Answer.CONFIRMED,
            told_by=row.organisation,
            answered_at=at,
        )
        for one in waiting
    )
