"""Weddings and festivals ask, and are allowed by zone, phase and size."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.core.cache import caches
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.cases import code_hash, open_case, reach_step
from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import day, start_of_day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import send
from smartkampung.regions.codes import village_of
from smartkampung.reopening.guidance.rules.kinds import Setting
from smartkampung.reopening.pilots.queries.changes import stamp_of_all
from smartkampung.reopening.places.actions.errors import TooMany
from smartkampung.reopening.places.models import Event
from smartkampung.reopening.places.models.places import PHONE
from smartkampung.reopening.places.queries.events import (
    allowed_on,
    bars_on,
    decided_at,
)
from smartkampung.reopening.places.queries.protocols import event_rules_on
from smartkampung.reopening.places.rules.events import Allowed, Bar, State, timing
from smartkampung.reopening.places.rules.telling import EventPlan, EventStep
from smartkampung.reopening.places.words import sentences
from smartkampung.worklist.actions import close_work, open_work

CASE_KIND, DECIDE, WORSE = "places.event", "places.event", "places.event_worse"
PER_VILLAGE = Limit("places.events", 100, timedelta(days=1))
TEXTS_PER_PHONE = Limit("places.event.phone", 6, timedelta(days=1))
LOOK_WITHIN = timedelta(days=1)
LOOKED = "places:events:stamp"  # what phases were at the last look


class EventRefused(Refused):
    """The event may not be like that; ``bars`` says every reason."""

    code = "event_refused"

    def __init__(self, bars: Sequence[Bar], allowed: Allowed) -> None:
        super().__init__(" ".join(sentences(bars, allowed)))
        self.bars = list(bars)


class EventDecided(Refused):
    """Somebody decided already, or the day is over."""

    code = "event_decided"


class NotYours(Refused):
    """So many people are decided about by the kecamatan."""

    code = "event_not_yours"


def ask_for_event(*, plan: EventPlan, at: datetime) -> str:
    """Take in what an organiser asks; return the code to follow it by.

    The same form sent again gets the same code. Raises EventRefused with every reason
    why it cannot be now, TooMany, and KeyReused.
    """

    def make() -> str:
        found = hindrances(
            kind=plan.kind,
            region_code=plan.region_code,
            people=plan.people,
            on=plan.on,
            today=day(at),
        )
        if found:
            raise EventRefused(found, _allowed(plan.kind, plan.region_code, at))
        if over(PER_VILLAGE, key=village_of(plan.region_code), at=at):
            raise TooMany(
                _("Very many events were asked for here today. Come back tomorrow.")
            )
        return _take_in(plan, at)

    return answer_once(
        scope=CASE_KIND, key=str(plan.form_id), body=asdict(plan), at=at, make=make
    ).text


def hindrances(
    *, kind: Setting, region_code: str, people: int, on: date, today: date
) -> list[Bar]:
    """Return every reason why an event cannot be asked for today.

    An RT whose zone is not known yet may become known: one may ask, and waits.
    """
    told = bars_on(kind=kind, region_code=region_code, people=people, on=today)
    found = [bar for bar in told if bar != Bar.ZONE_UNKNOWN]
    rules = event_rules_on(today)
    return found + (timing(on=on, today=today, rules=rules) if rules else [])


def decide_event(
    *, event: Event, approved: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Allow an event or not, by what applies today.

    Raises EventRefused when zone or phase forbid it, NotYours when it is too large for
    who decides, EventDecided when somebody has.
    """
    row = _locked(event, by)
    if row.state != State.ASKED or row.on < day(at):
        raise EventDecided(_("This was decided already, or its day is over."))
    if approved:
        found = _bars(row, at)
        if found:
            raise EventRefused(found, _allowed(row.kind, row.region_code, at))
    elif not reason:
        raise EventDecided(_("Write why. The organiser reads it."))
    row.state = State.APPROVED if approved else State.REFUSED
    row.reason, row.decided_by, row.decided_at = reason, by.username, at
    row.save()
    close_work(target=row, by=by.username)
    _reach(row, EventStep.DECIDED, at)
    _note("places.event_approved" if approved else "places.event_refused", row, by)


def withdraw_event(*, event: Event, reason: str, by: Actor, at: datetime) -> None:
    """Take a permission back, with the reason. Raises EventDecided and NotYours."""
    row = _locked(event, by)
    if row.state != State.APPROVED or row.on < day(at):
        raise EventDecided(_("There is no permission to withdraw."))
    if not reason:
        raise EventDecided(_("Write why. The organiser reads it."))
    row.state, row.reason = State.WITHDRAWN, reason
    row.decided_by, row.decided_at = by.username, at
    row.save()
    close_work(target=row, by=by.username)
    _reach(row, EventStep.WITHDRAWN, at)
    _note("places.event_withdrawn", row, by)


def keep_event(*, event: Event, reason: str, by: Actor, at: datetime) -> None:
    """Let a permission stand although the zone became worse, with the reason.

    Raises EventDecided.
    """
    row = _locked(event, by)
    if row.state != State.APPROVED or row.worse_at is None:
        raise EventDecided(_("Nothing is proposed about this event."))
    if not reason:
        raise EventDecided(_("Write why. The organiser reads it."))
    row.kept_at, row.reason = at, reason
    row.save(update_fields=["kept_at", "reason"])
    close_work(target=row, by=by.username, kinds=(WORSE,))
    _tell(row, "kept", at)
    _note("places.event_kept", row, by)


def cancel_event(*, event: Event, at: datetime) -> None:
    """Let the organiser call it off. Raises EventDecided."""
    row = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if row.state not in (State.ASKED, State.APPROVED):
        raise EventDecided(_("This event will not be anyway."))
    row.state = State.CANCELLED
    row.save(update_fields=["state"])
    close_work(target=row, by="public")
    record(
        "places.event_cancelled", target=row, by="public", region_code=row.region_code
    )


def look_at_events(*, at: datetime) -> int:
    """Propose to withdraw what may not be any more; return how many are new.

    A proposal is made once for the same reasons: who decides hears of it as work, the
    organiser by a message and on their timeline. When nothing stands against an event
    any more the proposal ends, so that the same reasons count again later.
    """
    rows = Event.objects.select_for_update(no_key=True).filter(
        state=State.APPROVED, on__gte=day(at)
    )
    proposed = 0
    for row in rows.order_by("pk"):
        found = [bar.value for bar in _bars(row, at)]
        if found == row.worse_why:
            continue
        if not found:
            _better(row, at)
            continue
        row.worse_at, row.worse_why, row.kept_at = at, found, None
        row.save(update_fields=["worse_at", "worse_why", "kept_at"])
        _open(row, WORSE, at + LOOK_WITHIN, urgent=True)
        _reach(row, EventStep.WORSE, at)
        record(
            "places.event_worse",
            target=row,
            by="job",
            region_code=row.region_code,
            why=found,
        )
        proposed += 1
    return proposed


def look_if_changed(*, at: datetime) -> int:
    """Look at events when a phase changed since the last look; return how many are new.

    Zones change with the day, and are looked at with it.
    """
    stamp = stamp_of_all()
    if caches["default"].get(LOOKED) == stamp:
        return 0
    proposed = look_at_events(at=at)
    caches["default"].set(LOOKED, stamp, None)
    return proposed


def _better(row: Event, at: datetime) -> None:
    """End a proposal, or that it was kept, because nothing stands against it now."""
    row.worse_at, row.worse_why, row.kept_at = None, [], None
    row.save(update_fields=["worse_at", "worse_why", "kept_at"])
    close_work(target=row, by="job", kinds=(WORSE,))
    _tell(row, "better", at)
    record("places.event_better", target=row, by="job", region_code=row.region_code)


def show_phone(*, event: Event, by: Actor) -> str:
    """Return the phone of the organiser, and write down who looked."""
    _note("places.event_phone_shown", event, by)
    return event.phone.open() if event.phone else ""


def _take_in(plan: EventPlan, at: datetime) -> str:
    due = min(at + timedelta(days=3), start_of_day(plan.on))
    code = open_case(
        kind=CASE_KIND,
        region_code=plan.region_code,
        first_step=EventStep.RECEIVED,
        due_on=day(due),
        at=at,
    )
    told = asdict(plan) | {
        "phone": Sealed.of(plan.phone, PHONE) if plan.phone else None
    }
    row = Event.objects.create(
        **told, state=State.ASKED, code_hash=code_hash(code), asked_at=at
    )
    _open(row, DECIDE, due)
    record("places.event_asked", target=row, by="public", region_code=row.region_code)
    if row.phone and not over(TEXTS_PER_PHONE, key=row.phone.open(), at=at):
        send(
            key=f"places.event_code:{row.pk}",
            to=row.phone,
            template="event_code",
            secret=code,
            language=(translation.get_language() or "id")[:2],
        )
    return code


def _open(row: Event, kind: str, due: datetime, *, urgent: bool = False) -> None:
    """Put it before who decides: the village head, or for many people the camat."""
    open_work(
        kind=kind,
        target=row,
        permission=Permission.EVENT_DECIDE,
        region_code=decided_at(row),
        due_at=due,
        urgent=urgent,
    )


def _bars(row: Event, at: datetime) -> list[Bar]:
    return bars_on(
        kind=Setting(row.kind),
        region_code=row.region_code,
        people=row.people,
        on=day(at),
    )


def _allowed(kind: str, region_code: str, at: datetime) -> Allowed:
    return allowed_on(kind=Setting(kind), region_code=region_code, on=day(at))


def _locked(event: Event, by: Actor) -> Event:
    row = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if not by.may_in(Permission.EVENT_DECIDE, decided_at(row)):
        raise NotYours(
            _("So many people are expected that the kecamatan decides about it.")
        )
    return row


def _reach(row: Event, step: EventStep, at: datetime) -> None:
    reach_step(code_hashes=[bytes(row.code_hash)], step=step, at=at)
    _tell(row, step, at)


def _tell(row: Event, what: str, at: datetime) -> None:
    send(
        key=f"places.event:{row.pk}:{what}:{at.isoformat()}",
        to=row.phone,
        template="event_news",
    )


def _note(name: str, row: Event, by: Actor) -> None:
    record(name, target=row, by=by.username, region_code=row.region_code)
