"""Puts questions into the queue; a job sends them. Nobody ever waits for an answer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from smartkampung.audit.actions import looked, record
from smartkampung.identity.adapters import configured
from smartkampung.identity.models import Check
from smartkampung.identity.queries import standing_of
from smartkampung.identity.rules import Bar, Purpose, bars_to_ask, worth_asking
from smartkampung.identity.words import BARS
from smartkampung.kernel.errors import Refused, constraint_name
from smartkampung.kernel.later import later
from smartkampung.residents.models import Person

DRAIN = "identity.drain"


class CannotAsk(Refused):
    """Nothing can be asked about this person now; ``bars`` says why."""

    code = "cannot_ask"

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__(" ".join(str(BARS[bar]) for bar in bars))
        self.bars = list(bars)


def ask(
    *, person: Person, purpose: Purpose, by: str, at: datetime, role: str = ""
) -> Check | None:
    """Ask the civil registry about a person; return what waits, if anything.

    Nothing waits when a fresh answer about this very record is there already. That the
    person was asked about, by whom and what for, is written down. Raises CannotAsk.
    """
    bars = _bars(person)
    if bars:
        raise CannotAsk(bars)
    standing = standing_of(person)
    if not worth_asking(standing.verdict, answered_at=standing.at, at=at):
        return Check.objects.filter(person=person, state=Check.State.WAITING).first()
    try:
        with transaction.atomic():
            return _queue(person, purpose, by, role, at)
    except IntegrityError as error:
        # Somebody else asked about the same person this very moment.
        if constraint_name(error) != "identity_check_waits_once":
            raise
    return Check.objects.get(person=person, state=Check.State.WAITING)


def ask_if_possible(*, person_id: int, purpose: Purpose, by: str, at: datetime) -> None:
    """Ask about a person where there is a service and a NIK; else do nothing."""
    if not configured():
        return
    person = Person.objects.select_related("family").get(pk=person_id)
    if not _bars(person):
        ask(person=person, purpose=purpose, by=by, at=at)


def _bars(person: Person) -> list[Bar]:
    return bars_to_ask(
        on=configured(),
        has_nik=person.nik is not None,
        living=person.status == Person.Status.LIVING,
    )


def _queue(person: Person, purpose: Purpose, by: str, role: str, at: datetime) -> Check:
    check = Check.objects.create(
        person=person,
        region_code=person.region_code,
        purpose=purpose,
        asked_by=by,
        asked_at=at,
    )
    record(
        "identity.asked",
        target=check,
        by=by,
        region_code=check.region_code,
        purpose=str(purpose),
    )
    looked(person_ids=[person.pk], by=by, role=role, purpose="identity.check")
    later(DRAIN, once=DRAIN, lock=DRAIN)
    return check
