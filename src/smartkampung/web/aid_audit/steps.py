"""How a case came to its approval, as sections of a document."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.aid.assurance.queries.thread import Thread
from smartkampung.aid.public_words import REASONS
from smartkampung.aid.queries.programmes import Question
from smartkampung.aid.rules.report import Reason
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, moment
from smartkampung.web.aid_audit.words import CHANNELS, OUTCOMES_OF_OBJECTIONS
from smartkampung.web.aid_cycles.words import EVENTS, LISTS
from smartkampung.web.aid_staff import present, why
from smartkampung.web.aid_staff.words import FINDINGS

Part = dict[str, Any]


def item(head: object, told: dict[str, Any], lines: Sequence[Part] = ()) -> Part:
    """Return one thing that happened: a head, what is known of it, a list."""
    rows = [
        {"name": str(name), "text": str(text)}
        for name, text in told.items()
        if text not in (None, "")
    ]
    return {"head": str(head), "rows": rows, "lines": [_texts(one) for one in lines]}


def claim_sections(thread: Thread, asked: Sequence[Question]) -> list[Part]:
    """Return report, verification, visits, decisions and objections of a claim."""
    sections = [
        (_("Reports"), [_report(row) for row in thread.reports]),
        (_("Verification"), [_finding(row) for row in thread.findings]),
        (_("Doorstep checks"), [_check(row, asked) for row in thread.checks]),
        (_("Decisions"), [_decision(row, thread) for row in thread.decisions]),
        (_("Objections"), [_objection(row) for row in thread.objections]),
    ]
    return [*_sections(sections), *_exceptions(thread)]


def list_sections(thread: Thread) -> list[Part]:
    """Return the meeting, the steps of the village list, and those of the proposal."""
    proposal = thread.proposal
    assert proposal is not None
    village, meeting = proposal.village_list, proposal.meeting
    signed = {
        _("Proposed by"): _signed(proposal.proposed_by, proposal.proposed_at),
        _("Sent by"): _signed(village.sent_by, village.sent_at),
        _("Decided by"): _signed(village.decided_by, village.decided_at),
        _("Approved by"): _signed(village.approved_by, village.approved_at),
        _("Rank"): proposal.rank,
    }
    state, _colour = LISTS[village.state]
    sections = [
        (_("Village meeting"), [_meeting(meeting)] if meeting else []),
        (_("Village list"), [item(f"#{village.pk}, {state}", signed)]),
        (_("What happened to the proposal"), [_step(row) for row in thread.steps]),
    ]
    return [*_sections(sections), *_exceptions(thread)]


def _sections(sections: Sequence[tuple[str, list[Part]]]) -> list[Part]:
    return [{"title": title, "items": items} for title, items in sections]


def _exceptions(thread: Thread) -> list[Part]:
    items = [_override(row) for row in thread.overrides]
    title = _("Exceptions to the conflict matrix")
    return _sections([(title, items)]) if items else []


def _meeting(row: Any) -> Part:
    told = {
        _("Held on"): long_day(row.held_on),
        _("People present"): row.attendance,
    }
    return item(_("Minutes no. %(number)s") % {"number": row.number}, told)


def _report(row: Any) -> Part:
    told = {
        _("Reason"): REASONS[Reason(row.reason)],
        _("For whom"): _("for themselves") if row.for_self else _("for somebody else"),
        _("Channel"): CHANNELS[row.channel],
        _("With help of"): row.assisted_by,
        _("In their words"): row.story,
        _("Verified at"): moment(row.verified_at) if row.verified_at else "",
    }
    return item(f"#{row.pk}, {moment(row.sent_at)}", told)


def _finding(row: Any) -> Part:
    words, _colour = FINDINGS[row.code]
    listed = row.enrolment.programme if row.enrolment else None
    name = either(listed.name, listed.name_en) if listed else ""
    return item(moment(row.found_at), {_("Found"): f"{words} {name}".strip()})


def _check(row: Any, asked: Sequence[Question]) -> Part:
    kin = row.kin_declared or row.kin_found
    told = {
        _("Checked by"): row.checker.full_name,
        _("Advice"): _("give aid") if row.recommends else _("give no aid"),
        _("Programme"): _programme(row.programme),
        _("Kinship"): _("the checker is kin") if kin else "",
        _("Notes"): row.notes,
    }
    lines = [
        {"met": answer["met"], "text": answer["text"], "fact": ""}
        for answer in present.answers(asked, row.answers)
    ]
    return item(moment(row.checked_at), told, lines)


def _decision(row: Any, thread: Thread) -> Part:
    kept = thread.evaluations.get(row.pk)
    version = kept.version if kept else None
    told = {
        _("Decision"): _("Approved") if row.approved else _("Refused"),
        _("Decided by"): row.decider.full_name,
        _("Programme"): _programme(row.programme),
        _("Reasons"): " ".join(present.reasons(row.reasons)),
        _("Note"): row.note,
        _("Rule"): f"{version.subject}, "
        + _("version %(number)s") % {"number": version.number}
        if version
        else "",
        _("Legal reference"): version.legal_reference if version else "",
        _("The rule is met"): (_("Yes") if kept.eligible else _("No")) if kept else "",
    }
    return item(f"#{row.pk}, {moment(row.decided_at)}", told, why.kept(kept))


def _objection(row: Any) -> Part:
    told = {
        _("In their words"): row.text,
        _("Outcome"): OUTCOMES_OF_OBJECTIONS[row.outcome],
        _("Answer"): row.answer,
        _("Answered by"): _signed(row.answered_by, row.answered_at),
    }
    return item(f"#{row.pk}, {moment(row.filed_at)}", told)


def _override(row: Any) -> Part:
    told = {
        _("Programme"): _programme(row.programme),
        _("Reason"): row.reason,
        _("Asked by"): _signed(row.asked_by, row.asked_at),
        _("Granted") if row.granted else _("Decided by"): _signed(
            row.decided_by, row.decided_at
        ),
    }
    return item(moment(row.asked_at), told)


def _step(row: Any) -> Part:
    told = {
        _("By"): row.by,
        _("Reasons"): ", ".join(row.reasons),
        _("Note"): row.note,
    }
    return item(f"{EVENTS[row.kind]}, {moment(row.at)}", told)


def _programme(row: Any) -> str:
    return either(row.name, row.name_en) if row else ""


def _signed(staff: Any, at: Any) -> str:
    return f"{staff.full_name}, {moment(at)}" if staff and at else ""


def _texts(line: Part) -> Part:
    met = line["met"]
    mark = _("Not known") if met is None else _("Yes") if met else _("No")
    return {"mark": mark, "text": str(line["text"]), "fact": str(line["fact"])}
