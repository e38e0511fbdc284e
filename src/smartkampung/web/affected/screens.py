"""What each screen of a registration asks."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.web.affected.review import review_rows
from smartkampung.web.affected.wizard import FORM, PHOTO, Wizard
from smartkampung.web.carried import Carrier
from smartkampung.web.moves import Moves
from smartkampung.web.steps import REVIEW

TITLES: dict[str, Promise] = {
    "kind": _("What happened to your work or business?"),
    "sector": _("In which branch?"),
    "sales": _("How much less do you sell?"),
    "employer": _("Who can say that it is so?"),
    "when": _("When did it happen?"),
    "income": _("What came in before, and what comes in now?"),
    "burden": _("Whom do you look after?"),
    "wishes": _("What can you do, and what would help?"),
    "card": _("Who are you?"),
    "kecamatan": _("In which kecamatan do you live?"),
    "village": _("In which desa or kelurahan?"),
    "rt": _("In which RT?"),
    "phone": _("Where may we send news?"),
    "photo": _("Do you have a photo?"),
    REVIEW: _("Is everything right?"),
}


class _Registration(Moves):
    wizard = Wizard
    carrier = Carrier(form=FORM, start="affected:form", cookie="affected")
    urls = pages = "affected"
    photo = PHOTO

    def title(self, step: str, wizard: Wizard) -> Promise:
        return TITLES[step]

    def rows(self, wizard: Wizard) -> Any:
        return review_rows(wizard)


MOVES = _Registration()
