"""What was decided, for the family that proved itself by its recorded phone."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from smartkampung.aid.models import Claim, Decision, Entitlement, Objection
from smartkampung.aid.models import Report as ReportRow
from smartkampung.aid.points.queries import meeting_of
from smartkampung.aid.points.words import place_and_hours
from smartkampung.aid.rules import timeline
from smartkampung.aid.rules.claims import OBJECT_WITHIN, Reason, State
from smartkampung.audit.actions import looked
from smartkampung.kernel.clock import day
from smartkampung.kernel.language import either
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.subject import FAMILY


class Standing(StrEnum):
    """Where the decided claim stands, as the family is told."""

    REFUSED = "refused"
    CHECKED_AGAIN = "checked_again"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Outcome:
    """The decision with every reason, and what comes next (``ahead``)."""

    standing: Standing
    ahead: list[timeline.Line]
    due_on: date
    programme: str
    contents: str
    reasons: tuple[Reason, ...]
    blocked_by: list[dict[str, Any]]
    note: str
    hand_over_on: date | None
    place: str
    object_until: date | None
    objection: Objection | None


def report_followed(code_hash: bytes) -> ReportRow | None:
    """Return the report that a tracking code opens, and act as its holder.

    Row-level security shows this report and its claim for the rest of the
    transaction, and nobody else's.
    """
    act_as(Kind.PUBLIC, tracking=code_hash)
    return ReportRow.objects.select_related("claim").filter(code_hash=code_hash).first()


def outcome_of(claim: Claim, *, at: datetime) -> Outcome | None:
    """Return what the latest decision says, or None before there is one.

    Writes down that the family looked at its own record.
    """
    found = latest_outcome(claim, at=at)
    if found is not None and claim.person_id is not None:
        looked(
            person_ids=[claim.person_id], by=FAMILY, role=FAMILY, purpose="aid.outcome"
        )
    return found


def latest_outcome(claim: Claim, *, at: datetime) -> Outcome | None:
    """Return what the latest decision says; the caller has written the look down."""
    decision = (
        claim.decisions.select_related("programme").order_by("-decided_at").first()
    )
    if claim.state == State.STOPPED:
        return _stopped(claim)
    if decision is None:
        return None
    objection = decision.objections.first()
    due = _due(decision)
    meeting = meeting_of(due) if due else None
    return Outcome(
        standing=_standing(claim, announced=meeting is not None),
        ahead=timeline.ahead(claim.state, due_at=claim.due_at, at=at),
        due_on=day(claim.due_at),
        programme=_name(decision),
        contents=either(due.contents, due.contents_en) if due else "",
        reasons=tuple(Reason(code) for code in decision.reasons),
        blocked_by=decision.blocked_by,
        note=decision.note,
        hand_over_on=meeting.on if meeting else None,
        place=place_and_hours(meeting) if meeting else "",
        object_until=_object_until(claim, decision, objection, at),
        objection=objection,
    )


def _stopped(claim: Claim) -> Outcome:
    """Nothing was, or will be, decided: the person died or left the regency."""
    return Outcome(
        standing=Standing.STOPPED,
        ahead=[],
        due_on=day(claim.due_at),
        programme="",
        contents="",
        reasons=(),
        blocked_by=[],
        note="",
        hand_over_on=None,
        place="",
        object_until=None,
        objection=None,
    )


def _due(decision: Decision) -> Entitlement | None:
    rows = Entitlement.objects.filter(decision=decision)
    return rows.select_related("batch", "point").first()


def _name(decision: Decision) -> str:
    programme = decision.programme
    return either(programme.name, programme.name_en) if programme else ""


def _standing(claim: Claim, *, announced: bool) -> Standing:
    if claim.state == State.APPROVED:
        return Standing.SCHEDULED if announced else Standing.WAITING
    states = {
        State.REFUSED: Standing.REFUSED,
        State.HANDED_OVER: Standing.HANDED_OVER,
        State.RETURNED: Standing.RETURNED,
    }
    # An objection was upheld: the village comes once more.
    return states.get(State(claim.state), Standing.CHECKED_AGAIN)


def _object_until(
    claim: Claim, decision: Decision, objection: Objection | None, at: datetime
) -> date | None:
    """Return the last day to object, where there is a refusal that one may object to."""
    last = decision.decided_at + OBJECT_WITHIN
    if claim.state != State.REFUSED or objection is not None or last < at:
        return None
    return day(last)
