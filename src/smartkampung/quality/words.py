"""What each fault is called, what it says, and what to do about it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.quality.rules import Fault, Severity


@dataclass(frozen=True)
class Words:
    """A short name for lists, and a sentence that says what to do."""

    name: Promise
    sentence: Promise


FAULTS: dict[Fault, Words] = {
    Fault.NIK_MISSING: Words(
        _("No NIK"),
        _(
            "The person has no NIK, or only a temporary number. Ask for the family card."
        ),
    ),
    Fault.NIK_BIRTH_DATE: Words(
        _("NIK and birth date differ"),
        _("The birth date in the NIK is another than on record. Look at the KTP."),
    ),
    Fault.NIK_SEX: Words(
        _("NIK and sex differ"),
        _("By the NIK the person is of the other sex. Look at the KTP."),
    ),
    Fault.BORN_MISSING: Words(
        _("No birth date"),
        _("The birth date is missing. Copy it from the birth certificate or KTP."),
    ),
    Fault.BORN_IMPOSSIBLE: Words(
        _("Impossible birth date"),
        _("The birth date lies in the future or more than 125 years back."),
    ),
    Fault.NAME_IMPOSSIBLE: Words(
        _("Impossible name"),
        _("The name is empty, too short or holds digits. Copy it from the KTP."),
    ),
    Fault.SEX_UNKNOWN: Words(
        _("Sex not recorded"),
        _("Neither man nor woman is recorded. Look at the KTP."),
    ),
    Fault.RELATION_MISSING: Words(
        _("Place in the family missing"),
        _(
            "It is not recorded who the person is on the family card: head, wife, child."
        ),
    ),
    Fault.MARRIED_CHILD: Words(
        _("Married as a child"),
        _("A child under 12 is recorded as married. Check birth date and status."),
    ),
    Fault.CODE_UNKNOWN: Words(
        _("Unknown code"),
        _("Religion, education, work or another field holds a code of no list."),
    ),
    Fault.OLDER_THAN_PARENT: Words(
        _("Child not younger than a parent"),
        _(
            "A child is as old as a parent on the same card, or older. Compare the dates."
        ),
    ),
    Fault.NO_HEAD: Words(
        _("Family without a head"),
        _("Nobody alive on the card is its head. Ask the family who is."),
    ),
    Fault.TWO_HEADS: Words(
        _("Family with two heads"),
        _("More than one person on the card is its head. Only one can be."),
    ),
    Fault.KK_MISSING: Words(
        _("No family card number"),
        _("The family has no card number. Copy it from the family card."),
    ),
    Fault.NIK_REGION: Words(
        _("NIK from elsewhere"),
        _("The NIK was given in another area. Usual for people who moved here."),
    ),
    Fault.OVER_105: Words(
        _("Older than 105"),
        _("Older than 105: it may be true. Ask whether the person is still alive."),
    ),
    Fault.CODE_MISSING: Words(
        _("Empty field"),
        _("Religion, education, work or marital status is not filled in."),
    ),
    Fault.RT_UNKNOWN: Words(
        _("No RT recorded"),
        _("Only the village or RW is recorded, not the RT in which the person lives."),
    ),
    Fault.PHONE_SHARED: Words(
        _("One phone for many families"),
        _("Five families or more have this phone number. Messages may go astray."),
    ),
}
SEVERITIES: dict[Severity, tuple[Promise, str]] = {
    Severity.ERROR: (_("error"), "late"),
    Severity.DOUBT: (_("worth a look"), "wait"),
}
