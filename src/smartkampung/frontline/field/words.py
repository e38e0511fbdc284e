"""Words of field work, in both languages at once: a phone without a network asks none."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.queries.devices import Standing
from smartkampung.frontline.field.rules.arriving import State
from smartkampung.frontline.field.rules.envelopes import Fault
from smartkampung.frontline.field.rules.reading import Wrong
from smartkampung.residents.rules import Misshapen
from smartkampung.residents.words import nik_problem, phone_problem

Both = dict[str, str]
LANGUAGES = ("id", "en")
WRONG: dict[Wrong, Promise] = {
    Wrong.MISSING: _("This is needed."),
    Wrong.NOT_OFFERED: _("Choose one of the answers that are offered."),
    Wrong.NOT_A_NUMBER: _("Type a number in digits."),
    Wrong.OUT_OF_BOUNDS: _("This lies outside of what can be."),
    Wrong.NOT_TEXT: _("This text cannot be read. Type it again."),
    Wrong.TOO_LONG: _("This text is too long. Shorten it."),
    Wrong.BEFORE_OTHER: _("This day lies before another day of this form."),
    Wrong.ABOVE_OTHER: _("This is more than another answer of this form allows."),
    Wrong.NOT_A_DAY: _("Choose a day."),
    Wrong.NOT_YES_OR_NO: _("Answer yes or no."),
    Wrong.UNKNOWN: _("The office does not know this question. Update the app."),
}
FAULTS: dict[Fault, Promise] = {
    Fault.NO_OBJECT: _("What came is not a form."),
    Fault.ID: _("The form has no number of its own."),
    Fault.KIND: _("The form does not say what kind of work it is."),
    Fault.TARGET: _("The form does not say what it is about."),
    Fault.SAVED_AT: _("The form does not say when it was saved."),
    Fault.POSITION: _("The position cannot be read."),
    Fault.PHOTOS: _("The photos are named in a way that cannot be read."),
    Fault.SIGNATURE: _("The signature is named in a way that cannot be read."),
    Fault.BODY: _("The form has no answers."),
}
DONE = _("It has arrived and is recorded.")
STRUCK = _(
    "It has arrived and is recorded. A NIK or card number was taken out of the text:"
    " none may stand there."
)
CONTRADICTS = "contradicts"
UNREADABLE = "unreadable"
UNKNOWN_KIND = "unknown_kind"
INVALID = "invalid"
NOT_YOURS = "not_yours"
BEFORE_DEVICE = "before_device"
BROKEN = "broken"
PHOTOS_MISSING = "photos_missing"
SECOND_PHOTO = "second_photo"
LATE = "late"
HALF = "half"
LONG_AGO = "long_ago"
CLOCK_UNSURE = "clock_unsure"
TOO_SOON = "too_soon"
UNSURE = "unsure"
REASONS: dict[str, Promise] = {
    CONTRADICTS: _(
        "The same form came before with other answers. The first one stands; a"
        " colleague looks at both."
    ),
    UNREADABLE: _("Parts of the form cannot be read. A colleague looks at it."),
    UNKNOWN_KIND: _(
        "The office does not know this kind of form. A colleague looks at it."
    ),
    INVALID: _("Some answers cannot be taken as they are. A colleague looks at them."),
    NOT_YOURS: _(
        "This is not, or no longer, your work there. A colleague looks at it."
    ),
    BEFORE_DEVICE: _(
        "By its clock it was filled in before the phone was enrolled. A colleague"
        " looks at it."
    ),
    BROKEN: _(
        "The office could not work with this form. It is kept; a colleague looks at it."
    ),
    PHOTOS_MISSING: _("It waits for its photo or signature, which have not come yet."),
    LONG_AGO: _(
        "By the phone's clock it was filled in more than three days before it arrived."
        " A colleague looks at it."
    ),
    CLOCK_UNSURE: _(
        "The phone's clock was changed, or is not known, so it is unsure when this was"
        " filled in. A colleague looks at it."
    ),
    TOO_SOON: _("By its time it was made before there was anything to look at."),
    UNSURE: _(
        "An earlier version of the app kept it, so it is unsure whether it was finished."
        " A colleague asks."
    ),
    HALF: _(
        "It was never finished, so it does not count. A colleague sees what there is."
    ),
    SECOND_PHOTO: _(
        "Another photo came under the same number. The first one stands; a colleague"
        " looks at both."
    ),
    LATE: _(
        "It was made in time and arrived after its day was over. A colleague looks"
        " at it."
    ),
    Standing.REVOKED.value: _(
        "The phone was signed off before this arrived. A colleague looks at it."
    ),
    Standing.EXPIRED.value: _(
        "The phone was not heard of for 14 days, or it was enrolled 90 days before. A"
        " colleague looks at it."
    ),
}
STATES: dict[str, tuple[Promise, str]] = {
    State.DONE: (_("recorded"), "ok"),
    State.REVIEW: (_("waits for a decision"), "wait"),
    State.HELD: (_("held back"), "late"),
    State.SET_ASIDE: (_("set aside"), "off"),
    State.SENT_BACK: (_("sent back"), "wait"),
}


def both(words: Any) -> Both:
    """Return words in Indonesian and English.

    ``words`` are translated ones, a function that makes some, or both already.
    """
    if isinstance(words, Mapping):
        return dict(words)
    told: Both = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(words() if callable(words) else words)
    return told


def reworded(words: Mapping[str, str]) -> Both:
    """Return words in both languages now, also where they were kept in one only."""
    once = words.get("en", "")
    if once and words.get("id") == once:
        return both(lambda: gettext(once))
    return dict(words)


def wrong(why: Wrong | Misshapen, name: str = "") -> Both:
    """Return what is wrong with an answer, and what to do."""
    if isinstance(why, Wrong):
        return both(WRONG[why])
    said: Callable[[Misshapen], str] = phone_problem if "phone" in name else nik_problem
    return both(lambda: said(why))
