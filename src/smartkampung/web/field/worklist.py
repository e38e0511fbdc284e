"""What colleagues have to do about field work, for the list of kinds of work.

The same words for both doors: whoever sees it wait learns nothing of health.
"""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission

# How kind and page end, and who looks.
LOOKS = (
    ("", Permission.FIELD_REVIEW),
    ("_health", Permission.ISOLATION_HEALTH_VIEW),
)
# How the kind begins, its page, and its words.
WORK = (
    ("review", "review", _("Look at field work that was not taken by itself")),
    ("ended", "phone", _("Look at what a phone sent after it was signed off")),
)
