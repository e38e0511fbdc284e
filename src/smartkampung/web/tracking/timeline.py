"""The public timeline of a report in words; the same words for everybody."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.aid.rules.report import CHECK_DUE, DECISION_DUE, DUE, Step
from smartkampung.intake.queries import Followed
from smartkampung.kernel import wording
from smartkampung.regions.codes import ancestor
from smartkampung.regions.queries import places, region

STEP_ORDER = (
    Step.RECEIVED,
    Step.VILLAGE_CHECKS,
    Step.KECAMATAN_DECIDES,
    Step.HANDED_OVER,
)
TITLES: dict[Step, str | Promise] = {
    Step.RECEIVED: gettext_lazy("Report received"),
    Step.VILLAGE_CHECKS: gettext_lazy("A village officer comes to the house"),
    Step.KECAMATAN_DECIDES: gettext_lazy("The kecamatan decides"),
    Step.HANDED_OVER: gettext_lazy("Aid is handed over, if it was granted"),
}
# What a reached step says about the steps of the page: these are over by then.
OVER_BY = {
    Step.RECEIVED: 1,
    Step.VILLAGE_CHECKS: 1,
    Step.KECAMATAN_DECIDES: 2,
    Step.DECIDED: 3,
    Step.HANDED_OVER: 4,
}
# When a step of the page ended: the moment the next one was reached.
ENDED_AT = {
    Step.RECEIVED: Step.RECEIVED,
    Step.VILLAGE_CHECKS: Step.KECAMATAN_DECIDES,
    Step.KECAMATAN_DECIDES: Step.DECIDED,
    Step.HANDED_OVER: Step.HANDED_OVER,
}
DUE_AFTER = {
    Step.VILLAGE_CHECKS: CHECK_DUE,
    Step.KECAMATAN_DECIDES: DECISION_DUE,
    Step.HANDED_OVER: DUE,
}


@dataclass(frozen=True)
class Line:
    """One line of the timeline."""

    state: str
    title: str
    when: str
    note: str


@dataclass(frozen=True)
class Timeline:
    """All lines, and in one sentence who acts next and by when."""

    lines: list[Line]
    state: str
    word: str
    next_step: str
    decided: bool


def timeline_of(case: Followed, *, at: datetime) -> Timeline:
    """Return what the holder of a code may see."""
    over = max(OVER_BY[Step(step)] for step in case.reached)
    lines = [_line(case, index, over, at) for index in range(len(STEP_ORDER))]
    finished = over == len(STEP_ORDER)
    late = any(line.state == "late" for line in lines)
    return Timeline(
        lines=lines,
        state="ok" if finished else "late" if late else "wait",
        word=_word(over, late),
        next_step="" if finished else _who(case, STEP_ORDER[over]),
        decided=Step.DECIDED in case.reached,
    )


def _line(case: Followed, index: int, over: int, at: datetime) -> Line:
    step = STEP_ORDER[index]
    if index < over:
        ended = case.reached.get(ENDED_AT[step])
        return Line(
            "done", str(TITLES[step]), wording.moment(ended) if ended else "", ""
        )
    due = case.opened_at + DUE_AFTER[step]
    when = _("At the latest %(day)s") % {"day": wording.long_day(due)}
    if index > over:
        return Line("next", str(TITLES[step]), when, "")
    late = at > due
    note = _who(case, step)
    return Line("late" if late else "now", str(TITLES[step]), when, note)


def _who(case: Followed, step: Step) -> str:
    if step == Step.VILLAGE_CHECKS:
        return _visit(case.region_code)
    if step == Step.KECAMATAN_DECIDES:
        place = places([case.region_code])[case.region_code]
        return _("Kecamatan %(kecamatan)s decides on what the officer saw.") % {
            "kecamatan": place.kecamatan
        }
    return _("The village office tells the day and the place.")


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


def _word(over: int, late: bool) -> str:
    if late:
        return _("Later than promised")
    words = {
        1: _("The village checks"),
        2: _("The kecamatan decides"),
        3: _("Decided"),
        4: _("Finished"),
    }
    return words[over]
