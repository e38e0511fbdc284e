"""Words of the pages for auditors."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WAYS: dict[str, Promise] = {
    "handover": _("handed over"),
    "payment": _("paid"),
}
CHANNELS: dict[str, Promise] = {
    "web": _("the web page"),
    "api": _("another program"),
    "assisted": _("with help of the village"),
}
PROOFS: dict[str, Promise] = {
    "none": _("none needed"),
    "one_time_code": _("one-time code of the recipient"),
    "signature": _("signature and photo"),
}
OUTCOMES_OF_OBJECTIONS: dict[str, Promise] = {
    "": _("Waiting for an answer"),
    "upheld": _("The objection is right"),
    "dismissed": _("The refusal stands"),
}
