"""Deaths, departures, returns and moves that a file tells are life events like others.

Aid, reservations and the population report follow life events, so a death that came
in a file stops aid as one that an officer wrote down. The day is that of the import:
files do not tell another. Everything else that a file changes (an RT, a card, a
relation) is a correction: it was never otherwise (ADR 16).
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from smartkampung.kernel.clock import day
from smartkampung.regions.codes import ancestor, inside
from smartkampung.residents.actions.happening import Act, happened
from smartkampung.residents.imports.changing import PersonPlan
from smartkampung.residents.imports.findings import Finding
from smartkampung.residents.imports.registry import KnownPerson
from smartkampung.residents.models import Family, LifeEvent, Person
from smartkampung.residents.rules.life import DEAD, LIVING, MISSING, MOVED, Kind

KINDS = {
    (LIVING, DEAD): Kind.DEATH,
    (MISSING, DEAD): Kind.DEATH,
    (LIVING, MOVED): Kind.MOVE_OUT,
    (LIVING, MISSING): Kind.MISSING,
    (MISSING, LIVING): Kind.FOUND,
    (DEAD, LIVING): Kind.FOUND,  # a human said so: nobody had died
    (MOVED, LIVING): Kind.RETURN,
}
BECAME = {Kind.DEATH: DEAD, Kind.MOVE_OUT: MOVED, Kind.MISSING: MISSING}


class _Turn(NamedTuple):
    """A turn in somebody's life: from where, on which card, as what, to what."""

    person_id: int
    status: tuple[str, str]
    region: tuple[str, str]
    card: tuple[int, int]

    @property
    def moves(self) -> bool:
        """Say whether they live in another village afterwards."""
        old, new = self.region
        return not inside(old, ancestor(new, "village"))

    @property
    def kind(self) -> Kind | None:
        """Return what happened; nothing when no event tells of it."""
        if self.status == (LIVING, LIVING) and self.moves:
            return Kind.MOVE
        return KINDS.get(self.status)


def act_of_file(context: uuid.UUID, *, by: str, at: datetime) -> Act:
    """Return the act under which events of a file are written down."""
    return Act(context, day(at), by, at, note="Impor berkas")


def append_events(findings: Iterable[Finding], act: Act) -> None:
    """Write down what the changes just written mean for lives, and tell the domains."""
    plans = (finding.plan for finding in findings)
    _append(
        [_turn(plan, plan.known) for plan in plans if plan and plan.known is not None],
        act,
    )


def take_back_events(
    context: uuid.UUID, *, kept: set[int], by: str, at: datetime
) -> None:
    """Answer the events of an import that was undone; they themselves stay."""
    turns = [
        _back(event)
        for event in LifeEvent.objects.filter(act=context).select_related("person")
        if event.person_id not in kept
    ]
    _append(turns, act_of_file(uuid.uuid4(), by=by, at=at))


def _append(turns: Iterable[_Turn], act: Act) -> None:
    told = [(turn, turn.kind) for turn in turns if turn.kind is not None]
    people = Person.objects.in_bulk([turn.person_id for turn, _ in told])
    cards = Family.objects.in_bulk({key for turn, _ in told for key in turn.card})
    for turn, kind in told:
        (old, new), (left, joined) = turn.status, turn.region
        card, new_card = map(cards.get, turn.card)
        before = {"status": old} if old != new else {}
        if turn.moves:
            before["region_code"] = left
        happened(
            act,
            people[turn.person_id],
            kind,
            left=left if old == LIVING else "",
            joined=joined if new == LIVING else "",
            before=before,
            # Who does not move keeps the card of before as that of the event: one
            # that the import made must be free to go when it is undone.
            family=new_card if turn.moves else card,
            left_family=card if turn.moves and card != new_card else None,
        )


def _turn(plan: PersonPlan, known: KnownPerson) -> _Turn:
    return _Turn(
        known.id,
        (known.status, plan.after("status")),
        (known.region_code, plan.after("region_code")),
        (known.family_id, plan.after("family_id")),
    )


def _back(event: LifeEvent) -> _Turn:
    """Return the turn back from an event, for somebody who is back already."""
    person = event.person
    return _Turn(
        person.pk,
        (BECAME.get(Kind(event.kind), LIVING), event.before["status"]),
        (person.region_code, person.region_code),
        (person.family_id, person.family_id),
    )
