"""A ranking of people hit by the crisis, and programmes that take from it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pgtrigger

from smartkampung.kernel.clock import WIB, now
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.notify.models import Message
from smartkampung.recovery.affected.models import Affected, Sector
from smartkampung.recovery.programmes.actions.answering import accept
from smartkampung.recovery.programmes.actions.attending import record_sheet
from smartkampung.recovery.programmes.actions.closing import ask_to_close
from smartkampung.recovery.programmes.actions.inviting import fill
from smartkampung.recovery.programmes.actions.paying import hand_over
from smartkampung.recovery.programmes.actions.planning import (
    Round,
    Wording,
    fingerprint,
    make_offer,
    make_programme,
    open_offer,
)
from smartkampung.recovery.programmes.models import Loan, Offer, Programme, Seat
from smartkampung.recovery.programmes.rules.states import Kind, Pays
from smartkampung.recovery.targeting.models import Ranked, Scenario
from smartkampung.residents.models import Person
from tests import population
from tests.cast import HERE, places

MONDAY = datetime(2020, 8, 3, 9, tzinfo=WIB)
STARTS, ENDS = date(2020, 8, 17), date(2020, 9, 13)
FIRST_DAY = datetime(2020, 8, 17, 15, tzinfo=WIB)
DAY = timedelta(days=1)
MAKER, OPENER = "made", "putu"
NAMES = ("Ayu", "Bagus", "Citra", "Dewa", "Eka", "Fitri", "Gede", "Hasan", "Indah")
WORDS = Wording(
    title="Bersih pantai",
    title_en="Clean the beach",
    text="Dua puluh hari kerja di pantai.",
    text_en="Twenty days of work on the beach.",
    venue="Balai Desa Sumberwangi",
)
TERMS: dict[Kind, dict[str, Any]] = {
    Kind.CASH_FOR_WORK: {
        "pays": Pays.WAGE,
        "wage": 80_000,
        "days": 20,
        "cost_each": 1_600_000,
    },
    Kind.TRAINING: {"pays": Pays.COURSE, "days": 10, "cost_each": 1_000_000},
    Kind.MICRO_CAPITAL: {
        "pays": Pays.LOAN,
        "cost_each": 3_000_000,
        "loan_months": 10,
    },
    Kind.TOOLS: {"pays": Pays.GRANT, "cost_each": 2_000_000},
    Kind.MARKET_ACCESS: {"pays": Pays.COURSE, "days": 4, "cost_each": 400_000},
    Kind.PLACEMENT: {"pays": Pays.COURSE, "days": 5, "cost_each": 500_000},
}


def a_sector() -> Sector:
    """Return the sector of guides."""
    return Sector.objects.get(code="guide")


def affected(person: Person, **told: Any) -> Affected:
    """Return the verified case of somebody who lost their work."""
    values: dict[str, Any] = {
        "region_code": person.region_code,
        "state": Affected.State.VERIFIED,
        "kind": Affected.Kind.LAID_OFF,
        "sector": a_sector(),
        "happened_on": date(2020, 4, 1),
        "income_before": 3_000_000,
        "income_after": 600_000,
        "dependants": 2,
        "opened_at": MONDAY,
        "verified_at": MONDAY,
        "verified_by": "sari",
    }
    return Affected.objects.create(person=person, **values | told)


def a_scenario(state: str = "approved") -> Scenario:
    """Return a scenario; an approved one rests on two people."""
    approved = {"approved_by": OPENER, "approved_at": MONDAY}
    return Scenario.objects.create(
        name="Pariwisata 2020",
        population="affected",
        spec={},
        budget=100_000_000,
        cost_each=1_600_000,
        state=state,
        made_by=MAKER,
        made_at=MONDAY,
        proposed_by=MAKER,
        proposed_at=MONDAY,
        **(approved if state == "approved" else {}),
    )


def ranked(
    scenario: Scenario,
    names: Iterable[str] = NAMES[:5],
    *,
    chosen: int = 3,
    ways: dict[str, str] | None = None,
    phone: bool = True,
    families: bool = False,
) -> list[Person]:
    """Rank people by the order of their names; the first so many are chosen.

    Whoever has a way is chosen, too, wherever they stand.
    """
    places()
    act_as(Acting.JOB)  # who was hit stands behind row-level security
    people = []
    for place, name in enumerate(names, 1):
        # A number that nobody has: nothing here is read as a phone of somebody.
        number = f"+6281200000{place:03d}" if phone else None
        home = population.family(kk=None, phone=number)
        person = population.person(name, household=home)
        people.append(person)
        way = (ways or {}).get(name, "rank" if place <= chosen else "")
        whom = {"family": home} if families else {"affected": affected(person)}
        # Nobody joins a ranking that was approved; here it is written afterwards.
        with pgtrigger.ignore("targeting.Ranked:ranked_closed_by_approval"):
            Ranked.objects.create(
                scenario=scenario,
                place=place,
                score=100_000 - place,
                parts=[],
                chosen=bool(way),
                way=way,
                **whom,
            )
    return people


def a_programme(kind: Kind = Kind.CASH_FOR_WORK) -> Programme:
    """Return a programme of a kind."""
    return make_programme(
        kind=kind,
        name=f"Program {kind}",
        name_en=f"Programme {kind}",
        about="Untuk yang kehilangan kerja.",
        about_en="For people who lost their work.",
        by=MAKER,
        at=MONDAY,
    )


def terms(kind: Kind = Kind.CASH_FOR_WORK, **told: Any) -> Round:
    """Return places, days and money of an offer of a kind."""
    values: dict[str, Any] = {
        "region_code": HERE,
        "places": 2,
        "starts_on": STARTS,
        "ends_on": ENDS,
        "answer_days": 7,
    }
    return Round(**values | TERMS[kind] | told)


def a_draft(
    kind: Kind = Kind.CASH_FOR_WORK, scenario: Scenario | None = None, **told: Any
) -> Offer:
    """Return an offer that nobody opened yet."""
    places()
    return make_offer(
        programme=a_programme(kind),
        scenario_id=(scenario or a_scenario()).pk,
        wording=WORDS,
        terms=terms(kind, **told),
        by=MAKER,
        at=MONDAY,
    )


def an_offer(
    kind: Kind = Kind.CASH_FOR_WORK, scenario: Scenario | None = None, **told: Any
) -> Offer:
    """Return an open offer from which nobody was invited yet."""
    offer = a_draft(kind, scenario, **told)
    open_offer(offer=offer, seen=fingerprint(offer), by=OPENER, at=MONDAY)
    offer.refresh_from_db()
    return offer


@dataclass(frozen=True)
class Running:
    """An offer and who was ranked for it, in order."""

    offer: Offer
    people: list[Person]

    def seat(self, name: str) -> Seat:
        """Return the seat of somebody by name, as it stands now."""
        return Seat.objects.select_related("offer", "person").get(
            offer=self.offer, person__name=name
        )

    def states(self) -> dict[str, str]:
        """Return who stands where."""
        rows = Seat.objects.filter(offer=self.offer).order_by("pk")
        return dict(rows.values_list("person__name", "state"))


def running(
    kind: Kind = Kind.CASH_FOR_WORK,
    *,
    names: Iterable[str] = NAMES[:5],
    chosen: int = 3,
    ways: dict[str, str] | None = None,
    phone: bool = True,
    **told: Any,
) -> Running:
    """Open an offer with two places for five people, and invite the first two."""
    scenario = a_scenario()
    people = ranked(scenario, names, chosen=chosen, ways=ways, phone=phone)
    offer = an_offer(kind, scenario, **told)
    fill(offer_id=offer.pk, at=MONDAY)
    return Running(offer, people)


def running_now(kind: Kind = Kind.CASH_FOR_WORK, **told: Any) -> Running:
    """Open an offer that begins today, and invite the first two: for pages."""
    at = now()
    scenario = a_scenario()
    names, phone = told.pop("names", NAMES[:5]), told.pop("phone", True)
    people = ranked(scenario, names, phone=phone)
    days = {"starts_on": at.date(), "ends_on": at.date() + 30 * DAY}
    offer = a_draft(kind, scenario, **days | told)
    open_offer(offer=offer, seen=fingerprint(offer), by=OPENER, at=at)
    fill(offer_id=offer.pk, at=at)
    offer.refresh_from_db()
    return Running(offer, people)


def accept_all(made: Running) -> None:
    """Let everybody who was invited accept."""
    for seat in Seat.objects.filter(offer=made.offer, state="invited"):
        accept(seat=seat, by="public", at=seat.invited_at)


def accepted(kind: Kind = Kind.CASH_FOR_WORK, **told: Any) -> Running:
    """Open an offer whose two places were taken by Ayu and Bagus."""
    made = running(kind, **told)
    for seat in Seat.objects.filter(offer=made.offer):
        accept(seat=seat, by="public", at=MONDAY)
    return made


def code_of(seat: Seat) -> str:
    """Return the code that went to somebody's phone."""
    message = Message.objects.get(key=f"recovery.{seat.pk}.invited")
    assert message.secret is not None
    return str(message.secret.open())


def form() -> uuid.UUID:
    """Return the id of a form that was just opened."""
    return uuid.uuid4()


def there(
    made: Running,
    *names: str,
    on: date = STARTS,
    at: datetime = FIRST_DAY,
    form_id: uuid.UUID | None = None,
) -> None:
    """Write down who of those who accepted was there on a day."""
    seats = [made.seat(name) for name in names]
    others = Seat.objects.filter(
        offer=made.offer, state__in=["accepted", "attending"]
    ).values_list("pk", flat=True)
    present = [seat.pk for seat in seats]
    record_sheet(
        form_id=form_id or form(),
        offer=made.offer,
        on=on,
        shown={*others, *present},
        present=present,
        by="sari",
        at=at,
    )


@dataclass(frozen=True)
class Shown:
    """What the permission matrix opens: a loan here, an invitation, a wish to close."""

    programme: int
    offer: int
    seat: int
    invited: int
    code: str
    loan: int
    closing: int


def shown() -> Shown:
    """Lend to Sudarma here today, and invite Sudarma's neighbour."""
    at = now()
    scenario = a_scenario()
    ranked(scenario, ("Sudarma Loka", "Putradinata Loka"), chosen=2)
    offer = a_draft(
        Kind.MICRO_CAPITAL,
        scenario,
        starts_on=at.date(),
        ends_on=at.date() + 30 * DAY,
    )
    open_offer(offer=offer, seen=fingerprint(offer), by=OPENER, at=at)
    fill(offer_id=offer.pk, at=at)
    seat, invited = Seat.objects.filter(offer=offer).order_by("number")
    accept(seat=seat, by="public", at=at)
    hand_over(form_id=form(), receipt="KW-1", seat=seat, by=MAKER, at=at)
    offer.refresh_from_db()
    wish = ask_to_close(offer=offer, reason="Banjir", by=MAKER, at=at)
    return Shown(
        programme=offer.programme_id,
        offer=offer.pk,
        seat=seat.pk,
        invited=invited.pk,
        code=code_of(invited),
        loan=Loan.objects.get(seat=seat).pk,
        closing=wish.pk,
    )
