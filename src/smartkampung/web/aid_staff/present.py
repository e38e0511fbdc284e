"""Turns what queries return into the plain values that templates show."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.aid.points.queries import meeting_of
from smartkampung.aid.points.words import place_and_hours
from smartkampung.aid.queries.case_file import CaseFile
from smartkampung.aid.queries.outlook import Outlook
from smartkampung.aid.queries.programmes import Question
from smartkampung.aid.rules.claims import State, check_due, decision_due
from smartkampung.aid.rules.conflicts import RedLight
from smartkampung.aid.words import REASONS
from smartkampung.aid.words import amount as amount
from smartkampung.kernel.clock import now
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, moment, short_day
from smartkampung.regions.queries import Place, places
from smartkampung.web.aid_staff import blocks, why
from smartkampung.web.aid_staff.words import FINDINGS, OUTCOMES, STATES

Part = dict[str, Any]


def place_words(place: Place) -> str:
    """Return "RT 007 RW 002 Sumberwangi"."""
    parts = [f"RT {place.rt}" if place.rt else "", f"RW {place.rw}" if place.rw else ""]
    return " ".join(filter(None, [*parts, place.village or place.kecamatan]))


def where(codes: Iterable[str]) -> dict[str, str]:
    """Return the words for many region codes, in at most one query."""
    return {code: place_words(place) for code, place in places(codes).items()}


def state_tag(state: str) -> Part:
    """Return the tag of a claim's state."""
    text, colour = STATES[state]
    return {"text": text, "state": colour}


def red_lights(lights: Sequence[RedLight]) -> list[Part]:
    """Return one red light for each programme received and what it does.

    It names every programme it stands against, and every day since when a member of
    the family has been on the list.
    """
    groups: dict[tuple[str, str], list[RedLight]] = {}
    for light in lights:
        groups.setdefault((light.aid.programme, light.effect), []).append(light)
    blocks_first = sorted(groups.values(), key=lambda group: not group[0].blocks)
    return [_red_light(group) for group in blocks_first]


def _red_light(group: Sequence[RedLight]) -> Part:
    aid = group[0].aid
    parts = [part for light in group for part in _record(light)]
    sources = dict.fromkeys(light.source.rstrip(".") for light in group if light.source)
    parts = [*dict.fromkeys(parts), *(f"{source}." for source in sources)]
    verb = (
        _("Already receives %(aid)s. Cannot be added: %(programmes)s.")
        if group[0].blocks
        else _("Already receives %(aid)s. Look closely before adding: %(programmes)s.")
    )
    programmes = ", ".join(dict.fromkeys(light.programme_name for light in group))
    return {
        "level": group[0].effect.value,
        "title": verb % {"aid": aid.programme_name, "programmes": programmes},
        "text": " ".join(parts),
    }


def _record(light: RedLight) -> list[str]:
    """Return what the list of a programme says of one of its rows."""
    aid = light.aid
    parts = (
        [_("Another person on the family card receives it.")] if light.another else []
    )
    parts += [_("On the list since %(day)s.") % {"day": short_day(aid.since)}]
    if light.excepted:
        parts.append(_("An exception was granted for this case."))
    if aid.last_paid_on:
        parts.append(_("Last paid on %(day)s.") % {"day": short_day(aid.last_paid_on)})
    return parts


def findings(file: CaseFile) -> list[Part]:
    """Return what verification noticed."""
    parts = []
    for row in file.findings:
        text, state = FINDINGS[row.code]
        words = str(text)
        if row.enrolment:
            aid = row.enrolment.programme
            words = f"{words} {either(aid.name, aid.name_en)}."
        parts.append({"state": state, "text": words})
    return parts


def answers(questions: Sequence[Question], given: dict[str, bool]) -> list[Part]:
    """Return each question with the answer of a visit."""
    return [
        {"met": given.get(question.code), "text": question.text}
        for question in questions
    ]


def reasons(codes: Iterable[str]) -> list[str]:
    """Return the words of refusal reasons."""
    return blocks.reasons(REASONS, codes, (), components=False)


def outlooks(found: Sequence[Outlook]) -> list[Part]:
    """Return each programme with what is left of it and what stands in the way."""
    return [
        {
            "code": row.programme.code,
            "name": either(row.programme.name, row.programme.name_en),
            "gives": amount(row.programme.amount, row.programme.commodity),
            "left": amount(row.budget_left, row.programme.commodity),
            "possible": not row.hindrances,
            "reasons": reasons(row.reasons),
            "why": why.judged(row.judgement),
        }
        for row in found
    ]


def impossible(found: Sequence[Outlook]) -> set[str]:
    """Return the programmes that cannot be approved now."""
    return {row.programme.code for row in found if row.hindrances}


def timeline(file: CaseFile) -> list[Part]:
    """Return where the claim is, who acts next, and by when."""
    claim = file.claim
    steps = [
        _done(_("Report received"), moment(claim.opened_at)),
        _visit_step(file),
        _decision_step(file),
        _handover_step(file),
    ]
    return steps


def _done(title: str, when: str, note: str = "") -> Part:
    return {"state": "done", "title": title, "when": when, "note": note}


def _waits(title: str, due: Any, note: str, *, current: bool) -> Part:
    words = _("By %(day)s at the latest") % {"day": long_day(due)}
    state = "next"
    if current:
        state = "late" if due < now() else "now"
    return {"state": state, "title": title, "when": words, "note": note}


def _visit_step(file: CaseFile) -> Part:
    claim, title = file.claim, _("Field check by the village")
    if claim.state == State.STOPPED and not file.checks:
        return {"state": "off", "title": title}
    if claim.state == State.TO_CHECK or not file.checks:
        return _waits(
            title,
            check_due(claim.due_at),
            _("RT or village officer visits the family."),
            current=True,
        )
    last = file.checks[-1]
    return _done(title, moment(last.checked_at), last.checker.full_name)


def _decision_step(file: CaseFile) -> Part:
    claim, title = file.claim, _("Decision by the kecamatan")
    if claim.state == State.STOPPED and not file.decisions:
        note = str(STATES[State.STOPPED][0])
        return {"state": "off", "title": title, "note": note}
    if claim.state in {State.TO_CHECK, State.TO_DECIDE}:
        current = claim.state == State.TO_DECIDE
        return _waits(title, decision_due(claim.due_at), "", current=current)
    last = file.decisions[-1]
    words = _("Approved") if last.approved else _("Refused")
    return _done(title, moment(last.decided_at), f"{words} · {last.decider.full_name}")


def _handover_step(file: CaseFile) -> Part:
    claim, title = file.claim, _("Hand-over")
    if claim.state in {State.REFUSED, State.STOPPED}:
        return {"state": "off", "title": title}
    if claim.state in {State.HANDED_OVER, State.RETURNED}:
        when = moment(claim.closed_at) if claim.closed_at else ""
        return _done(title, when, str(STATES[claim.state][0]))
    meeting = meeting_of(file.due) if file.due else None
    note = f"{place_and_hours(meeting)}, {long_day(meeting.on)}" if meeting else ""
    return _waits(title, claim.due_at, note, current=claim.state == State.APPROVED)


def outcome_tag(outcome: str) -> Part:
    """Return the tag of a hand-over's outcome."""
    text, colour = OUTCOMES[outcome]
    return {"text": text, "state": colour}


def until(day: date | None) -> str:
    """Return the last word on a validity period."""
    return short_day(day) if day else _("no end")
