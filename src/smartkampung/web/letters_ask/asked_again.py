"""What an office asks for in its own words: a photo of it, and a line of answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.letters.catalogue.rules.kinds import Both, Kind, Requirement
from smartkampung.letters.requests.words import (
    ASKED_FOR,
    ASKED_PHOTO,
    KINSHIP,
    KINSHIP_PHOTO,
)
from smartkampung.web.free_text import no_card_number
from smartkampung.web.letters_ask.parts import Clean, PaperPart, Part

LONGEST_ANSWER = 300


class AnswerPart(Part):
    """One line in which a family answers what the office wrote."""

    step = "answer"
    term = title = _("Your answer to the office")

    def fields(self) -> dict[str, forms.Field]:
        """Ask for some words; none are needed."""
        return {
            "answer": forms.CharField(
                label=self.term,
                required=False,
                max_length=LONGEST_ANSWER,
                validators=[no_card_number],
                error_messages={
                    "max_length": _("At most 300 letters. You typed %(show_value)d.")
                },
            )
        }

    def said(self, clean: Clean) -> str | Promise:
        """Return the words."""
        return str(clean.get("answer", ""))


def asked_photo(lang: str) -> PaperPart:
    """Return the question for a photo that the office asked for in words."""
    words = str(ASKED_PHOTO)
    paper = Requirement(ASKED_FOR, Both(words, words), upload=True, required=False)
    return PaperPart(paper, lang, needed=False, on_sheet=True)


def photos_named(
    files: Iterable[Any], kind: Kind | None, lang: str
) -> list[dict[str, Any]]:
    """Return the photos of a request with what each of them shows."""
    papers = kind.requirements if kind else ()
    known = {one.code: one.words.of(lang) for one in papers}
    words: dict[str, str | Promise] = {
        **known,
        ASKED_FOR: ASKED_PHOTO,
        KINSHIP: KINSHIP_PHOTO,
    }
    return [
        {"pk": one.pk, "name": words.get(one.requirement, one.requirement)}
        for one in files
    ]
