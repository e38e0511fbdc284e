"""Words of cards, for pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.cards.rules import End

ENDS: dict[End, Promise] = {
    End.LOST: _("Lost"),
    End.DAMAGED: _("Damaged"),
    End.TAKEN: _("Somebody else has it"),
    End.WITHDRAWN: _("Handed back"),
}
