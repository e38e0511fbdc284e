"""Six grievances of the last weeks, one of each kind, at different desks.

Told through the very actions that pages call, each at its own moment.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from smartkampung.accounts.roles import Role
from smartkampung.aid.cycles.models import Cycle
from smartkampung.aid.grievances.actions.clocks import escalate_overdue
from smartkampung.aid.grievances.actions.handling import ask, decide, take_in_hand
from smartkampung.aid.grievances.actions.telling import match_person, tell
from smartkampung.aid.grievances.queries import hash_of
from smartkampung.aid.grievances.rules import Kind, Office, State, Told, Verdict
from smartkampung.aid.models import Grievance
from smartkampung.demo.cast import KECAMATAN, VILLAGE, cases
from smartkampung.demo.openness import POSTED
from smartkampung.demo.staff import Officers
from smartkampung.kernel.clock import telling
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as

DAY = timedelta(days=1)


def tell_grievances(*, at: datetime, officers: Officers) -> None:
    """Let people of the village tell, and officers answer some of it."""
    sari = officers.of(Role.VILLAGE_OFFICER, VILLAGE)
    camat = officers.of(Role.KECAMATAN_OFFICER, KECAMATAN)
    nik = cases()[0].family.members[0].nik
    asked = _told(at - 20 * DAY, Kind.QUESTION, "Kapan BLT Dana Desa dibagikan?")
    with _then(at - 19 * DAY):
        take_in_hand(grievance=asked, by=sari, at=at - 19 * DAY)
        answer = "Setelah camat menyetujui daftar; tanggalnya ditempel di balai desa."
        verdict = Verdict(State.ANSWERED, answer)
        decide(grievance=asked, verdict=verdict, by=sari, at=at - 19 * DAY)
    # Nobody answered this one, so it climbed.
    _told(at - 12 * DAY, Kind.NOT_PAID, "Katanya saya terdaftar.", nik=nik)
    with _then(at - 3 * DAY):
        escalate_overdue(at=at - 3 * DAY)
    rude = _told(
        at - 2 * DAY,
        Kind.CONDUCT,
        "Saya dibentak ketika bertanya di balai desa.",
        office=Office.VILLAGE_OFFICER,
    )
    with _then(at - DAY):
        take_in_hand(grievance=rude, by=camat, at=at - DAY)
        ask(grievance=rude, question="Hari apa itu terjadi?", by=camat, at=at - DAY)
    _told(
        at - DAY,
        Kind.DATA_WRONG,
        "Di KTP saya tertulis sopir.",
        nik=nik,
        field="occupation",
        wanted="sopir",
    )
    cycle = Cycle.objects.get(programme=POSTED)
    listing = f"{cycle.pk}/{VILLAGE}"
    reason = "Punya toko dan dua mobil."
    _told(at - DAY, Kind.LISTED, reason, listing=listing, entry=2)
    _told(at - DAY, Kind.CONDUCT, "Tidak ada jawaban.", office=Office.DINSOS)


def _told(at: datetime, kind: Kind, text: str, **more: Any) -> Grievance:
    told = Told(form_id=uuid.uuid4(), kind=kind, region_code=VILLAGE, text=text, **more)
    with _then(at):
        code = tell(told=told, at=at)
        act_as(Acting.JOB)
        row = Grievance.objects.get(code_hash=hash_of(code))
        match_person(grievance_id=row.pk, at=at)
        return row


@contextmanager
def _then(at: datetime) -> Iterator[None]:
    """One transaction of the past, acting as a job does."""
    with transaction.atomic(), telling(at):
        act_as(Acting.JOB)
        yield
