"""The kinds of work on the list: what they are called and where they are done."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission


@dataclass(frozen=True)
class Kind:
    """One kind of work: its words, who does it, and the page where it is done."""

    label: Promise
    permission: Permission
    page: str


KINDS: dict[str, Kind] = {
    "aid.field_check": Kind(
        _("Visit a family"), Permission.FIELD_CHECK, "aid_staff:visit"
    ),
    "aid.decide": Kind(
        _("Decide a claim"), Permission.CLAIM_DECIDE, "aid_staff:decide"
    ),
    "aid.batch": Kind(_("Put into a batch"), Permission.BATCH_PREPARE, "aid_staff:due"),
    "aid.hand_over": Kind(
        _("Hand over aid"), Permission.HANDOVER_RECORD, "aid_staff:hand_over"
    ),
    "aid.answer_objection": Kind(
        _("Answer an objection"), Permission.CLAIM_DECIDE, "aid_staff:objection"
    ),
    "residents.nik_claim": Kind(
        _("Decide who owns a NIK"), Permission.NIK_CLAIM_DECIDE, "people:nik_claim"
    ),
}
PERMISSIONS = sorted({kind.permission for kind in KINDS.values()})


def label_of(kind: str) -> str:
    """Return what a kind of work is called."""
    known = KINDS.get(kind)
    return str(known.label) if known else kind


def url_of(kind: str, target: str) -> str:
    """Return the page where an item is done, or "" while there is none."""
    known = KINDS.get(kind)
    if known is None:
        return ""
    try:
        return reverse(known.page, args=[target.rpartition(":")[2]])
    except NoReverseMatch:
        return ""
