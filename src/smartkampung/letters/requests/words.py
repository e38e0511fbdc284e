"""What steps, states and reasons of letters are called; the same words everywhere."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.letters.requests.rules.ends import Ended
from smartkampung.letters.requests.rules.mandates import Manner
from smartkampung.letters.requests.rules.numbering import Fault
from smartkampung.letters.requests.rules.steps import (
    Bar,
    Channel,
    Did,
    State,
    Step,
    StepFault,
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
    Did.CHECKED: _("Checked with the registry"),
    Did.REVIEWED: _("Looked at by a second officer"),
    Did.SIGNED: _("Signed"),
    Did.COSIGNED: _("Signed by the kecamatan"),
    Did.RETURNED: _("Given back: something is missing"),
    Did.COMPLETED: _("Completed"),
    Did.AMENDED: _("Changed by the village office"),
    Did.RESTARTED: _("Back to the check"),
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
    Bar.CHECKED_IT: _("You checked this letter yourself. A colleague has to go on."),
    Bar.SIGNED_IT: _(
        "You signed this letter for the village. Somebody else of the kecamatan signs it."
    ),
    Bar.NOT_READ: _("Open the letter and read it as it now stands; then sign it."),
}
MANNERS: dict[str, Promise] = {
    Manner.ON_BEHALF: _("On behalf of the head (a.n.)"),
    Manner.ACTING: _("As acting head (Plh.)"),
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
STEP_FAULTS: dict[str, Promise] = {
    StepFault.UNKNOWN: _("There is no such step."),
    StepFault.OUT_OF_ORDER: _(
        "Steps go in this order: RT, check, second look, signature, kecamatan."
    ),
    StepFault.MISSING: _("A letter is always checked and signed."),
}
