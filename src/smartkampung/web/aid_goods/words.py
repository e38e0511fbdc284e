"""Words of warehouses."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.goods.rules import Cause, CountFault, Kind

WHAT: dict[Kind, Promise] = {
    Kind.RECEIVED: _("Supplied goods came in"),
    Kind.SENT: _("Goods were sent to another warehouse"),
    Kind.SPOILED: _("Goods spoiled"),
}
GOODS: dict[str, Promise] = {
    "FOOD_PACK": _("Food packs"),
    "NUTRITION_PACK": _("Nutrition packs"),
}
MOVED: dict[str, Promise] = {
    "goods.received": _("supplied"),
    "goods.sent": _("sent"),
    "goods.arrived": _("arrived"),
    "goods.spoiled": _("spoiled"),
    "goods.adjusted": _("counted"),
    "goods.given": _("handed over"),
}
CAUSES: dict[Cause, Promise] = {
    Cause.SPOILED: _("Fewer: spoiled"),
    Cause.MISSING: _("Fewer: missing"),
    Cause.FOUND: _("More: found"),
}
COUNTS: dict[str, tuple[Promise, str]] = {
    "agrees": (_("agrees with the books"), "ok"),
    "waiting": (_("waits for a second person"), "wait"),
    "booked": (_("booked"), "info"),
    "refused": (_("refused"), "off"),
}
COUNT_FAULTS: dict[CountFault, tuple[str, Promise]] = {
    CountFault.CAUSE_DOES_NOT_FIT: (
        "cause",
        _("The shelf and the books differ. Choose why: fewer, or more."),
    ),
    CountFault.REASON_MISSING: ("reason", _("Write how the difference came about.")),
}
