"""Words of confirmations, for pages and papers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.confirmation.rules import Answer

ANSWERS: dict[Answer, Promise] = {
    Answer.FULL: _("Yes, we received all of this"),
    Answer.LESS: _("We received less than this"),
    Answer.NOTHING: _("We received nothing"),
    Answer.RIGHT: _("Yes, that is right"),
    Answer.WRONG: _("No, that is not what happened"),
}
