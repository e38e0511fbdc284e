"""Two cycles of aid: one that a village brought to its end, one that waits for the camat.

Told through the very actions that pages call, each at its own moment.
"""

import io
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import transaction
from PIL import Image, ImageDraw

from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.overrides import ask_for_override
from smartkampung.aid.cycles.actions.approve import approve_list
from smartkampung.aid.cycles.actions.judge import decide_list, verify
from smartkampung.aid.cycles.actions.plan import open_cycle, plan_tranche, set_fund
from smartkampung.aid.cycles.actions.propose import propose, record_meeting, send_list
from smartkampung.aid.cycles.models import Cycle, Proposal, VillageList
from smartkampung.aid.cycles.rules.proposals import ProposalState, Why
from smartkampung.aid.cycles.rules.steps import ListState
from smartkampung.aid.models import Enrolment, Programme
from smartkampung.demo.cast import KECAMATAN, VILLAGE, cases
from smartkampung.demo.places import REGENCY
from smartkampung.demo.staff import Officers
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import day, telling
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.queries import villages_of
from smartkampung.residents.models import Person

DAY = timedelta(days=1)
PROPOSED, RECEIVE, PLACES = 9, 2, 5
FUND = 912_000_000
NUMBERS = {"blt_dd": "141/21/2026", "jatim": "141/24/2026"}


def tell_cycles(*, at: datetime, officers: Officers) -> None:
    """Let a village bring one list to approval, and another to the camat's desk."""
    one, other = _heads()
    first = _Teller(at - 30 * DAY, officers, "blt_dd", one)
    if first.decided():
        first.approved()
        first.excepted()
    _Teller(at - 12 * DAY, officers, "jatim", other).decided()


class _Teller:
    """Tells one cycle, step by step, some days apart."""

    def __init__(
        self, at: datetime, officers: Officers, code: str, heads: Sequence[Person]
    ) -> None:
        self.at, self.officers, self.heads = at, officers, heads
        self.programme = Programme.objects.get(pk=code)
        self.dinsos = officers.of(Role.DINSOS, REGENCY["code"])

    def decided(self) -> bool:
        """Plan the cycle, and let the village propose, visit and sign.

        In a small demo every family may receive already; then the list goes back to
        the village, and False is returned.
        """
        with _then(self.at):
            cycle = self._open(day(self.at))
        self.village = VillageList.objects.get(cycle=cycle, village_code=VILLAGE)
        with _then(self.at + 4 * DAY):
            self._propose(self.at + 4 * DAY)
        with _then(self.at + 7 * DAY):
            self._verify(self.at + 7 * DAY)
        with _then(self.at + 9 * DAY):
            self.village.refresh_from_db()
            if self.village.state != ListState.DECIDING:
                return False
            head = self.officers.of(Role.VILLAGE_HEAD, VILLAGE)
            decide_list(village=self.village, by=head, at=self.at + 9 * DAY)
        return True

    def approved(self) -> None:
        """Let the camat approve."""
        with _then(self.at + 13 * DAY):
            camat = self.officers.of(Role.KECAMATAN_OFFICER, KECAMATAN)
            approve_list(village=self.village, by=camat, at=self.at + 13 * DAY)

    def excepted(self) -> None:
        """Let the camat ask for somebody whom other aid left out; Dinsos is to decide."""
        left_out = Proposal.objects.filter(
            village_list=self.village,
            state=ProposalState.EXCLUDED,
            reasons=[Why.ALREADY_RECEIVING.value],
        )
        at = self.at + 29 * DAY
        with _then(at):
            # The same programme twice is never excepted.
            others = Enrolment.objects.exclude(programme=self.programme)
            blocked = [
                row
                for row in left_out.order_by("rank")
                if others.filter(pk=row.blocked_by[0]["enrolment"]).exists()
            ]
            for row in blocked[:1]:
                ask_for_override(
                    form_id=uuid.uuid4(),
                    case=row,
                    programme=self.programme,
                    enrolment_id=row.blocked_by[0]["enrolment"],
                    reason="Rumahnya terbakar; bantuan lain itu belum pernah diterima.",
                    by=self.officers.of(Role.KECAMATAN_OFFICER, KECAMATAN),
                    at=at,
                )

    def _open(self, on: date) -> Cycle:
        begin = on.replace(day=1)
        at, by = self.at, self.dinsos
        cycle = open_cycle(
            programme=self.programme,
            name=f"Putaran {on.year}-{on.month:02}",
            since=begin,
            until=begin + timedelta(days=120),
            propose_until=on + timedelta(days=60),
            quotas={row.code: PLACES for row in villages_of(REGENCY["code"])},
            by=by,
            at=at,
        )
        plan_tranche(
            cycle=cycle, on=begin, due_on=on + timedelta(days=50), by=by, at=at
        )
        set_fund(
            village_code=VILLAGE,
            year=begin.year,
            amount=FUND,
            source="demo",
            by=by,
            at=at,
        )
        return cycle

    def _propose(self, at: datetime) -> None:
        by = self.officers.of(Role.VILLAGE_OFFICER, VILLAGE)
        photo = keep_photo(file=_minutes(), region_code=VILLAGE, at=at)
        record_meeting(
            form_id=uuid.uuid4(),
            village=self.village,
            number=NUMBERS[self.programme.pk],
            held_on=day(at),
            attendance=37,
            minutes_id=photo.pk,
            by=by,
            at=at,
        )
        for head in self.heads:
            propose(village=self.village, person=head, by=by, at=at)
        send_list(village=self.village, by=by, at=at)

    def _verify(self, at: datetime) -> None:
        rows = Proposal.objects.filter(village_list=self.village).order_by("rank")
        ids = list(rows.values_list("pk", flat=True))
        verify(
            village=self.village,
            fit=ids[:-1],
            unfit=ids[-1:],
            why=Why.NOT_POOR,
            text="Punya usaha yang berjalan baik.",
            by=self.officers.of(Role.VILLAGE_OFFICER, VILLAGE, colleague=True),
            at=at,
        )


def _heads() -> tuple[list[Person], list[Person]]:
    """Return heads of families of the village whom nobody plays, for two lists.

    A few of each receive already and are left out; most do not, so that somebody stays.
    """
    played = {one.name for case in cases() for one in case.family.members}
    rows = Person.objects.filter(
        region_code__startswith=f"{VILLAGE}.",
        relation=1,
        status=Person.Status.LIVING,
        nik_index__isnull=False,
        claims=None,
    ).exclude(name__in=played)
    receive = Enrolment.objects.filter(family__in=rows.values("family"))
    families = set(receive.values_list("family_id", flat=True))
    heads = list(rows.order_by("pk"))
    have = [one for one in heads if one.family_id in families][: 2 * RECEIVE]
    free = [one for one in heads if one.family_id not in families]
    free = free[: 2 * (PROPOSED - RECEIVE)]
    return [*have[::2], *free[::2]], [*have[1::2], *free[1::2]]


@contextmanager
def _then(at: datetime) -> Iterator[None]:
    """One transaction of the past, acting as a job does."""
    with transaction.atomic(), telling(at):
        act_as(Kind.JOB)
        yield


def _minutes() -> io.BytesIO:
    """Draw made-up minutes, to be seen as a photo."""
    sheet = Image.new("RGB", (600, 800), "#fbfaf6")
    pen = ImageDraw.Draw(sheet)
    pen.text((180, 60), "BERITA ACARA MUSDESUS (CONTOH)", fill="#14201f")
    for line in range(140, 640, 40):
        pen.line((60, line, 540, line), fill="#4a5a58", width=2)
    out = io.BytesIO()
    sheet.save(out, "JPEG")
    out.seek(0)
    out.name = "berita-acara.jpg"
    return out
