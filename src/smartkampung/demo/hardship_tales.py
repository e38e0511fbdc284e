"""What waits in the played village about people hit by the crisis, told by actions."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction

from smartkampung.accounts.roles import Role
from smartkampung.demo.cast import NOBODYS_NIK, RT, VILLAGE, cases
from smartkampung.demo.places import REGENCY
from smartkampung.demo.staff import Officers
from smartkampung.kernel.clock import day, telling
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.recovery.affected.actions import lists, situation
from smartkampung.recovery.affected.actions.confirm import ask
from smartkampung.recovery.affected.actions.match import match_registration
from smartkampung.recovery.affected.actions.register import send_registration
from smartkampung.recovery.affected.models import Affected, AffectedList, Registration
from smartkampung.recovery.affected.rules.course import Direction, State, Work
from smartkampung.recovery.affected.rules.registration import Kind, Told, Wish

DAY = timedelta(days=1)
WELL = situation.Now(Work.JOB, Direction.BETTER, 2_700_000, recovered=True)


def tell_hardship_here(
    *, at: datetime, officers: Officers, known: Sequence[Affected]
) -> None:
    """Let something wait for the village and for the economic office."""
    sari = officers.of(Role.VILLAGE_OFFICER, VILLAGE)
    with _then(at - 2 * DAY):
        # The NIK is nobody's: the village has to say who it is.
        _send(at - 2 * DAY, nik=NOBODYS_NIK, name="Sutrisno")
    waiting = [
        case for case in known if case.state == State.TO_VERIFY and case.employer
    ]
    for case in waiting[:2]:
        with _then(at - DAY):
            ask(affected=case, asked_of=case.employer, phone="", by=sari, at=at - DAY)
    listed = [case for case in known if case.state == State.VERIFIED]
    for case in listed[:1]:
        with _then(at - DAY):
            situation.tell(affected=case, now=WELL, at=at - DAY)
    _bring_list(at, officers)


def _send(at: datetime, *, nik: str, name: str) -> None:
    told = Told(
        form_id=uuid.uuid4(),
        nik=nik,
        name=name,
        born_on=None,
        phone="",
        region_code=RT,
        kind=Kind.LAID_OFF,
        sector="boat",
        employer="Paguyuban Perahu Wisata",
        happened_on=day(at) - 40 * DAY,
        income_before=2_400_000,
        income_after=300_000,
        dependants=2,
        skills="Mesin perahu",
        wishes=(Wish.WORK, Wish.TOOLS),
    )
    send_registration(told=told, at=at)
    act_as(Acting.JOB)
    row = Registration.objects.latest("pk")
    match_registration(registration_id=row.pk, at=at)


def _bring_list(at: datetime, officers: Officers) -> None:
    """Preview the list of an association, in which some rows are wrong."""
    office = officers.of(Role.ECONOMIC_OFFICE, REGENCY["code"])
    rows = ["nik;nama;tanggal_lahir;kejadian;penghasilan_sebelum;tanggungan"]
    _wayan, *others = cases()  # whoever plays Wayan registers him
    for case in others:
        head = case.family.members[0]
        if head.nik and case.family.region_code == RT:
            born = head.born_on.strftime("%d-%m-%Y") if head.born_on else ""
            rows.append(f"{head.nik};{head.name};{born};dirumahkan;2200000;3")
    rows.append("351009120485;Suyitno;12-04-1985;PHK;dua juta;2")
    given = lists.Given(
        kind=AffectedList.Kind.ASSOCIATION,
        organisation="Asosiasi Pemandu Wisata",
        sector="guide",
        what=Kind.FURLOUGHED,
        happened_on=day(at) - 60 * DAY,
    )
    with _then(at - DAY):
        row = lists.receive_list(
            given=given, blocks=["\n".join(rows).encode()], by=office, at=at - DAY
        )
        lists.check_list(list_id=row.pk, at=at - DAY)


@contextmanager
def _then(at: datetime) -> Iterator[None]:
    """One transaction of the past, acting as a job does."""
    with transaction.atomic(), telling(at):
        act_as(Acting.JOB)
        yield
