"""Words of what is public about aid, for pages and papers."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.disclosure.rules import Bar, Stage, State

STAGES: dict[Stage, Promise] = {
    Stage.PLANNED: _("Has not begun"),
    Stage.MEETING: _("The village meeting makes the list"),
    Stage.VISITS: _("Houses are visited"),
    Stage.HEAD: _("The village head looks at the list"),
    Stage.CAMAT: _("The kecamatan looks at the list"),
    Stage.COMING: _("The list is approved, aid is coming"),
    Stage.GIVEN: _("The days of handing over are past"),
    Stage.REPORTS: _("Reports are visited and decided one by one"),
    Stage.RUNNING: _("Goes on; others decide and pay"),
    Stage.MIXED: _("Villages are at different steps"),
    Stage.ENDED: _("Has ended"),
}
# What the next date is about, where there is one.
NEXT: dict[Stage, Promise] = {
    Stage.PLANNED: _("begins"),
    Stage.MEETING: _("the meeting is held by"),
    Stage.VISITS: _("visits are done by"),
    Stage.HEAD: _("decided by"),
    Stage.CAMAT: _("decided by"),
    Stage.COMING: _("handed over"),
    Stage.REPORTS: _("next hand-over"),
    Stage.MIXED: _("next date"),
}
STATES: dict[State, tuple[Promise, str]] = {
    State.ASKED: (_("Waits for a second person"), "wait"),
    State.REFUSED: (_("Stays off"), "off"),
    State.COMING: (_("Switched on, not begun"), "info"),
    State.POSTED: (_("Posted"), "ok"),
    State.OVER: (_("Over"), "off"),
    State.WITHDRAWN: (_("Taken down"), "off"),
}
BARS: dict[Bar, Promise] = {
    Bar.SENSITIVE: _(
        "Being on the list of this programme tells of pregnancy, disability or illness,"
        " so it is never posted."
    ),
    Bar.COMPONENT: _(
        "Some recipients of this programme are on it because of pregnancy, disability"
        " or illness, so it is never posted."
    ),
    Bar.BEGINS_IN_THE_PAST: _("The first day is past. Choose today or later."),
    Bar.BACKWARDS: _("The last day must not come before the first."),
    Bar.TOO_LONG: _(
        "A list is posted for at most 30 days. Choose an earlier last day."
    ),
    Bar.OUTSIDE_THE_CYCLE: _("These days lie outside the time of the cycle."),
    Bar.OVER: _("Its days are over. Ask for other days."),
}


def sentences(bars: Iterable[Bar]) -> str:
    """Return the words of several bars, one after the other."""
    return " ".join(str(BARS[bar]) for bar in bars)
