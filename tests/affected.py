"""What tests of the affected registry need: a boat guide, and what he tells."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.recovery.affected.actions.confirm import ask
from smartkampung.recovery.affected.actions.lists import FOLDER
from smartkampung.recovery.affected.actions.match import match_registration
from smartkampung.recovery.affected.actions.register import send_registration
from smartkampung.recovery.affected.actions.verify import verify
from smartkampung.recovery.affected.models import (
    Affected,
    AffectedList,
    Confirmation,
    FollowUp,
    Registration,
)
from smartkampung.recovery.affected.rules.registration import Kind, Told, Wish
from smartkampung.residents.imports import files
from smartkampung.residents.models import Person
from tests import population
from tests.cast import HERE, RT_HERE, staff
from tests.reporting import NOON as NOON
from tests.reporting import (
    REPORTER_PHONE,
    STRANGER_NIK,
    WAYAN_BORN,
    WAYAN_NIK,
    wayan,
)

LATER = NOON + timedelta(days=1)
NO_BOSS = "Dia bekerja sendiri dan tidak masuk asosiasi."


def told(**changes: Any) -> Told:
    """Return what Wayan, a boat guide, tells about himself."""
    return replace(
        Told(
            form_id=uuid.uuid4(),
            nik=WAYAN_NIK,
            name="Wayan Sudarma",
            born_on=WAYAN_BORN,
            phone=REPORTER_PHONE,
            region_code=RT_HERE,
            kind=Kind.LAID_OFF,
            sector="boat",
            employer="Perahu Bangsring",
            happened_on=date(2026, 10, 1),
            income_before=3_000_000,
            income_after=400_000,
            dependants=3,
            debts=5_000_000,
            skills="Selam, bahasa Inggris",
            wishes=(Wish.TRAINING, Wish.TOOLS),
        ),
        **changes,
    )


def actor(account: Staff) -> Actor:
    """Return the rights of an account on the day of the tests."""
    return actor_for(account, on=day(NOON))


def village_head() -> Staff:
    """Make the head of the village here."""
    return staff("darmo", Role.VILLAGE_HEAD, HERE, name="Darmo Wijoyo")


def rt_head() -> Staff:
    """Make the head of the RT where Wayan lives."""
    return staff("tini", Role.RT_HEAD, RT_HERE, name="Tini Rahayu")


def registered(**changes: Any) -> Registration:
    """Send what Wayan tells and let the jobs run; return it as a job sees it."""
    send_registration(told=told(**changes), at=NOON)
    run_waiting()
    act_as(Acting.JOB)
    return Registration.objects.latest("pk")


def waiting(person: Person | None = None) -> Affected:
    """Return a record of Wayan that waits to be verified."""
    person = person or wayan()
    case = registered().affected
    assert case is not None
    assert case.person == person
    return case


def on_the_list(account: Staff) -> Affected:
    """Return a record of Wayan that the village took on its list."""
    case = waiting()
    verify(
        affected=case,
        accepted=True,
        unconfirmed_why=NO_BOSS,
        by=actor(account),
        at=LATER,
    )
    case.refresh_from_db()
    return case


@dataclass(frozen=True)
class Met:
    """A neighbour's record here, another registration, and what opens each."""

    code: str
    confirm_code: str
    record: int
    to_match: int
    look: int
    photo: uuid.UUID
    brought: int


def met(officer: Actor, photo: uuid.UUID) -> Met:
    """Register a neighbour, ask the employer, and send what matches nobody."""
    person = population.person("Sudarma Putra", "3510091708900021")
    assert person.nik is not None
    answers = told(
        nik=person.nik.open(),
        name=person.name,
        born_on=person.born_on,
        photo_id=photo,
    )
    code = send_registration(told=answers, at=NOON)
    act_as(Acting.JOB)
    row = Registration.objects.latest("pk")
    match_registration(registration_id=row.pk, at=NOON)
    row.refresh_from_db()
    case = row.affected
    assert case is not None
    question = ask(affected=case, asked_of="Perahu", phone="", by=officer, at=now())
    # Whoever holds that code reads the name on purpose; nobody else may read this one.
    Confirmation.objects.update(person_name="Gede Pastika")
    send_registration(told=told(nik=STRANGER_NIK, name="Ketutjaya"), at=NOON)
    act_as(Acting.JOB)
    other = Registration.objects.latest("pk")
    match_registration(registration_id=other.pk, at=NOON)
    look = FollowUp.objects.create(affected=case, months=1, due_on=day(NOON))
    return Met(
        code, question, case.pk, other.pk, look.pk, photo, a_list(officer.staff_id)
    )


def a_list(brought_by: int) -> int:
    """Preview a list here of which some rows could not be taken."""
    rejected = files.keep([b"PK"], folder=FOLDER)
    return AffectedList.objects.create(
        kind="employer",
        organisation="Hotel",
        sector_id="hotel",
        what="laid_off",
        happened_on=day(NOON),
        region_code=RT_HERE,
        state=AffectedList.State.READY,
        rejected_path=rejected,
        brought_by_id=brought_by,
        brought_at=NOON,
    ).pk
