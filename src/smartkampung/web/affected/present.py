"""Turns what queries return into the plain values that templates show."""

from typing import Any

from django.utils.translation import gettext as _

from smartkampung.kernel.clock import now
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, moment, percent, rupiah, whole
from smartkampung.recovery.affected.queries.records import File
from smartkampung.recovery.affected.rules.course import State
from smartkampung.recovery.affected.rules.registration import VERIFY_DUE
from smartkampung.recovery.affected.words import (
    ANSWERS,
    CHANNELS,
    DIRECTIONS,
    FOUND,
    KINDS,
    OUTCOMES,
    REASONS,
    STATES,
    WISHES,
    WORKS,
)

Part = dict[str, Any]


def sector_name(sector: Any) -> str:
    """Return a branch in the language that is spoken now."""
    return either(sector.name, sector.name_en)


def state_tag(state: str) -> Part:
    """Return the tag of a record's state."""
    colour, words = STATES[state]
    return {"state": colour, "text": words}


def facts(row: Any) -> list[Part]:
    """Return what was told: of a record, or of one registration."""
    share = row.sales_down_percent
    pairs = [
        (_("What happened"), KINDS[row.kind]),
        (_("Since"), long_day(row.happened_on)),
        (_("Branch"), f"{sector_name(row.sector)} (KBLI {row.sector.kbli})"),
        (_("Employer or association"), row.employer or _("None")),
        (_("Income a month before"), _money(row.income_before)),
        (_("Income a month now"), _money(row.income_after)),
        (_("Sells less by"), percent(share) if share else ""),
        (
            _("People who live on it besides"),
            _not_told() if row.dependants is None else whole(row.dependants),
        ),
        (_("Debts"), _money(row.debts)),
        (_("Can do"), row.skills),
        (_("What would help most"), wishes(row.wishes)),
    ]
    return [{"name": name, "value": value} for name, value in pairs if value]


def _money(value: int | None) -> str:
    return _not_told() if value is None else rupiah(value)


def _not_told() -> str:
    return _("not told")


def wishes(codes: list[str]) -> str:
    """Return wishes in words."""
    return ", ".join(str(WISHES[code]) for code in codes if code in WISHES)


def findings(codes: list[str]) -> list[Part]:
    """Return what the comparison noticed, as tags."""
    return [{"state": FOUND[code][0], "text": FOUND[code][1]} for code in codes]


def registrations(file: File) -> list[Part]:
    """Return each registration as it came."""
    return [
        {
            "row": row,
            "channel": CHANNELS[row.channel],
            "by": row.registered_by.full_name if row.registered_by else "",
            "facts": facts(row),
            "findings": findings(row.findings),
        }
        for row in file.registrations
    ]


def confirmations(file: File) -> list[Part]:
    """Return what employers and associations were asked, and said."""
    found = []
    for row in file.confirmations:
        if row.answer:
            colour = "ok" if row.answer == "confirmed" else "late"
            tag = {"state": colour, "text": ANSWERS[row.answer]}
        elif row.expires_at <= now():
            tag = {"state": "off", "text": _("no answer came")}
        else:
            tag = {"state": "wait", "text": _("waits for an answer")}
        found.append({"row": row, "tag": tag})
    return found


def situations(file: File) -> list[Part]:
    """Return how somebody was doing, the latest first."""
    return [
        {
            "row": row,
            "work": WORKS[row.work],
            "direction": DIRECTIONS[row.direction],
            "income": rupiah(row.income),
            "by": row.told_by or _("told by themselves"),
        }
        for row in file.situations
    ]


def follow_ups(file: File) -> list[Part]:
    """Return the looks after recovery."""
    return [
        {"row": row, "outcome": OUTCOMES.get(row.outcome, "")}
        for row in file.follow_ups
    ]


def timeline(file: File) -> list[Part]:
    """Return the way of a record, from the first registration to recovery."""
    case, lines = file.case, []
    lines.append(_line("done", _("Registered"), moment(case.opened_at)))
    asked = [row for row in file.confirmations if not row.answer]
    if case.state == State.TO_VERIFY and asked:
        note = _("Asked: %(who)s") % {"who": asked[-1].asked_of}
        lines.append(_line("now", _("Employer or association answers"), note=note))
    for verdict in file.verdicts:
        title = (
            _("Taken on the list") if verdict.accepted else _("Not taken on the list")
        )
        reasons = ", ".join(str(REASONS[code]) for code in verdict.reasons)
        note = ". ".join(
            filter(None, [verdict.decider.full_name, reasons, verdict.note])
        )
        lines.append(_line("done", title, moment(verdict.decided_at), note))
    if case.state == State.TO_VERIFY:
        due = case.opened_at + VERIFY_DUE
        late = "late" if due < now() else "now"
        by = _("At the latest %(day)s") % {"day": long_day(due)}
        lines.append(_line(late, _("The village decides"), by))
    if case.closed_at and case.state in (State.RECOVERED, State.LEFT):
        words = str(STATES[case.state][1]).capitalize()
        lines.append(_line("done", words, moment(case.closed_at)))
    elif case.state == State.VERIFIED:
        lines.append(_line("now", _("On the list until recovered")))
    return lines


def _line(state: str, title: str, when: str = "", note: str = "") -> Part:
    return {"state": state, "title": title, "when": when, "note": note}
