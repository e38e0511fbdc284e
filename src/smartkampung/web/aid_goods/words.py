"""Words of warehouses."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.goods.rules import Kind

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
    "goods.given": _("handed over"),
}
