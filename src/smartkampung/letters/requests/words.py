"""What steps, states and reasons of letters are called; the same words everywhere."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.letters.requests.rules.ends import Ended
from smartkampung.letters.requests.rules.holidays import HolidayFault
from smartkampung.letters.requests.rules.mandates import MandateFault, Manner
from smartkampung.letters.requests.rules.numbering import Fault
from smartkampung.letters.requests.rules.steps import (
    Bar,
    Channel,
    Did,
    State,
    Step,
)

STATES: dict[str, tuple[str, Promise]] = {
    State.CONFIRM: ("wait", _("Waits for the RT")),
    State.CHECK: ("wait", _("Waits for the check")),
    State.REVIEW: ("wait", _("Waits for a second look")),
    State.SIGN: ("wait", _("Waits for the signature")),
    State.COSIGN: ("wait", _("Waits for the kecamatan")),
    State.RETURNED: ("late", _("Something is missing")),
    State.ISSUED: ("ok", _("Signed, ready to fetch")),
    State.REFUSED: ("bad", _("Refused")),
    State.CANCELLED: ("off", _("Request cancelled")),
    Ended.EXPIRED: ("off", _("Its time is over")),
    Ended.REVOKED: ("late", _("Revoked")),
    Ended.REPLACED: ("off", _("Replaced by a new letter")),
}
STEPS: dict[str, Promise] = {
    Step.CONFIRM: _("The RT confirms"),
    Step.CHECK: _("The village officer checks"),
    Step.REVIEW: _("A second officer looks"),
    Step.SIGN: _("The village head signs"),
    Step.COSIGN: _("The kecamatan signs, too"),
}
DID: dict[str, Promise] = {
    Did.ASKED: _("Asked"),
    Did.CONFIRMED: _("Confirmed by the RT"),
    Did.ON_PAPER: _("With an introduction of the RT on paper"),
    Did.LOOKED: _("The RT did not answer; the village office looked itself"),
    Did.CHECKED: _("Checked with the registry"),
    Did.REVIEWED: _("Looked at by a second officer"),
    Did.SIGNED: _("Signed"),
    Did.COSIGNED: _("Signed by the kecamatan"),
    Did.RETURNED: _("Given back: something is missing"),
    Did.COMPLETED: _("Completed"),
    Did.AMENDED: _("Changed by the village office"),
    Did.RESTARTED: _("Begun again"),
    Did.REFUSED: _("Refused"),
    Did.CANCELLED: _("Request cancelled"),
    Did.ISSUED: _("Ready to fetch"),
    Did.REVOKED: _("Revoked"),
    Did.REPLACED: _("Replaced by a new letter"),
    Did.BROUGHT: _("Told or brought to the family"),
}
# A photo that no requirement of the kind names: what an office asked for in words.
ASKED_FOR = "asked_for"
ASKED_PHOTO = _("The photo that was asked for")
# What shows that who asks is of the family of who died, who stood on another card.
KINSHIP = "kinship"
KINSHIP_PHOTO = _("Photo of the paper that shows the kinship")
OWN_KIN = _(
    "This is about your own family card, and nobody bears witness to their own kinship."
    " A colleague asks, or the village office."
)
CHANNELS: dict[str, Promise] = {
    Channel.SELF: _("By the family"),
    Channel.RT: _("Through the RT"),
    Channel.COUNTER: _("At the counter"),
    Channel.TEXT: _("By text message"),
}
BARS: dict[str, Promise] = {
    Bar.NOT_AT_THIS_STEP: _(
        "This letter is no longer at this step. Open the page again to see where it is."
    ),
    Bar.WROTE_IT: _(
        "You asked for this letter, confirmed it or changed an answer. A colleague goes on"
        " with it."
    ),
    Bar.CHECKED_IT: _("You checked this letter yourself. A colleague has to go on."),
    Bar.REVIEWED_IT: _(
        "You looked at this letter as the second officer. Somebody else signs it."
    ),
    Bar.OWN_FAMILY: _(
        "This letter is about your own family. A colleague deals with it; the head gives a"
        " mandate to somebody else."
    ),
    Bar.SIGNED_IT: _(
        "You signed this letter for the village. Somebody else of the kecamatan signs it."
    ),
    Bar.NOT_READ: _("Open the letter and read it as it now stands; then sign it."),
    Bar.RT_HAS_TIME: _(
        "The head of the RT still has time to answer. If it is urgent, call them."
    ),
}
MANNERS: dict[str, Promise] = {
    Manner.ON_BEHALF: _("On behalf of the head (a.n.)"),
    Manner.ACTING: _("As acting head (Plh.)"),
}
MANDATE_FAULTS: dict[MandateFault, Promise] = {
    MandateFault.BEGINS_IN_THE_PAST: _("A mandate begins today at the earliest."),
    MandateFault.TOO_LONG: _("A mandate ends within a year. Give another one then."),
    MandateFault.UNKNOWN_KIND: _("Your village does not write one of these letters."),
    MandateFault.UNKNOWN_OFFICE: _(
        "Choose the office of the deputy; it stands on the letter."
    ),
}
NUMBER_FAULTS: dict[str, Promise] = {
    Fault.NO_NUMBER: _("The pattern needs {number}: it tells the letters apart."),
    Fault.NO_YEAR: _("The pattern needs {year}: numbers begin anew each year."),
    Fault.UNKNOWN_PART: _(
        "Only {class}, {number}, {office}, {kind}, {roman}, {month} and {year} may stand"
        " in braces."
    ),
    Fault.NOT_ALLOWED: _("Between the parts only letters, digits and ./-_ may stand."),
    Fault.TOO_LONG: _("The pattern may have 60 signs."),
    Fault.TEXT_TOO_LONG: _(
        "With your letters and the code of the office the number gets too long for the"
        " square on the paper: it has room for 63 signs. Leave something out."
    ),
    Fault.KIND_NOT_TOLD: _("Each kind counts by itself, so the pattern needs {kind}."),
}
HOLIDAY_FAULTS: dict[HolidayFault, Promise] = {
    HolidayFault.COLUMNS: _("The first line names the columns: %(what)s."),
    HolidayFault.NOT_A_DAY: _("Line %(what)s: write the day as 2027-08-17."),
    HolidayFault.ANOTHER_YEAR: _("%(what)s: this day is of another year."),
    HolidayFault.TWICE: _("%(what)s: this day stands twice."),
    HolidayFault.KIND: _("%(what)s: the kind is national, leave or reckoned."),
    HolidayFault.NO_NAME: _("%(what)s: name the day in both languages, in 80 signs."),
    HolidayFault.FIXED_MISSING: _(
        "%(what)s is a holiday of every year and is missing."
    ),
    HolidayFault.HOW_MANY: _("A year has 12 to 40 such days, and here are %(what)s."),
}
