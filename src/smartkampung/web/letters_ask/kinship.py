"""What shows that who asks is of the family of somebody who died."""

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.letters.catalogue.rules.kinds import Both, Requirement
from smartkampung.letters.requests.words import KINSHIP, KINSHIP_PHOTO
from smartkampung.web.free_text import no_card_number
from smartkampung.web.letters_ask.parts import Clean, PaperPart, Part

SHORTEST, LONGEST = 5, 200
_WRITE = _("Write which paper you saw, and what it shows.")


class KinshipPart(Part):
    """Which paper was seen, and what it shows."""

    step = KINSHIP
    term = title = _("What shows the kinship")

    def fields(self) -> dict[str, forms.Field]:
        """Ask for some words."""
        return {
            KINSHIP: forms.CharField(
                label=self.term,
                min_length=SHORTEST,
                max_length=LONGEST,
                validators=[no_card_number],
                help_text=_(
                    "The paper that you saw and what it says, such as: birth"
                    " certificate of 12 May 1987, son of the deceased. The village"
                    " office reads it before it checks the letter."
                ),
                error_messages={
                    "required": _WRITE,
                    "min_length": _WRITE,
                    "max_length": _("At most 200 letters. You typed %(show_value)d."),
                },
            )
        }

    def said(self, clean: Clean) -> str:
        """Return the words."""
        return str(clean[KINSHIP])


def kinship_photo(lang: str, *, needed: bool) -> PaperPart:
    """Return the question for a photo of that paper; who is not at the office needs it."""
    words = str(KINSHIP_PHOTO)
    paper = Requirement(KINSHIP, Both(words, words), upload=True, required=needed)
    return PaperPart(paper, lang, needed=needed, on_sheet=True)
