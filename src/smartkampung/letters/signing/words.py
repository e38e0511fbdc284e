"""What the page says to each verdict, in words, colour and a sign."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.letters.signing.rules.reports import Fault
from smartkampung.letters.signing.rules.verdicts import Verdict


class Said(NamedTuple):
    """A verdict for people: its tone is that of a notice."""

    tone: str
    title: Promise
    text: Promise


VERDICTS = {
    Verdict.VALID: Said(
        "ok",
        _("This letter is valid"),
        _(
            "It was issued here and holds today. Compare what stands below with the paper."
        ),
    ),
    Verdict.EXPIRED: Said(
        "wait",
        _("This letter has expired"),
        _("It was issued here, and its last day is over. Ask for a new one."),
    ),
    Verdict.REVOKED: Said(
        "late",
        _("This letter was revoked"),
        _("It was issued here and no longer holds. Do not accept it."),
    ),
    Verdict.REPLACED: Said(
        "late",
        _("This letter was replaced"),
        _(
            "It was issued here; another letter stands in its place. Ask for the new one."
        ),
    ),
    Verdict.SIGNED: Said(
        "info",
        _("Checked by its signature"),
        _(
            "The square was signed by this regency. Whether the letter was revoked since"
            " is not known here: ask the village office, or look again later."
        ),
    ),
    Verdict.SIGNED_EXPIRED: Said(
        "wait",
        _("Real, but expired"),
        _(
            "The square was signed by this regency, and the last day of the letter is over."
        ),
    ),
    Verdict.ALTERED: Said(
        "late",
        _("This was altered"),
        _(
            "It does not agree with what was signed. Do not accept it, and tell the"
            " village office."
        ),
    ),
    Verdict.NOT_OURS: Said(
        "late",
        _("This is no letter of this regency"),
        _("No key of ours signed it. Do not accept it as a letter from here."),
    ),
    Verdict.UNKNOWN: Said(
        "late",
        _("No letter has this code"),
        _("Look whether every sign was typed, or scan the square instead."),
    ),
    Verdict.NOT_ISSUED: Said(
        "late",
        _("This letter has not been issued"),
        _(
            "A signature is still missing, or was refused. Do not accept it, and ask the"
            " village office."
        ),
    ),
    Verdict.DISTRUSTED: Said(
        "late",
        _("The key of this square is not trusted any more"),
        _(
            "It was stolen or lost, so anybody may have made this square. Type the code"
            " of the letter on the page of this regency, and compare."
        ),
    ),
    Verdict.UNSIGNED: Said(
        "late",
        _("This file is not signed"),
        _(
            "A letter from here carries a signature. A picture or a copy of a letter does"
            " not: check its square instead."
        ),
    ),
    Verdict.NOT_TIED: Said(
        "late",
        _("Signed, but not known as a letter from here"),
        _(
            "Nothing ties this file to a letter of this regency: a square can be copied."
            " Type the code of the letter on the page of this regency, and compare."
        ),
    ),
}
FAULTS = {
    Fault.ALTERED: _("the file was changed after this signature"),
    Fault.STRANGER: _(
        "the signature is of somebody whom this regency does not vouch for"
    ),
    Fault.REVOKED: _("the certificate had been revoked when it signed"),
    Fault.EXPIRED: _("the certificate had expired when it signed"),
    Fault.NO_TIME: _("no time stamp that can be believed"),
}
