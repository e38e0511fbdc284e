"""What goes on in isolation on the day of the demo, so that something waits for everybody.

Told through the very actions that pages call, in the village that people play and
around it. A small regency has not everybody that is needed; then a turn is left out.
"""

import uuid
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, QuerySet, When

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.demo.cast import RT, VILLAGE
from smartkampung.isolation.actions.reserve import reserve
from smartkampung.isolation.actions.wish import Guest, Wish
from smartkampung.isolation.arrival.actions.gate import Gate, let_through
from smartkampung.isolation.arrival.actions.leaving import report_left
from smartkampung.isolation.arrival.rules.screening import RapidTest, Screened
from smartkampung.isolation.models import BedUse, Obligation, Reservation, Stay
from smartkampung.isolation.monitoring.actions.checks import Seen, record_check
from smartkampung.isolation.monitoring.actions.ends import Decided, decide
from smartkampung.isolation.monitoring.rules.checks import FOLLOWED, Outcome, Slot
from smartkampung.isolation.monitoring.rules.ends import Verdict
from smartkampung.isolation.monitoring.rules.health import Symptom, Told
from smartkampung.isolation.rules.states import ReservationState, Setting, StayState
from smartkampung.kernel.clock import day, start_of_day, telling
from smartkampung.kernel.errors import Refused
from smartkampung.regions.models import ServedVillage

DAY = timedelta(days=1)
WELL = Told(temperature=Decimal("36.6"), spo2=98)
FEVER = Told(
    unwell=True,
    temperature=Decimal("38.6"),
    spo2=94,
    symptoms=(Symptom.FEVER, Symptom.COUGH),
)
COUGH = Told(
    unwell=True, temperature=Decimal("37.2"), spo2=97, symptoms=(Symptom.COUGH,)
)
LONGER, TRIED = timedelta(days=7), 8
ORIGIN = "35.78"  # Surabaya
BABINSA, GATEKEEPER = "babinsa", "posko"


class NotThis(Exception):
    """What was tried brought nothing that could be seen: it is taken back."""


def silent_ones(*, at: datetime) -> list[int]:
    """Return who of the village has been silent for two days: one, if anybody."""
    rows = Stay.objects.filter(
        reservation__region_code__startswith=VILLAGE,
        state=StayState.PRESENT,
        present_at__lt=at - 4 * DAY,
        during__endswith__gt=day(at) + DAY,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True)[:1])


def tell_turns(*, at: datetime, silent: list[int]) -> None:
    """Let everything happen that today's pages are to show."""
    turns = Turns(at, silent)
    for turn in (
        turns.at_the_gate,
        turns.ill_at_the_gate,
        turns.ill_in_the_house,
        turns.left,
        turns.back_from_hospital,
        turns.unwell_at_the_exit,
        turns.displaced,
        turns.expected_yesterday,
        turns.booked_this_morning,
    ):
        with suppress(Refused), transaction.atomic():
            turn()


class Turns:
    """Tells single turns of today, each about people to whom nothing else happens."""

    def __init__(self, at: datetime, silent: list[int]) -> None:
        self.at, self.today = at, day(at)
        early = start_of_day(self.today) + timedelta(minutes=1)
        self.lately = min(at, max(at - timedelta(hours=1), early))
        self.busy = set(silent)
        centres = ServedVillage.objects.filter(village=VILLAGE)
        self.centre = centres.values_list("centre_id", flat=True)[0]

    def at_the_gate(self) -> None:
        """Let a party through that is expected today, and not yet at its house."""
        self._through(WELL)

    def ill_at_the_gate(self) -> None:
        """Send somebody from the checkpoint to the hospital."""
        self._through(FEVER)

    def ill_in_the_house(self) -> None:
        """Let dr. Ratna find a fever, so that it waits on top of her list."""
        self._look(Slot.DAY, FEVER)

    def unwell_at_the_exit(self) -> None:
        """Let somebody cough on the last day: then a named officer must decide."""
        self._look(Slot.EXIT, COUGH)

    def left(self) -> None:
        """Let the Babinsa find somebody gone."""
        for stay in self._near(Stay.objects.filter(state=StayState.PRESENT))[:1]:
            self.busy.add(stay.pk)
            words = "Kamar kosong; sandal tidak ada. Tetangga melihatnya pergi."
            with telling(self.lately):
                by = self._officer(BABINSA)
                report_left(stay=stay, words=words, by=by, at=self.lately)

    def back_from_hospital(self) -> None:
        """Take somebody in again who was in hospital."""
        rows = Stay.objects.filter(
            state=StayState.HOSPITAL,
            ended_at__gt=self.at - 12 * DAY,
            present_at__isnull=False,
        )
        for stay in self._near(rows)[:TRIED]:
            with suppress(Refused), transaction.atomic():
                self._decide(stay, Verdict.RETURN, "Sehat kembali.", self.today)
                return

    def displaced(self) -> None:
        """Keep somebody longer whose bed others have booked: they need another house."""
        after = BedUse.objects.filter(
            bed=OuterRef("bed"),
            live=True,
            stay__state=StayState.EXPECTED,
            during__startswith__gte=OuterRef("during__endswith"),
            during__startswith__lt=OuterRef("during__endswith") + LONGER,
        )
        uses = BedUse.objects.filter(Exists(after), live=True, during__contains=self.at)
        # Where there are few beds, nobody finds another one in the same house.
        rows = self._near(Stay.objects.filter(state=StayState.PRESENT, beds__in=uses))
        size = Count("reservation__house__rooms__beds")
        sized: QuerySet[Any] = rows.annotate(size=size)
        for stay in sized.order_by("size", "distance", "pk")[:TRIED]:
            with suppress(NotThis), transaction.atomic():
                why = "Masih batuk; hasil tes belum keluar."
                if not self._decide(stay, Verdict.EXTEND, why, stay.during.upper):
                    raise NotThis
                return

    def expected_yesterday(self) -> None:
        """Book for yesterday, by the public door, and never come."""
        born = date(1991, 6, 14)
        guest = Guest("Wahyu Hidayat", "L", born, nik="3510091406919921")
        self._book(guest, made=self.at - 4 * DAY, arrives_on=self.today - DAY)

    def booked_this_morning(self) -> None:
        """Book for the day after tomorrow, so that a pass can be opened and followed."""
        born = date(1994, 2, 20)
        guest = Guest("Dewi Rahayu", "P", born, nik="3510096002949922")
        self._book(guest, made=self.lately, arrives_on=self.today + 2 * DAY)

    def _through(self, first: Told) -> None:
        rows = Reservation.objects.filter(
            state=ReservationState.BOOKED, arrives_on=self.today
        ).exclude(stays__in=self.busy)
        for party in self._nearest(rows)[:1]:
            people = list(party.stays.filter(state=StayState.EXPECTED).order_by("pk"))
            self.busy |= {stay.pk for stay in people}
            screened = {
                stay.pk: Screened(WELL if number else first, RapidTest.NEGATIVE)
                for number, stay in enumerate(people)
            }
            gate = Gate(uuid.uuid4(), party.entry_point, screened)
            with telling(self.lately):
                by = self._officer(GATEKEEPER)
                let_through(party=party, gate=gate, by=by, at=self.lately)

    def _look(self, slot: Slot, told: Told) -> None:
        rows = Obligation.objects.filter(
            slot=slot, due_on=self.today, stay__state=StayState.PRESENT
        ).exclude(checks__outcome__in=FOLLOWED)
        due = rows.exclude(stay__in=self.busy)
        row = self._nearest(due, "stay__reservation__").first()
        if row is None:
            return
        self.busy.add(row.stay_id)
        seen = Seen(uuid.uuid4(), Outcome.SEEN, told)
        with telling(self.lately):
            by = self._doctor_of(row.stay)
            record_check(obligation=row, seen=seen, by=by, at=self.lately)

    def _decide(
        self, stay: Stay, verdict: Verdict, why: str, counted_from: date
    ) -> list[Reservation]:
        self.busy.add(stay.pk)
        decided = Decided(verdict, why, counted_from + LONGER)
        with telling(self.lately):
            by = self._doctor_of(stay)
            return decide(stay=stay, decided=decided, by=by, at=self.lately)

    def _book(self, guest: Guest, *, made: datetime, arrives_on: date) -> None:
        wish = Wish(
            village=VILLAGE,
            arrives_on=arrives_on,
            origin_code=ORIGIN,
            entry_point="kalibaru",
            guests=(guest,),
            setting=Setting.HOME,
            address=f"Rumah orang tua {guest.name}",
            place=RT,
            phone="+628499900921",
            assessment={"own_room": True, "own_bathroom": True, "nobody_frail": True},
        )
        with telling(made):
            reserve(wish, key=str(uuid.uuid4()), at=made)

    def _near(self, rows: QuerySet[Stay]) -> QuerySet[Any]:
        """Return the village's own first, then those of its Puskesmas, then others."""
        ordered = self._nearest(rows, "reservation__")
        return ordered.exclude(pk__in=self.busy)

    def _nearest(self, rows: QuerySet[Any], party: str = "") -> QuerySet[Any]:
        own = When(**{f"{party}region_code__startswith": VILLAGE}, then=0)
        nearby = When(**{f"{party}centre": self.centre}, then=1)
        distance = Case(own, nearby, default=2, output_field=IntegerField())
        found: QuerySet[Any] = rows.annotate(distance=distance)
        return found.order_by("distance", "pk")

    def _doctor_of(self, stay: Stay) -> Actor:
        looks = Obligation.objects.filter(stay=stay, officer__isnull=False)
        staff = looks.select_related("officer").latest("due_on", "pk").officer
        return actor_for(staff or Staff.objects.get(username="ratna"), on=self.today)

    def _officer(self, username: str) -> Actor:
        return actor_for(Staff.objects.get(username=username), on=self.today)
