"""Form fields that say what to do when something is wrong."""

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.public_words import BORN_IN_FUTURE
from smartkampung.kernel.clock import today
from smartkampung.residents.rules import Misshapen, read_kk, read_nik, read_phone
from smartkampung.residents.words import kk_problem, nik_problem, phone_problem

OLDEST = 130
FOUR_DIGITS = 1000
LONGEST_NUMBER = 60
BOXES = {"day": 2, "month": 10, "year": 4}  # of a date, and what each holds


class NumberField(forms.CharField):
    """A number on a card, read kindly: spaces, dots and invisible marks are no error."""

    def __init__(
        self,
        *,
        read: Callable[[str], str],
        words: Callable[[Misshapen], str],
        **options: Any,
    ) -> None:
        self.read, self.words = read, words
        options.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        )
        super().__init__(max_length=LONGEST_NUMBER, **options)

    def clean(self, value: Any) -> str:
        """Return the digits, or say what is wrong with them."""
        text = str(value or "")[: LONGEST_NUMBER + 1]
        if not self.required and not text.strip():
            return ""
        try:
            return self.read(text)
        except Misshapen as problem:
            raise ValidationError(self.words(problem), code=problem.problem) from None


def nik_field(**options: Any) -> NumberField:
    """Return a field for a NIK."""
    return NumberField(read=read_nik, words=nik_problem, **options)


def kk_field(**options: Any) -> NumberField:
    """Return a field for a family-card number."""
    return NumberField(read=read_kk, words=kk_problem, **options)


def phone_field(**options: Any) -> NumberField:
    """Return a field for a telephone number."""
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    options = {"widget": widget, **options}
    return NumberField(read=read_phone, words=phone_problem, **options)


class DateParts(forms.MultiWidget):
    """Day, month and year as three short boxes, which needs no script and no guess."""

    template_name = "report/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput(
                attrs={"inputmode": "numeric", "class": "tiny", "maxlength": length}
            )
            for name, length in BOXES.items()
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Split a date into its boxes."""
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Give each box its word."""
        context = super().get_context(name, value, attrs)
        labels = (_("Day"), _("Month"), _("Year"))
        for box, label in zip(context["widget"]["subwidgets"], labels, strict=True):
            box["label"] = label
        return context


class DayField(forms.Field):
    """A day in three boxes."""

    widget = DateParts
    not_digits = _("Type day, month and year in digits, such as 17 8 1990.")

    def clean(self, value: Any) -> date:
        """Return the date, or say which box to mend."""
        day, month, year = (_whole(part) for part in (value or [None] * 3))
        if day is None or month is None or year is None:
            raise ValidationError(str(self.not_digits), code="not_digits")
        if not 1 <= month <= 12:
            raise ValidationError(_("The month must be 1 to 12."), code="month")
        if not 1 <= day <= 31:
            raise ValidationError(_("The day must be 1 to 31."), code="day")
        typed = _date(year, month, day)
        self.judge(typed)
        return typed

    def judge(self, typed: date) -> None:
        """Refuse a day that exists and cannot be meant."""


class BirthDateField(DayField):
    """A day in the past on which somebody may have been born."""

    def judge(self, typed: date) -> None:
        """Refuse a birth that nobody living had."""
        now = today()
        if typed.year < now.year - OLDEST:
            raise ValidationError(
                _("The year %(year)s is too long ago. Check the year."),
                code="too_old",
                params={"year": typed.year},
            )
        if typed > now:
            raise ValidationError(BORN_IN_FUTURE, code="future")


def _date(year: int, month: int, day: int) -> date:
    if year < FOUR_DIGITS:
        raise ValidationError(
            _("Type the year in four digits, such as 1990."), code="year"
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(
            _("That day does not exist in that month. Check day and month."),
            code="no_such_day",
        ) from None


def _whole(part: Any) -> int | None:
    text = "".join(
        letter
        for letter in str(part or "")
        if unicodedata.category(letter) not in {"Cf", "Zs"}
    )
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
