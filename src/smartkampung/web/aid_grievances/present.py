"""Turns a grievance into the plain values that pages and letters show."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.aid.grievances.queries import correction_state, events_of
from smartkampung.aid.grievances.rules import (
    CLOSED,
    Desk,
    EventKind,
    Kind,
    Office,
    Remedy,
    State,
)
from smartkampung.aid.grievances.words import (
    CORRECTIONS,
    DESKS,
    EVENTS,
    INSPECTORATE,
    KINDS,
    OFFICES,
    REMEDIES,
    STATES,
)
from smartkampung.kernel.clock import now
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, moment
from smartkampung.web.aid_staff.present import Part, where


def tag(row: Any) -> Part:
    """Return the tag of a grievance: where it stands, and whether it is late."""
    if row.state not in CLOSED and row.state != State.ASKED and row.due_at < now():
        return {"text": _("late"), "state": "late"}
    text, state = STATES[State(row.state)]
    return {"text": text, "state": state}


def desk_of(row: Any, desk: str) -> str:
    """Return the office at a desk, in words."""
    if row.office == Office.DINSOS:
        return str(INSPECTORATE)
    return str(DESKS[Desk(desk)])


def facts(row: Any) -> list[Part]:
    """Return what a grievance is about, without what was told."""
    programme = row.programme
    known = {
        _("About"): KINDS[Kind(row.kind)],
        _("Where"): where([row.region_code])[row.region_code],
        _("Programme"): either(programme.name, programme.name_en) if programme else "",
        _("Whose officer"): OFFICES[Office(row.office)] if row.office else "",
        _("Number of the list"): row.listing,
        _("Number on the list"): row.entry or "",
        _("Sent"): moment(row.told_at),
        _("Promised by"): long_day(row.promised_at),
    }
    return [{"name": name, "value": value} for name, value in known.items() if value]


def timeline(row: Any, *, at: datetime) -> list[Part]:
    """Return what happened, each with its day, and who acts next by when."""
    steps = [_event(row, event) for event in events_of(row)]
    return steps if row.state in CLOSED else [*steps, _next(row, at)]


def _event(row: Any, event: Any) -> Part:
    words = EVENTS[EventKind(event.kind)]
    moves = {EventKind.TOLD, EventKind.PASSED_UP, EventKind.ESCALATED}
    place = desk_of(row, event.desk) if event.kind in moves else ""
    note = " · ".join(filter(None, [place, event.note]))
    return {"state": "done", "title": words, "when": moment(event.at), "note": note}


def _next(row: Any, at: datetime) -> Part:
    day = long_day(row.due_at)
    if row.state == State.ASKED:
        title, note = _("Your answer"), _("Please answer by %(day)s") % {"day": day}
    else:
        title = _("%(office)s answers") % {"office": desk_of(row, row.desk)}
        note = _("By %(day)s at the latest") % {"day": day}
    state = "late" if row.due_at < at else "now"
    return {"state": state, "title": title, "when": note, "note": ""}


def remedy(row: Any) -> str:
    """Return what an upheld grievance set off, in words."""
    decided = CORRECTIONS.get(correction_state(row))
    if decided is not None:
        return str(decided)
    return str(REMEDIES[Remedy(row.remedy)]) if row.remedy else ""
