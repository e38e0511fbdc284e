"""The door to the days of somebody in isolation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.actions.cases import code_hash
from smartkampung.intake.rules import read_code
from smartkampung.isolation.models import (
    Check,
    Classing,
    DischargeLetter,
    Escalation,
    ExitDecision,
    Obligation,
    Reading,
    Reservation,
    Stay,
)
from smartkampung.isolation.monitoring.rules.checks import (
    FOLLOWED,
    Outcome,
    Slot,
    follows,
)
from smartkampung.isolation.monitoring.rules.health import (
    Symptom,
    Told,
    alarms,
)
from smartkampung.isolation.monitoring.rules.ladder import DUTIES, Trigger
from smartkampung.isolation.monitoring.rules.walking import Risk, Stop, risk, route
from smartkampung.isolation.protocol.queries import limits_on
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.clock import day, start_of_day
from smartkampung.kernel.rls import Kind, act_as, as_job
from smartkampung.regions.codes import reached, within
from smartkampung.regions.models import HealthCentre, Region

P = Permission
DAY = timedelta(days=1)
SALT = "isolation.letter"
PLACE = "stay__reservation__region_code"
# A reading of the day before still says whom to see first in the morning.
READING_COUNTS = timedelta(hours=36)


@dataclass(frozen=True)
class ToSee:
    """One person on the list of an officer, and where they stand on it."""

    obligation_id: int
    stay_id: int
    person_id: int | None
    name: str
    region_code: str
    address: str
    day_index: int
    days: int
    slot: Slot
    risk: Risk
    outcome: str
    done: bool
    released: bool


def stays_for(actor: Actor, permission: Permission) -> QuerySet[Stay]:
    """Return the stays in the actor's regions."""
    inside = reached("reservation__region_code", actor.regions_where(permission))
    return Stay.objects.filter(inside).select_related("reservation__house")


def stay_for(actor: Actor, stay_id: int, permission: Permission) -> Stay:
    """Return one stay; 404 for everybody who may not see it."""
    return get_object_or_404(stays_for(actor, permission), pk=stay_id)


def obligations_for(actor: Actor) -> QuerySet[Obligation]:
    """Return what is due about people whom the actor may look after."""
    regions = actor.regions_where(P.MONITORING_RECORD)
    return Obligation.objects.filter(reached(PLACE, regions)).select_related(
        "stay__reservation__house"
    )


def obligation_for(actor: Actor, obligation_id: int) -> Obligation:
    """Return one look that is due; 404 for everybody who may not make it."""
    return get_object_or_404(obligations_for(actor), pk=obligation_id)


def followed() -> Exists:
    """Return the test that what was due was done: an exit needs somebody who looks."""
    made = Check.objects.filter(obligation=OuterRef("pk"))
    return Exists(
        made.filter(
            Q(outcome=Outcome.SEEN)
            | Q(outcome__in=FOLLOWED) & ~Q(obligation__slot=Slot.EXIT)
        )
    )


def centres_for(actor: Actor) -> list[tuple[str, str]]:
    """Return the Puskesmas (code, name) whose people the actor may look after."""
    served = within("serves__village__code", actor.regions_where(P.MONITORING_RECORD))
    rows = HealthCentre.objects.filter(served).distinct().order_by("name", "code")
    return list(rows.values_list("code", "name"))


def due_now(
    actor: Actor, *, at: datetime, mine: bool = False, centre: str = ""
) -> list[ToSee]:
    """Return whom to see now, by risk and then on the shortest walk; the seen come last.

    ``mine``: only those entrusted to the actor; ``centre``: only those of a Puskesmas,
    because nobody walks through a whole regency.
    """
    today = day(at)
    # An exit may be made a day late; whoever it let go still counts as seen today.
    rows = obligations_for(actor).filter(
        Q(due_on=today) | Q(due_on=today - DAY, slot=Slot.EXIT),
        Q(stay__state=StayState.PRESENT)
        | Q(
            stay__state=StayState.RELEASED,
            stay__ended_at__gte=start_of_day(today),
            slot=Slot.EXIT,
        ),
        opens_at__lte=at,
    )
    if mine:
        rows = rows.filter(_entrusted_to(actor))
    if centre:
        rows = rows.filter(stay__reservation__centre=centre)
    latest = {row.stay_id: row for row in rows.order_by("opens_at")}
    places = _positions(latest.values())
    seen = {
        pk: one
        for pk, one in _to_see(latest, at).items()
        if latest[pk].due_on == today or one.released or not one.done
    }
    start = _start(latest.values())
    order: list[ToSee] = []
    for done in (False, True):
        stops = [
            Stop(pk, one.risk, one.region_code, *places[pk])
            for pk, one in seen.items()
            if one.done == done
        ]
        order += [seen[stop.key] for stop in route(stops, start)]
    return order


def later_today(actor: Actor, *, at: datetime, mine: bool = False) -> list[ToSee]:
    """Return whom to see once more later today, by risk: for who plans the evening."""
    rows = obligations_for(actor).filter(
        due_on=day(at), opens_at__gt=at, stay__state=StayState.PRESENT
    )
    if mine:
        rows = rows.filter(_entrusted_to(actor))
    latest = {row.stay_id: row for row in rows.order_by("-opens_at")}
    found = _to_see(latest, at).values()
    return sorted(found, key=lambda one: (one.risk, one.region_code, one.name))


def _entrusted_to(actor: Actor) -> Q:
    """Return the test; who was handed over this morning is the next officer's at once."""
    return Q(stay__carer__officer=actor.staff_id) | Q(
        stay__carer=None, officer=actor.staff_id
    )


# Each of these asks one flat question about the people of the list. As subqueries of
# one statement they cost seconds: policies were judged anew for every row.


def _readings(stays: Iterable[int], at: datetime) -> dict[int, Told]:
    """Return the latest reading of each that still counts."""
    rows = Reading.objects.filter(
        stay__in=list(stays), at__gt=at - READING_COUNTS
    ).order_by("at")
    return {
        row.stay_id: Told(
            unwell=row.unwell,
            temperature=row.temperature,
            spo2=row.spo2,
            symptoms=tuple(Symptom(one) for one in row.symptoms),
        )
        for row in rows
    }


def _outcomes(obligations: Iterable[int]) -> dict[int, list[str]]:
    """Return what came of each look, the earliest first."""
    rows = Check.objects.filter(obligation__in=list(obligations)).order_by("at")
    found: dict[int, list[str]] = {}
    for obligation, outcome in rows.values_list("obligation_id", "outcome"):
        found.setdefault(obligation, []).append(outcome)
    return found


def _missed(stays: Iterable[int], at: datetime) -> set[int]:
    """Return those whom nobody saw on a whole day of the last two."""
    rows = Obligation.objects.filter(
        stay__in=list(stays), due_on__gte=day(at) - timedelta(days=2), closes_at__lte=at
    ).values_list("pk", "stay_id", "due_on")
    looks = list(rows)
    made = _outcomes(pk for pk, _stay, _on in looks)
    followed_on = {
        (stay, on) for pk, stay, on in looks if set(FOLLOWED) & set(made.get(pk, ()))
    }
    return {stay for _pk, stay, on in looks if (stay, on) not in followed_on}


def _to_see(latest: dict[int, Obligation], at: datetime) -> dict[int, ToSee]:
    told = _readings(latest, at)
    made = _outcomes(row.pk for row in latest.values())
    missed = _missed(latest, at)
    return {
        pk: _one(row, told.get(pk, Told()), made.get(row.pk, []), pk in missed)
        for pk, row in latest.items()
    }


def _one(row: Obligation, told: Told, made: list[str], missed: bool) -> ToSee:
    party, slot = row.stay.reservation, Slot(row.slot)
    return ToSee(
        obligation_id=row.pk,
        stay_id=row.stay_id,
        person_id=row.stay.person_id,
        name=row.stay.name,
        region_code=party.region_code,
        address=party.house.name if party.house else party.address,
        day_index=row.day_index,
        days=(row.stay.during.upper - row.stay.during.lower).days,
        slot=slot,
        risk=risk(
            alarm=bool(alarms(told, limits_on(row.due_on))),
            unwell=told.unwell,
            missed=missed,
            leaving=slot == Slot.EXIT,
            age=age(row.stay.born_on, row.due_on),
        ),
        outcome=made[-1] if made else "",
        done=any(follows(slot, Outcome(one)) for one in made),
        released=row.stay.state == StayState.RELEASED,
    )


def age(born_on: date | None, on: date) -> int | None:
    """Return how old somebody is on a day."""
    if born_on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _positions(
    rows: Iterable[Any],
) -> dict[int, tuple[float | None, float | None]]:
    """Return where people are: the house, else their RT or village."""
    homes, found = {}, {}
    for row in rows:
        party = row.stay.reservation
        if party.house and party.house.lat is not None:
            found[row.stay_id] = (party.house.lat, party.house.lng)
        else:
            homes[row.stay_id] = party.region_code
    regions = Region.objects.filter(pk__in=set(homes.values()))
    known = {pk: (lat, lng) for pk, lat, lng in regions.values_list("pk", "lat", "lng")}
    return found | {pk: known.get(code, (None, None)) for pk, code in homes.items()}


def _start(rows: Iterable[Any]) -> tuple[float, float] | None:
    """Return where the walk begins: at the Puskesmas, when its position is known."""
    centres = {row.stay.reservation.centre_id for row in rows}
    found = HealthCentre.objects.filter(pk__in=centres).order_by("pk")
    for lat, lng in found.values_list("lat", "lng"):
        if lat is not None and lng is not None:
            return lat, lng
    return None


def party_by_code(typed: str) -> Reservation | None:
    """Return the party that a code opens, to whoever holds it."""
    code = read_code(typed)
    if code is None:
        return None
    act_as(Kind.PUBLIC, tracking=code_hash(code))
    return Reservation.objects.filter(code_hash=code_hash(code)).first()


def reminders_of(party: Reservation) -> str:
    """Return the wish under which a party is reminded to say how it is."""
    return f"isolation_reminders:{party.pk}"


def present_of(party: Reservation) -> list[Stay]:
    """Return those of a party who are in isolation now."""
    return list(party.stays.filter(state=StayState.PRESENT).order_by("pk"))


def open_looks(stay: Stay, *, at: datetime) -> QuerySet[Any]:
    """Return what is due about somebody at a moment, what was done marked."""
    rows = Obligation.objects.filter(stay=stay, opens_at__lte=at, closes_at__gt=at)
    return rows.annotate(followed=followed()).order_by("opens_at", "slot")


def readings_for(actor: Actor, stay: Stay) -> list[Reading]:
    """Return how somebody was, the oldest first, to health workers of the place only."""
    if not actor.may_in(P.ISOLATION_HEALTH_VIEW, stay.reservation.region_code):
        return []
    return list(Reading.objects.filter(stay=stay).order_by("at"))


def alerts_for(actor: Actor) -> QuerySet[Escalation]:
    """Return the open alerts that the actor may answer, the next due first.

    Those about health only where the actor may see health.
    """
    tests = Q(pk__in=[])
    for trigger in Trigger:
        duty = DUTIES[trigger]
        may = P.ISOLATION_HEALTH_VIEW if duty.health else duty.permission
        tests |= Q(trigger=trigger) & within(PLACE, actor.regions_where(may))
    rows = Escalation.objects.filter(
        tests,
        within(PLACE, actor.regions_where(P.ESCALATION_ANSWER)),
        closed_at=None,
    )
    return rows.select_related("stay__reservation__house", "acknowledged_by").order_by(
        "due_at", "pk"
    )


def alert_for(actor: Actor, escalation_id: int) -> Escalation:
    """Return one open alert; 404 for everybody who may not answer it."""
    return get_object_or_404(alerts_for(actor), pk=escalation_id)


def classings_for(actor: Actor, stay: Stay) -> list[Classing]:
    """Return the case classes given, the latest first, to health workers only."""
    if not actor.may_in(P.ISOLATION_HEALTH_VIEW, stay.reservation.region_code):
        return []
    rows = Classing.objects.filter(stay=stay).select_related("by")
    return list(rows.order_by("-at", "-pk"))


def decisions_for(actor: Actor, stay: Stay) -> list[ExitDecision]:
    """Return what was decided about somebody, to health workers only."""
    if not actor.may_in(P.ISOLATION_HEALTH_VIEW, stay.reservation.region_code):
        return []
    rows = ExitDecision.objects.filter(stay=stay).select_related("by")
    return list(rows.order_by("-at", "-pk"))


def letter_of(stay: Stay) -> DischargeLetter | None:
    """Return the letter with which somebody was let go."""
    rows = DischargeLetter.objects.select_related("stay__reservation", "issued_by")
    return rows.filter(stay=stay).first()


def mark_of(letter: DischargeLetter) -> str:
    """Return the mark in the QR code of a letter, which nobody else can make."""
    return Signer(salt=SALT, sep=".").sign(str(letter.pk))


def issued(mark: str) -> DischargeLetter | None:
    """Return the letter with a mark, to compare with the paper; None: not ours."""
    try:
        number = int(Signer(salt=SALT, sep=".").unsign(mark))
    except BadSignature:
        return None
    with as_job():
        rows = DischargeLetter.objects.select_related("stay__reservation")
        return rows.filter(pk=number).first()


def finished_of(party: Reservation) -> list[Stay]:
    """Return those of a party who were let go, with a letter."""
    rows = party.stays.filter(state=StayState.RELEASED, letter__isnull=False)
    return list(rows.order_by("pk"))
