"""The words of the codes of payments, for pages and refusals."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.payments.rules.files import Fault, Problem
from smartkampung.aid.payments.rules.steps import Bar

BARS: dict[Bar, Promise] = {
    Bar.NOT_THIS_STEP: _(
        "This batch has moved on meanwhile. Look at it again before you go on."
    ),
    Bar.EMPTY: _("Nobody is in this batch. Add recipients first."),
    Bar.MADE_IT: _(
        "You made this batch or chose who is in it, so somebody else must approve it."
    ),
    Bar.SENDS_OWN: _(
        "You made this batch or chose who is in it, so somebody else must send it."
    ),
    Bar.RIGHT_ENDED: _(
        "Whoever ordered this work may not do it any more, so nothing was done."
        " Somebody else must order it anew."
    ),
    Bar.DAY_PASSED: _("The day of payment has passed. Make a new batch."),
    Bar.TOTALS_CHANGED: _(
        "Number or sum changed since you looked. Check the new totals, then approve."
    ),
    Bar.PAYER_UNKNOWN: _(
        "The account of the regency is not set up. Ask the administrator for"
        " SMARTKAMPUNG_PAYER."
    ),
    Bar.WORKING: _("Work on this batch is running. Wait until it is done."),
}
REASONS: dict[str, Promise] = {
    "AC01": _("The account number is wrong."),
    "AC04": _("The bank account is closed."),
    "AC06": _("The account is blocked."),
    "AG01": _("The bank does not allow payments to this account."),
    "AM02": _("The amount is more than this account may receive."),
    "AM04": _("There was not enough money in the account of the regency."),
    "AM05": _("The bank says that it was paid before."),
    "AM09": _("The bank received another amount."),
    "BE01": _("The name is not that of the account holder."),
    "BE04": _("The address of the recipient is missing."),
    "CUST": _("The recipient or the regency asked to stop it."),
    "DUPL": _("The bank says that it was paid before."),
    "FF01": _("The bank could not read the file."),
    "MD07": _("The bank says that the recipient has died."),
    "MS02": _("The recipient refused it; no reason was given."),
    "MS03": _("The bank gave no reason."),
    "NARR": _("The bank gave a reason in its own words. Ask the bank."),
    "RC01": _("The code of the bank is wrong."),
    "RR04": _("The bank has to refuse it by law."),
    "TM01": _("The file came after the bank had closed for the day."),
    "UNCL": _("Nobody came to collect it."),
    "dead": _("According to the registry, this person has died."),
    "moved": _("According to the registry, this person has moved away."),
    "missing": _("According to the registry, this person is missing."),
    "merged": _("This record was merged with another one of the same person."),
    "nik_contested": _("Two people claim this NIK; it must be decided first."),
    "already_receiving": _("Another aid that excludes this one has begun."),
    "account_replaced": _("The account was changed after the batch was made."),
    "removed": _("Taken out of the batch by an officer."),
    "given_back": _("The aid went back to the budget."),
}
FAULTS: dict[Fault, Promise] = {
    Fault.TOO_LARGE: _("The file is too large: at most 64 MB of XML or 8 MB of CSV."),
    Fault.NOT_XML: _("The file is no complete XML. Fetch it again from the bank."),
    Fault.HAS_DTD: _("The file carries a document type, which is not allowed."),
    Fault.OTHER_MESSAGE: _("This is another message than the one that is needed here."),
    Fault.NOT_AS_STRUCTURE: _(
        "This element does not fit the structure of the message."
    ),
    Fault.NOT_CSV: _("The file is no CSV in UTF-8."),
    Fault.COLUMN_MISSING: _("This column is missing."),
    Fault.VALUE_UNKNOWN: _("This value cannot be used."),
    Fault.NOT_TEXT: _("A sign stands here that no text has. Delete it."),
    Fault.MISSING: _("This is missing."),
    Fault.TWICE: _("This payment stands there twice."),
    Fault.UNKNOWN_REFERENCE: _("No payment of this batch has this reference."),
    Fault.OTHER_AMOUNT: _("The amount is not the one that was sent."),
    Fault.OTHER_TOTALS: _("The control totals are not those of the batch."),
    Fault.OTHER_BATCH: _("This answer is about another batch."),
    Fault.NOT_ASKED_BACK: _("This payment was not called back."),
}


def sentences(bars: Iterable[Bar]) -> str:
    """Return the words of all bars, one after another."""
    return " ".join(str(BARS[bar]) for bar in bars)


def reason(code: str) -> str:
    """Return a reason in plain words, with its code for the counter of the bank."""
    words = str(REASONS.get(code, REASONS["NARR"]))
    return f"{words} ({code})" if code.isupper() else words


def problem(found: Problem) -> str:
    """Return what is wrong with a file: line, element, what to do."""
    words = str(FAULTS[found.fault])
    where = []
    if found.line:
        where.append(_now("Line %(line)d") % {"line": found.line})
    if found.element:
        where.append(found.element)
    if found.value:
        where.append(found.value)
    return ": ".join([", ".join(where), words]) if where else words
