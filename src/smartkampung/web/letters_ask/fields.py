"""Fields that read kindly what people write on a form for a letter."""

from typing import Any

from django import forms

from smartkampung.web.report.fields import DayField

LONGEST_AMOUNT = 40
NOISE = str.maketrans("", "", " .,\u00a0")


class WordsField(forms.CharField):
    """Words that the catalogue judges; ``asked`` says that they are wanted."""

    asked = False


class AmountField(WordsField):
    """A number or an amount; points between thousands and "Rp" are no error."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "short"})
        super().__init__(max_length=LONGEST_AMOUNT, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        """Return the digits; what is none is left for the catalogue to refuse."""
        text = str(super().to_python(value) or "").strip()
        # Rp1.500.000,00: nobody means hundredths of a rupiah.
        text = text.removesuffix(",00").removesuffix(",-")
        return text.translate(NOISE).lower().removeprefix("rp")


class MaybeDayField(DayField):
    """A day in three boxes, which may be left empty where it is not required."""

    def clean(self, value: Any) -> Any:
        """Return the day, or nothing."""
        if not self.required and not any(
            str(part or "").strip() for part in value or []
        ):
            return None
        return super().clean(value)


class PhotoField(forms.FileField):
    """A photo; ``asked`` says that it is wanted, although a browser may send none."""

    asked = False


class PeopleBoxes(forms.CheckboxSelectMultiple):
    """Boxes to tick, several of them; a draft carries them as one text."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return what is ticked, of a form or of a draft."""
        if hasattr(data, "getlist"):
            return super().value_from_datadict(data, files, name)
        return [one for one in str(data.get(name, "")).split(",") if one]
