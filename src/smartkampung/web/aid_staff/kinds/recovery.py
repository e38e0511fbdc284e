"""Work of recovery: sectors, offers and seats, people hit by the crisis."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.web.aid_staff.kinds.kind import Kind

KINDS: dict[str, Kind] = {
    "economy.alert": Kind(
        _("Look at a sector that fell or is back"),
        Permission.ECONOMY_ENTER,
        "economy:alert",
    ),
    "recovery.open_offer": Kind(
        _("Open an offer that a colleague wrote"),
        Permission.RECOVERY_MANAGE,
        "recovery_staff:offer",
    ),
    "recovery.close_offer": Kind(
        _("Decide whether an offer is closed"),
        Permission.RECOVERY_MANAGE,
        "recovery_staff:closing",
    ),
    "recovery.pay_owed": Kind(
        _("Pay what was earned in a closed offer"),
        Permission.RECOVERY_MANAGE,
        "recovery_staff:offer",
    ),
    "recovery.pay": Kind(
        _("Hand a grant or loan over"),
        Permission.RECOVERY_MANAGE,
        "recovery_staff:seat",
    ),
    "recovery.answer": Kind(
        _("Hear whether somebody takes their place"),
        Permission.RECOVERY_ATTEND,
        "recovery_staff:seat",
    ),
    "recovery.outcome": Kind(
        _("Ask somebody what they earn now"),
        Permission.RECOVERY_ATTEND,
        "recovery_staff:seat",
    ),
    "recovery.arrears": Kind(
        _("Look after a loan that is late"),
        Permission.RECOVERY_REPAY,
        "recovery_staff:loan",
    ),
    "affected.verify": Kind(
        _("Verify somebody hit by the crisis"),
        Permission.AFFECTED_VERIFY,
        "affected_staff:record",
    ),
    "affected.match": Kind(
        _("Say who registered"), Permission.AFFECTED_VERIFY, "affected_staff:match"
    ),
    "affected.recovery": Kind(
        _("Ask somebody who says they recovered, or fell back"),
        Permission.AFFECTED_VERIFY,
        "affected_staff:record",
    ),
    "affected.take_list": Kind(
        _("Decide about the list of an employer"),
        Permission.AFFECTED_IMPORT,
        "affected_staff:list",
    ),
    "affected.follow_up": Kind(
        _("Look at somebody who recovered"),
        Permission.AFFECTED_VERIFY,
        "affected_staff:follow_up",
    ),
}
