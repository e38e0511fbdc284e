"""The staff menu. Each area adds a line for its own starting pages, in this order.

An entry shows only to those who hold its permission.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission

MENU: list[tuple[Permission, Promise, str]] = [
    # permission, label, URL name
    (Permission.DESK, _("My work"), "staff_home"),
    (Permission.RESIDENT_FIND, _("Residents"), "people:find"),
    (Permission.REPORT_VIEW, _("Claims"), "aid_staff:claims"),
    (Permission.REPORT_ASSIST, _("Report for somebody"), "report_staff:assist"),
    (Permission.PHASE_MANAGE, _("Reporting rounds"), "report_staff:phases"),
    (Permission.HANDOVER_RECORD, _("Hand-overs"), "aid_staff:batches"),
    (Permission.PROGRAMME_VIEW, _("Programmes"), "aid_staff:programmes"),
    (Permission.SUMMARY_VIEW, _("Summary"), "summary"),
    (Permission.REGION_VIEW, _("Regions"), "regions"),
    (Permission.STAFF_MANAGE, _("Staff accounts"), "accounts"),
    (Permission.JOBS_VIEW, _("Background jobs"), "jobs"),
]
