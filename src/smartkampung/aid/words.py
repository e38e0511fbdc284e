"""The words of aid's codes, for pages, messages and refusals."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from smartkampung.aid.rules import overrides
from smartkampung.aid.rules.claims import Bar, Reason
from smartkampung.kernel.wording import rupiah, whole

REASONS: dict[Reason, Promise] = {
    Reason.NIK_UNKNOWN: _(
        "NIK, family card and birth date fit nobody in the registry of this regency."
    ),
    Reason.NO_VALID_NIK: _("This person has no valid NIK in the registry yet."),
    Reason.NIK_CONTESTED: _("Two people claim this NIK; that is decided first."),
    Reason.DEAD: _("The registry says that this person has died."),
    Reason.MOVED: _("The registry says that this person has moved away."),
    Reason.MISSING: _("The registry says that this person is missing."),
    Reason.ALREADY_RECEIVING: _(
        "The family already receives aid that cannot be combined with this."
    ),
    Reason.ALREADY_ENTITLED: _("The family already gets this aid for this period."),
    Reason.BUDGET_EXHAUSTED: _("The budget of this programme is used up."),
    Reason.PROGRAMME_CLOSED: _("This programme does not take new recipients now."),
    Reason.REFUSED_BEFORE: _(
        "The family was refused less than half a year ago; look at that claim first."
    ),
    Reason.LIVES_ELSEWHERE: _(
        "According to the registry, they live in another village."
    ),
    Reason.CRITERIA_NOT_MET: _("Too few of the poverty criteria are met."),
    Reason.CHECKER_ADVISES_AGAINST: _("The field check advises against it."),
    Reason.NOT_FOUND_AT_ADDRESS: _("Nobody was found at the address reported."),
    Reason.OTHER: _("Another reason, see the note."),
}
BARS: dict[Bar, Promise] = {
    Bar.NOT_TO_CHECK: _("This claim does not wait for a field check now."),
    Bar.NOT_TO_DECIDE: _(
        "This claim does not wait for a decision now: somebody may have decided it"
        " a moment ago."
    ),
    Bar.CHECKED_IT: _(
        "You visited this family yourself, so somebody else must decide."
    ),
    Bar.DECIDED_BEFORE: _(
        "You decided this claim before the objection, so somebody else must decide now."
    ),
    Bar.KIN: _("You are related to this family, so somebody else must decide."),
}

OVERRIDE_BARS: dict[overrides.Bar, Promise] = {
    overrides.Bar.NOT_WAITING: _(
        "This case does not wait for an exception any more. Look at it again."
    ),
    overrides.Bar.OTHER_REASONS: _(
        "Something else stands in the way too. That is mended first."
    ),
    overrides.Bar.NOT_BLOCKED: _("This aid does not stand in the way any more."),
    overrides.Bar.SAME_PROGRAMME: _(
        "The same programme twice is never allowed, so there is no exception."
    ),
    overrides.Bar.ASKED_BEFORE: _(
        "Somebody asked for this exception already. Look at what became of it."
    ),
    overrides.Bar.ASKED_IT: _(
        "You asked for this exception yourself, so somebody else must decide."
    ),
    overrides.Bar.ANSWERED: _("Somebody else has decided already."),
    overrides.Bar.KIN: _(
        "You are related to this family, so somebody else must do this."
    ),
}


def sentences(reasons: Iterable[Reason]) -> str:
    """Return the words of several reasons, one after the other."""
    return " ".join(str(REASONS[reason]) for reason in reasons)


GOODS: dict[str, Promise] = {
    "FOOD_PACK": ngettext_lazy("%d food pack", "%d food packs"),
    "NUTRITION_PACK": ngettext_lazy("%d nutrition pack", "%d nutrition packs"),
}


def amount(value: int, commodity: str) -> str:
    """Return "Rp600.000" or "1 paket sembako"."""
    if commodity == "IDR":
        return rupiah(value)
    goods = GOODS.get(commodity)
    # The words count by themselves, but do not mark thousands.
    words = str(goods % value) if goods else f"{value} {commodity}"
    return words.replace(str(value), whole(value), 1)
