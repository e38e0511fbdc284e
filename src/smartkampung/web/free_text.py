"""What no box for free text takes: numbers that have a sealed place of their own."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.rules import holds_number
from smartkampung.residents.words import NUMBER_IN_TEXT


def has_a_letter(text: str) -> None:
    """Refuse a name without any letter."""
    if not any(sign.isalpha() for sign in text):
        raise ValidationError(_("Type the name in letters."), code="no_letter")


def no_card_number(text: str) -> None:
    """Refuse a text with a NIK or card number: it would be kept and shown in clear."""
    if holds_number(text):
        raise ValidationError(NUMBER_IN_TEXT, code="card_number")
