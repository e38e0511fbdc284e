"""The three faces in words; no colour and no drawing speaks alone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.letters.service.rules import Face

FACES: dict[Face, tuple[str, Promise]] = {
    Face.GOOD: ("good", _("Good")),
    Face.FAIR: ("fair", _("So-so")),
    Face.BAD: ("bad", _("Not good")),
}
