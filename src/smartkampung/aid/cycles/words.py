"""The words of the codes of cycles, for pages and refusals."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.cycles.rules import closing
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.cycles.rules.steps import Bar

BARS: dict[Bar, Promise] = {
    Bar.NOT_THIS_STEP: _(
        "The list has moved on meanwhile. Look at it again before you go on."
    ),
    Bar.CYCLE_CLOSED: _("This cycle is over, so nothing more is approved in it."),
    Bar.NO_MEETING: _("Write down the village meeting first: number, date, minutes."),
    Bar.NOBODY_PROPOSED: _("Nobody is proposed yet. Add families to the list first."),
    Bar.SENT_IT: _("You sent this list yourself, so somebody else must go on with it."),
    Bar.VERIFIED_IT: _(
        "You verified families of this list yourself, so somebody else must go on"
        " with it."
    ),
    Bar.DECIDED_IT: _("You decided this list yourself, so somebody else must approve."),
    Bar.NO_TRANCHE: _("No tranche is planned yet. Ask Dinsos to plan one."),
    Bar.FUND_UNKNOWN: _(
        "The Dana Desa of this village for the year is not written down, so its cap"
        " is unknown. Ask Dinsos to write it down on this page: places and fund."
    ),
    Bar.OVER_CAP: _(
        "This would be more than the part of its Dana Desa that the village may give"
        " away in cash. Lower the quota, or propose fewer families."
    ),
}
CLOSING: dict[closing.Bar, Promise] = {
    closing.Bar.CLOSED_BEFORE: _("This cycle is closed already."),
    closing.Bar.WORK_RUNNING: _(
        "Work on many villages is still running. Wait until it is done, or stop it."
    ),
    closing.Bar.LIST_UNDER_WAY: _(
        "Some lists are still being visited, signed or approved. Finish them, or send"
        " them back to the village."
    ),
    closing.Bar.TRANCHE_TO_COME: _(
        "The day of a tranche is not over, and not everybody has got it yet."
    ),
    closing.Bar.IN_BATCH: _(
        "Aid of this cycle stands in a batch that is still open. Close the batch, or"
        " take the recipients out."
    ),
    closing.Bar.AT_THE_BANK: _(
        "Money is on its way. Wait for the answer of the bank or the post office."
    ),
}
REASONS: dict[Why, Promise] = {
    Why.NO_VALID_NIK: _("No valid NIK in the registry"),
    Why.NIK_CONTESTED: _("Two people claim this NIK"),
    Why.DEAD: _("Has died"),
    Why.MOVED: _("Has moved away"),
    Why.MISSING: _("Is missing"),
    Why.MERGED: _("This record was joined with another one"),
    Why.LIVES_ELSEWHERE: _("Lives in another village"),
    Why.ALREADY_RECEIVING: _("Receives aid that cannot be combined with this"),
    Why.NOT_POOR: _("Not in need, according to the visit"),
    Why.NOT_FOUND_AT_ADDRESS: _("Nobody was found at the address"),
    Why.OVER_QUOTA: _("The quota of the village is used up"),
    Why.ON_REQUEST: _("The family asked for it"),
    Why.WRONG_DATA: _("The data proved wrong"),
    Why.IMPROVED: _("The family is no longer in need"),
    Why.OTHER: _("Another reason, see the note"),
}


def sentences(bars: Iterable[Bar]) -> str:
    """Return the words of several bars, one after the other."""
    return " ".join(str(BARS[bar]) for bar in bars)
