"""Work of isolation: looking after people, and their houses."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.web.aid_staff.kinds.kind import Kind

KINDS: dict[str, Kind] = {
    # One name for the ill and the missed: whoever sees it wait learns nothing of health.
    "isolation.see": Kind(
        _("See somebody in isolation"),
        Permission.MONITORING_RECORD,
        "isolation_monitoring:alert",
    ),
    "isolation.visit_again": Kind(
        _("Visit somebody in isolation once more"),
        Permission.ISOLATION_SUPERVISE,
        "isolation_arrival:visit",
    ),
    "isolation.look_for": Kind(
        _("Look for somebody in isolation"),
        Permission.ESCALATION_ANSWER,
        "isolation_monitoring:alert",
    ),
    "isolation.decide_exit": Kind(
        _("Decide about the end of an isolation"),
        Permission.RELEASE_DECIDE,
        "isolation_monitoring:alert",
    ),
    "isolation.inspect_house": Kind(
        _("Inspect an isolation house"),
        Permission.HOUSE_INSPECT,
        "isolation_houses:inspect",
    ),
    "isolation.relocate": Kind(
        _("Find another house for people who lost their beds"),
        Permission.ARRIVAL_RECORD,
        "isolation_houses:move",
    ),
    "isolation.mend_house": Kind(
        _("Mend an isolation house"),
        Permission.HOUSE_MANAGE,
        "isolation_houses:house",
    ),
    "isolation.referred": Kind(
        _("Follow somebody to the hospital"),
        Permission.MONITORING_RECORD,
        "isolation_arrival:referral",
    ),
    "isolation.expected": Kind(
        _("Expect people who come to isolate"),
        Permission.ARRIVAL_AWAIT,
        "isolation_arrival:party",
    ),
}
