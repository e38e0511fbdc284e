"""Words of the pages for auditors."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WAYS: dict[str, Promise] = {
    "handover": _("handed over"),
    "payment": _("paid"),
}
