"""Words of proxies, for pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.proxies.rules import Fault, Relation, Wish

RELATIONS: dict[Relation, Promise] = {
    Relation.SAME_CARD: _("Same family card"),
    Relation.RELATIVE: _("Relative on another family card"),
    Relation.NEIGHBOUR: _("Neighbour"),
    Relation.CARER: _("Carer"),
}
WISHES: dict[Wish, Promise] = {
    Wish.RECIPIENT: _("The recipient"),
    Wish.HEAD: _("The head of the family, because the recipient is bedridden"),
}
FAULTS: dict[Fault, tuple[str, Promise]] = {
    Fault.ENDS_BEFORE_IT_BEGINS: ("until", _("The last day is before the first.")),
    Fault.TOO_LONG: ("until", _("A proxy stands for a year at most.")),
    Fault.OVER_ALREADY: ("until", _("The last day has passed already.")),
    Fault.REASON_MISSING: ("reason", _("Write why the recipient cannot come.")),
    Fault.IS_THE_RECIPIENT: (
        "nik",
        _("This is the NIK of the recipient. Write the NIK of the proxy."),
    ),
}
STATES: dict[str, tuple[Promise, str]] = {
    "waiting": (_("Waits for the village head"), "wait"),
    "in_force": (_("In force"), "ok"),
    "refused": (_("Refused"), "late"),
    "ended": (_("Ended"), "off"),
}
