"""The words of the pages of targeting."""

from django.utils.translation import gettext_lazy as _

STATES = {
    "draft": _("draft"),
    "proposed": _("waits for approval"),
    "approved": _("approved"),
    "dropped": _("dropped"),
}
TAGS = {"draft": "info", "proposed": "wait", "approved": "ok", "dropped": "off"}
POPULATIONS = {"affected": _("affected people"), "families": _("families")}
SHARES = {
    "affected": {
        "women": _("Women"),
        "disability": _("People with a disability"),
        "poorest": _("Families in deciles 1 and 2"),
    },
    "families": {
        "women": _("Families headed by a woman"),
        "disability": _("Families with a disability"),
        "poorest": _("Families in deciles 1 and 2"),
    },
}
