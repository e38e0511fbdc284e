"""Words of complaints, for pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.complaints.rules import Kind

KINDS: dict[Kind, Promise] = {
    Kind.SHARE_TAKEN: _("A share of the aid was taken"),
    Kind.FEE_ASKED: _("Money was asked for, before or afterwards"),
    Kind.GOODS_MISSING: _("Goods were missing or spoiled"),
    Kind.OTHER: _("Something else"),
}
