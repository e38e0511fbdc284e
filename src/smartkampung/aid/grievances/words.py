"""Words of grievances, for pages and letters."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.grievances.rules import (
    Bar,
    Desk,
    EventKind,
    Kind,
    Office,
    Remedy,
    State,
)

KINDS: dict[Kind, Promise] = {
    Kind.DATA_WRONG: _("Our data is wrong"),
    Kind.NOT_PAID: _("The aid did not come"),
    Kind.PAID_LESS: _("We got less than we should"),
    Kind.CONDUCT: _("How an officer behaved"),
    Kind.QUESTION: _("A question about a programme"),
    Kind.LISTED: _("Somebody on the list should not get aid"),
}
HINTS: dict[Kind, Promise] = {
    Kind.DATA_WRONG: _("Name, birth date, work, address or another entry."),
    Kind.NOT_PAID: _("You were told that you get aid, and it is not there."),
    Kind.PAID_LESS: _("Money or goods were missing when you got it."),
    Kind.CONDUCT: _(
        "Rude, unfair, or asked for something. That officer never reads it."
    ),
    Kind.QUESTION: _("Who may get it, how much, when, and where to ask."),
    Kind.LISTED: _(
        "You saw a list at the village office and somebody on it is not in need."
    ),
}
OFFICES: dict[Office, Promise] = {
    Office.RT_RW: _("Head of RT or RW"),
    Office.VILLAGE_OFFICER: _("Officer of the village"),
    Office.VILLAGE_HEAD: _("Head of the village"),
    Office.KECAMATAN: _("Officer of the kecamatan"),
    Office.DINSOS: _("Officer of Dinsos"),
}
DESKS: dict[Desk, Promise] = {
    Desk.VILLAGE: _("Village office"),
    Desk.KECAMATAN: _("Kecamatan office"),
    Desk.REGENCY: _("Dinsos"),
}
INSPECTORATE = _("Inspectorate")
STATES: dict[State, tuple[Promise, str]] = {
    State.OPEN: (_("received"), "wait"),
    State.TAKEN: (_("being looked at"), "wait"),
    State.ASKED: (_("waits for your answer"), "late"),
    State.UPHELD: (_("found right"), "ok"),
    State.DISMISSED: (_("not found right"), "late"),
    State.ANSWERED: (_("answered"), "ok"),
}
EVENTS: dict[EventKind, Promise] = {
    EventKind.TOLD: _("We received it"),
    EventKind.TAKEN: _("An officer took it in hand"),
    EventKind.ASKED: _("The officer has a question for you"),
    EventKind.REPLIED: _("You answered"),
    EventKind.SILENT: _("No answer came; the officer goes on"),
    EventKind.PASSED_UP: _("Passed on to the next office"),
    EventKind.ESCALATED: _("It took too long, so the next office has it now"),
    EventKind.NAMED: _("The officer complained about is known and kept away"),
    EventKind.DECIDED: _("It was decided"),
    EventKind.APPEALED: _("You asked that somebody else looks again"),
}
REMEDIES: dict[Remedy, Promise] = {
    Remedy.CORRECTION: _(
        "A correction of the record was opened. The village head decides it within"
        " three days."
    ),
    Remedy.GIVEN_AGAIN: _(
        "The aid is on its way again: it stands first among what waits for the next"
        " hand-over or payment."
    ),
    Remedy.SUSPENDED: _(
        "The recipient is suspended until the kecamatan has looked once more."
    ),
}
# What became of a correction, once the village head has decided it.
CORRECTIONS: dict[str, Promise] = {
    "accepted": _("The record was corrected."),
    "refused": _(
        "The village head did not accept the correction. Ask at the village office why."
    ),
}
BARS: dict[Bar, Promise] = {
    Bar.CLOSED: _("This grievance is closed."),
    Bar.NOT_YOUR_DESK: _("This grievance lies with another office."),
    Bar.NOT_TAKEN: _("Take it in hand first, so that others see who is on it."),
    Bar.DECIDED_BEFORE: _(
        "You decided this before, so somebody else must look at it now."
    ),
    Bar.HANDED_OUT: _(
        "You handed out or decided this family's aid, so somebody else must decide."
        " Pass it on."
    ),
    Bar.LAST_DESK: _("There is no office above this one."),
    Bar.WAITS_FOR_REPLY: _("A question waits for the person's answer already."),
    Bar.ASKED_ENOUGH: _(
        "This office has asked twice. Decide with what you know, or pass it on."
    ),
    Bar.NOT_A_QUESTION: _("Say whether the grievance was found right."),
    Bar.ANSWER_A_QUESTION: _("A question is answered, neither right nor wrong."),
}
