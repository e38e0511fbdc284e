"""The public timeline of a report in words; the same words for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from smartkampung.aid.public_words import STEPS
from smartkampung.aid.rules import timeline as rules
from smartkampung.aid.rules.report import Step
from smartkampung.aid.rules.timeline import State
from smartkampung.intake.queries import Followed
from smartkampung.kernel import wording
from smartkampung.regions.codes import ancestor
from smartkampung.regions.queries import places, region


@dataclass(frozen=True)
class Shown:
    """One line as the timeline component takes it."""

    state: str
    title: str
    when: str
    note: str


@dataclass(frozen=True)
class Timeline:
    """All lines, and one word for where the report stands."""

    lines: list[Shown]
    state: str
    word: str
    decided: bool


def timeline_of(case: Followed, *, at: datetime) -> Timeline:
    """Return what the holder of a code may see."""
    lines = rules.lines(case.reached, opened_at=case.opened_at, at=at)
    open_line = next((line for line in lines if line.state != State.DONE), None)
    late = open_line is not None and open_line.state == State.LATE
    state = "ok" if open_line is None else "late" if late else "wait"
    return Timeline(
        lines=shown(case, lines),
        state=state,
        word=_("Later than promised") if late else _word(open_line),
        decided=Step.DECIDED in case.reached,
    )


def shown(case: Followed, lines: Iterable[rules.Line]) -> list[Shown]:
    """Return lines in words, with who acts and by when."""
    return [_shown(case, line) for line in lines]


def _shown(case: Followed, line: rules.Line) -> Shown:
    when = wording.moment(line.ended_at) if line.ended_at else ""
    if line.due_at:
        day = wording.long_day(line.due_at)
        when = _("At the latest %(day)s") % {"day": day}
    acting = line.state in {State.NOW, State.LATE}
    note = _who(case, line.step) if acting else ""
    return Shown(line.state, str(STEPS[line.step]), when, note)


def _who(case: Followed, step: Step) -> str:
    if step == Step.VILLAGE_CHECKS:
        return _visit(case.region_code)
    if step == Step.KECAMATAN_DECIDES:
        place = places([case.region_code])[case.region_code]
        return _("Kecamatan %(kecamatan)s decides on what the officer saw.") % {
            "kecamatan": place.kecamatan
        }
    return _(
        "If aid was granted, the village office tells the day and the place. Whatever "
        "else comes next, the family reads with the decision."
    )


def _visit(region_code: str) -> str:
    village = region(ancestor(region_code, "village"))
    if village is None:
        return ""
    words = _("An officer of %(village)s comes. Nobody came? Ask the village office.")
    if village.phone:
        words = _(
            "An officer of %(village)s comes. Nobody came? Call the village office: "
            "%(phone)s."
        )
    # Desa and kelurahan are official nouns: the same in both languages.
    name = f"{village.kind.title()} {village.name}"
    return words % {"village": name, "phone": village.phone}


def _word(line: rules.Line | None) -> str:
    if line is None:
        return _("Finished")
    words = {
        Step.VILLAGE_CHECKS: _("The village checks"),
        Step.KECAMATAN_DECIDES: _("The kecamatan decides"),
        Step.HANDED_OVER: _("Decided"),
    }
    return words[line.step]
