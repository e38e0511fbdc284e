"""A party comes through a checkpoint: screened, and bound to who they are."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.isolation.actions.beds import Ending, free_from
from smartkampung.isolation.actions.change import bind
from smartkampung.isolation.actions.claiming import AlreadyStaying
from smartkampung.isolation.arrival.models import Passage, Screening
from smartkampung.isolation.arrival.rules.coming import Bar, bars_to_arrive
from smartkampung.isolation.arrival.rules.screening import Advice, Screened, advise
from smartkampung.isolation.arrival.words import BARS
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.isolation.protocol.queries import limits_on
from smartkampung.isolation.rules.states import StayState
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.residents.queries import match_identity
from smartkampung.worklist.actions import open_work

REFERRED = "isolation.referred"
BUSY = _("Somebody else writes about the same people now. Please press again.")


class CannotArrive(Refused):
    """The party cannot be let through or in now; ``code`` is the bar."""

    def __init__(self, bar: Bar) -> None:
        super().__init__(BARS[bar], code=bar.value)


class BoundElsewhere(Refused):
    """One of the people has a place somewhere else; ``stay_id`` says who."""

    code = "bound_elsewhere"

    def __init__(self, stay: Stay) -> None:
        super().__init__(
            _(
                "%(name)s already has a confirmed place elsewhere on these days. Ask"
                " for the other code and open that one, or have the other place"
                " cancelled first."
            )
            % {"name": stay.name}
        )
        self.stay_id = stay.pk


@dataclass(frozen=True)
class Gate:
    """What was written down at a checkpoint: who is here, by stay, and how they are."""

    form_id: uuid.UUID
    place: str
    screened: Mapping[int, Screened]


def let_through(
    *, party: Reservation, gate: Gate, by: Actor, at: datetime
) -> dict[int, Advice]:
    """Write down who of a party is here and how they are; return what follows for each.

    Whoever is here is bound to the stay. Who is ill is referred to the hospital and
    their bed given back; the others go on. The same form sent twice is one passage.
    Raises CannotArrive, BoundElsewhere and Busy; then nothing was written.
    """
    return claim_scarce(
        locks=[Lock(Rank.PERSON, Reservation.objects.filter(pk=party.pk))],
        take=lambda: _let_through(party.pk, gate, by, at),
        refusals={},
        busy=Busy(BUSY),
    )


def _let_through(
    party_id: int, gate: Gate, by: Actor, at: datetime
) -> dict[int, Advice]:
    party = Reservation.objects.get(pk=party_id)
    for bar in bars_to_arrive(party.state):
        raise CannotArrive(bar)
    people = list(party.stays.filter(pk__in=gate.screened).order_by("pk"))
    if not people:
        raise CannotArrive(Bar.NOBODY)
    limits = limits_on(day(at))
    advice = {stay.pk: advise(gate.screened[stay.pk], limits) for stay in people}
    for stay in people:
        passage_id = uuid.uuid5(gate.form_id, str(stay.pk))
        if not Passage.objects.filter(pk=passage_id).exists():
            passage = Passage(
                id=passage_id,
                stay=stay,
                place=gate.place,
                goes_on=advice[stay.pk] != Advice.HOSPITAL,
                by=by.username,
                at=at,
            )
            _pass(passage, gate.screened[stay.pk], advice[stay.pk])
    return advice


def _pass(passage: Passage, how: Screened, advice: Advice) -> None:
    stay, by, at = passage.stay, passage.by, passage.at
    if stay.state != StayState.EXPECTED:
        raise CannotArrive(Bar.NOT_EXPECTED)
    prove(stay, at=at, by=by)
    passage.save(force_insert=True)
    _keep(passage, how, advice)
    region = stay.reservation.region_code
    record("isolation.passed", target=stay, by=by, region_code=region)
    if not passage.goes_on:
        refer(stay, at=at, by=by)


def prove(stay: Stay, *, at: datetime, by: str) -> None:
    """Bind a stay to who stands here with their document; raise BoundElsewhere.

    Where the registry of this regency knows the NIK, the stay is joined to the person.
    """
    try:
        bind(stay, at=at, by=by)
    except AlreadyStaying as error:
        raise BoundElsewhere(stay) from error
    if stay.nik is not None and stay.person_id is None:
        match = match_identity(nik=stay.nik, born_on=stay.born_on)
        if match is not None and match.born_on_agrees and not match.contested:
            Stay.objects.filter(pk=stay.pk).update(person=match.person)


def refer(stay: Stay, *, at: datetime, by: str) -> None:
    """Send somebody to the hospital: the bed is given back, the Puskesmas is told.

    Raises CannotMove when the stay has ended.
    """
    ending = Ending(on=day(at), at=at, by=by, state=StayState.HOSPITAL)
    free_from(stay, ending)
    open_work(
        kind=REFERRED,
        target=stay,
        permission=Permission.MONITORING_RECORD,
        region_code=stay.reservation.region_code,
        due_at=at,
        urgent=True,
    )


def _keep(passage: Passage, how: Screened, advice: Advice) -> None:
    Screening.objects.create(
        passage=passage,
        stay_id=passage.stay_id,
        temperature=how.told.temperature,
        spo2=how.told.spo2,
        symptoms=[symptom.value for symptom in how.told.symptoms],
        test=how.test,
        advice=advice,
        at=passage.at,
    )
