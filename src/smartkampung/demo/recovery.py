"""Programmes of each kind and state, and one that runs in the played village today."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction

from smartkampung.demo.bulk import settle_history
from smartkampung.demo.cast import VILLAGE, cases
from smartkampung.demo.courses import Course, Teller
from smartkampung.demo.jobless import Jobless, gather, keep_ranking
from smartkampung.demo.places import REGENCY
from smartkampung.demo.staff import PLANNERS
from smartkampung.kernel.clock import day, telling
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.kernel.sealed import blind_index
from smartkampung.recovery.programmes.actions.answering import accept
from smartkampung.recovery.programmes.actions.attending import record_sheet
from smartkampung.recovery.programmes.actions.counting import count_figures
from smartkampung.recovery.programmes.actions.following import ask_what_is_due
from smartkampung.recovery.programmes.actions.inviting import fill
from smartkampung.recovery.programmes.actions.leaving import drop
from smartkampung.recovery.programmes.actions.lending import watch_loans
from smartkampung.recovery.programmes.actions.planning import (
    Round,
    Wording,
    fingerprint,
    make_offer,
    make_programme,
    open_offer,
)
from smartkampung.recovery.programmes.models import Offer, Programme, Seat
from smartkampung.recovery.programmes.rules.states import (
    Kind,
    Milestone,
    OfferState,
    Pays,
)
from smartkampung.residents.models import NIK, Person

DAY = timedelta(days=1)
PLACES = 8  # of the offer in the village
HERE = REGENCY["code"]
# Of the cast: who works on the beach, and who is invited since this morning.
WORKER, INVITED = "3510092010759905", "3510090102689906"
NAMES: dict[Kind, tuple[str, str]] = {
    Kind.CASH_FOR_WORK: ("Padat karya wisata", "Work for tourism"),
    Kind.TRAINING: ("Pelatihan kerja", "Training for work"),
    Kind.MICRO_CAPITAL: ("Modal usaha mikro", "Capital for small businesses"),
    Kind.TOOLS: ("Alat kerja", "Tools for work"),
    Kind.MARKET_ACCESS: ("Lapak pasar", "Stalls at markets"),
    Kind.PLACEMENT: ("Penempatan kerja", "Job placement"),
}
WAGE: dict[str, Any] = {
    "pays": Pays.WAGE,
    "wage": 80_000,
    "days": 15,
    "cost_each": 1_200_000,
}
LENT: dict[str, Any] = {"pays": Pays.LOAN, "cost_each": 3_000_000, "loan_months": 12}
TOOLS: dict[str, Any] = {"pays": Pays.GRANT, "cost_each": 1_750_000}


def _course(days: int, cost: int) -> dict[str, Any]:
    return {"pays": Pays.COURSE, "days": days, "cost_each": cost}


def tell_programmes(*, at: datetime, sari: str, seed: int) -> None:
    """Tell half a year of programmes, and what happens today."""
    by = PLANNERS
    with _then(at - 200 * DAY):
        played = _played()
        people = _next_behind_the_places(gather(first=played, at=at), played)
        scenario = keep_ranking(people, by=by, at=at - 200 * DAY)
        kinds = {kind: _programme(kind, by[0], at - 200 * DAY) for kind in Kind}
    with _then(at):
        line = iter([one for one in people if not _here(one)])
        teller = Teller(by=by, at=at, seed=seed)
        for course, size in _courses(kinds, scenario, at):
            teller.tell(
                course, [one for one, _n in zip(line, range(size), strict=False)]
            )
    _Village(at, by, sari).tell(kinds[Kind.CASH_FOR_WORK], scenario)
    with _then(at):
        _draft(kinds[Kind.TRAINING], scenario, by[0], at)
        ask_what_is_due(at=at)
        watch_loans(at=at)
        count_figures(at=at)
        settle_history(before=at + timedelta(seconds=1))


def _here(one: Jobless) -> bool:
    return one.region == VILLAGE or one.region.startswith(f"{VILLAGE}.")


def _next_behind_the_places(people: list[Jobless], played: list[int]) -> list[Jobless]:
    """Let the second of the cast stand behind those who take the village's places."""
    invited = [one for one in people if one.person in played[1:]]
    others = [one for one in people if one not in invited]
    return [*others[:PLACES], *invited, *others[PLACES:]]


def _played() -> list[int]:
    """Return the persons of the cast who lost work."""
    known = {case.family.members[0].nik for case in cases()}
    wanted = [nik for nik in (WORKER, INVITED) if nik in known]
    rows = {
        bytes(person.nik_index or b""): person.pk
        for person in Person.objects.filter(
            nik_index__in=[blind_index(nik, NIK) for nik in wanted]
        )
    }
    return [rows[index] for nik in wanted if (index := blind_index(nik, NIK)) in rows]


def _programme(kind: Kind, by: str, at: datetime) -> Programme:
    name, english = NAMES[kind]
    return make_programme(
        kind=kind,
        name=name,
        name_en=english,
        about="Untuk warga yang kehilangan pekerjaan karena pandemi.",
        about_en="For people who lost their work in the pandemic.",
        by=by,
        at=at,
    )


def _words(title: str, english: str) -> dict[str, str]:
    return {
        "title": title,
        "title_en": english,
        "text": "Bawa KTP. Perlengkapan disediakan. Gratis.",
        "text_en": "Bring your KTP. Everything you need is there. It costs nothing.",
        "venue": "Balai pelatihan kabupaten",
    }


class Past(NamedTuple):
    """An offer of the last months, in days before today, and how many took part."""

    kind: Kind
    ago: int
    weeks: int
    people: int
    title: str
    title_en: str
    terms: dict[str, Any]
    state: OfferState
    stopped: int = 0
    milestone: Milestone | None = None


DONE, RUNS, SHUT = OfferState.FINISHED, OfferState.OPEN, OfferState.CLOSED
PAST = (
    Past(
        Kind.CASH_FOR_WORK,
        150,
        4,
        45,
        "Bersih pantai Boom",
        "Clean Boom beach",
        WAGE,
        DONE,
        3,
    ),
    Past(
        Kind.TRAINING,
        130,
        3,
        60,
        "Pemandu wisata daring",
        "Guiding tours online",
        _course(10, 1_000_000),
        DONE,
        4,
        Milestone.TRAINING_FINISHED,
    ),
    Past(
        Kind.MICRO_CAPITAL,
        165,
        52,
        36,
        "Modal warung dan homestay",
        "Capital for stalls and homestays",
        LENT,
        RUNS,
        0,
        Milestone.BUSINESS_OPENED,
    ),
    Past(
        Kind.TOOLS,
        100,
        2,
        40,
        "Alat selam dan jahit",
        "Diving and sewing tools",
        TOOLS,
        DONE,
        0,
        Milestone.TOOLS_RECEIVED,
    ),
    Past(
        Kind.MARKET_ACCESS,
        40,
        4,
        20,
        "Pasar kuliner malam",
        "Night market for food",
        _course(8, 400_000),
        SHUT,
    ),
    Past(
        Kind.PLACEMENT,
        12,
        6,
        24,
        "Magang di pabrik ikan",
        "Work at the fish factory",
        _course(20, 600_000),
        RUNS,
    ),
)


def _courses(
    kinds: dict[Kind, Programme], scenario: Any, at: datetime
) -> list[tuple[Course, int]]:
    """Return the offers of the last months, each with how many took part."""
    return [
        (
            Course(
                programme=kinds[past.kind],
                scenario=scenario,
                words=_words(past.title, past.title_en),
                region=HERE,
                starts_on=day(at) - past.ago * DAY,
                weeks=past.weeks,
                terms=past.terms,
                state=past.state,
                stopped=past.stopped,
                months=past.ago // 30,
                milestone=past.milestone,
            ),
            past.people,
        )
        for past in PAST
    ]


class _Village:
    """Eight places in the played village: three weeks of work, and today."""

    def __init__(self, at: datetime, by: Sequence[str], sari: str) -> None:
        self.at, self.by, self.sari = at, by, sari

    def tell(self, programme: Programme, scenario: Any) -> None:
        """Invite, let people accept, work since a week ago, and invite one more."""
        begins = self.at - 26 * DAY
        with _then(begins):
            offer = make_offer(
                programme=programme,
                scenario_id=scenario.pk,
                wording=Wording(
                    title="Perbaikan jalan wisata desa",
                    title_en="Mend the village's road for visitors",
                    text="Kerja dari jam 7 sampai 12. Alat disediakan.",
                    text_en="Work from 7 to 12 in the morning. Tools are there.",
                    venue="Balai desa",
                ),
                terms=Round(
                    region_code=VILLAGE,
                    places=PLACES,
                    starts_on=day(self.at) - 5 * DAY,
                    ends_on=day(self.at) + 18 * DAY,
                    answer_days=7,
                    **WAGE,
                ),
                by=self.by[0],
                at=begins,
            )
        with _then(begins + DAY):
            seen = fingerprint(offer)
            open_offer(offer=offer, seen=seen, by=self.by[1], at=begins + DAY)
            fill(offer_id=offer.pk, at=begins + DAY)
        # Whoever is played is invited since this morning, and first in line for it.
        self._answers(offer, begins + 3 * DAY)
        for back in (4, 1, 0):
            self._sheet(offer, self.at - back * DAY)
        with _then(self.at):
            fill(offer_id=offer.pk, at=self.at)

    def _answers(self, offer: Offer, at: datetime) -> None:
        with _then(at):
            for seat in Seat.objects.filter(offer=offer).order_by("number"):
                accept(seat=seat, by="public", at=at)
        with _then(self.at - 2 * DAY):
            last = Seat.objects.filter(offer=offer).order_by("-number").first()
            if last is not None:
                drop(
                    seat=last,
                    reason="Kembali bekerja di kapal",
                    by=self.sari,
                    at=self.at - 2 * DAY,
                )

    def _sheet(self, offer: Offer, at: datetime) -> None:
        with _then(at):
            seats = Seat.objects.filter(
                offer=offer, state__in=["accepted", "attending"]
            )
            shown = list(seats.values_list("pk", flat=True))
            if shown:
                record_sheet(
                    form_id=uuid.uuid4(),
                    offer=offer,
                    on=day(at),
                    shown=shown,
                    present=[pk for pk in shown if (pk + day(at).day) % 9],
                    by=self.sari,
                    at=at,
                )


def _draft(programme: Programme, scenario: Any, by: str, at: datetime) -> None:
    """Leave an offer that waits for a second officer."""
    make_offer(
        programme=programme,
        scenario_id=scenario.pk,
        wording=Wording(
            **_words("Barista dan kopi Ijen", "Barista and coffee of Ijen")
        ),
        terms=Round(
            region_code=HERE,
            places=20,
            starts_on=day(at) + 21 * DAY,
            ends_on=day(at) + 35 * DAY,
            answer_days=7,
            **_course(8, 900_000),
        ),
        by=by,
        at=at,
    )


@contextmanager
def _then(at: datetime) -> Iterator[None]:
    """One transaction of the past, acting as a job does."""
    with transaction.atomic(), telling(at):
        act_as(Acting.JOB)
        yield
