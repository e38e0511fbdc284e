"""Grievances of the cast, told and matched by the same actions that pages call."""

import uuid
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.aid.grievances.actions.handling import decide, take_in_hand
from smartkampung.aid.grievances.actions.telling import match_person, tell
from smartkampung.aid.grievances.queries import hash_of
from smartkampung.aid.grievances.rules import Kind, Office, State, Told, Verdict
from smartkampung.aid.models import Grievance
from smartkampung.kernel import rls
from tests import cases, cast, population
from tests.cases import NOW

MORE: dict[Kind, dict[str, Any]] = {
    Kind.DATA_WRONG: {
        "nik": population.WAYAN_NIK,
        "field": "birth_place",
        "wanted": "Genteng",
    },
    Kind.NOT_PAID: {"nik": population.WAYAN_NIK},
    Kind.PAID_LESS: {"nik": population.WAYAN_NIK},
    Kind.CONDUCT: {"office": Office.VILLAGE_OFFICER},
    Kind.QUESTION: {},
    Kind.LISTED: {"listing": "7", "entry": 1},
}


def told(kind: Kind, **changes: Any) -> Told:
    """Tell something about this village."""
    given: dict[str, Any] = {
        "form_id": uuid.uuid4(),
        "kind": kind,
        "region_code": cast.HERE,
        "text": "Saya belum mendapat jawaban.",
        **MORE[kind],
    }
    return Told(**{**given, **changes})


def sent(kind: Kind, **changes: Any) -> tuple[str, Grievance]:
    """Send a grievance, have its person found; return its code and its row."""
    at = changes.pop("at", NOW)
    code = tell(told=told(kind, **changes), at=at)
    rls.act_as(rls.Kind.JOB)
    row = Grievance.objects.get(code_hash=hash_of(code))
    match_person(grievance_id=row.pk, at=at)
    return code, fresh(row)


def fresh(row: Grievance) -> Grievance:
    """Return the row as it is now."""
    return Grievance.objects.get(pk=row.pk)


def taken(row: Grievance, by: Actor) -> Grievance:
    """Take it in hand."""
    take_in_hand(grievance=row, by=by, at=NOW)
    return fresh(row)


def decided(
    row: Grievance, by: Actor, outcome: State = State.UPHELD, **more: Any
) -> Grievance:
    """Take it in hand and decide."""
    taken(row, by)
    verdict = Verdict(outcome, "Sudah kami periksa.", **more)
    decide(grievance=row, verdict=verdict, by=by, at=NOW)
    return fresh(row)


def head() -> Actor:
    """Return Hadi, head of the village."""
    return cases.rights(cast.staff("hadi", Role.VILLAGE_HEAD, cast.HERE, name="Hadi"))


def dinsos(username: str = "dian") -> Actor:
    """Return somebody of Dinsos."""
    return cases.rights(cast.staff(username, Role.DINSOS, cast.REGENCY))


def inspector() -> Actor:
    """Return who oversees Dinsos."""
    return cases.rights(cast.staff("wahyu", Role.INSPECTORATE, cast.REGENCY))


def auditor() -> Actor:
    """Return an auditor."""
    return cases.rights(cast.staff("auditor", Role.AUDITOR, cast.REGENCY))
