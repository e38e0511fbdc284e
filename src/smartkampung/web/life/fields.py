"""Fields that every form about a life event is made of."""

import uuid
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smartkampung.regions.codes import ancestor
from smartkampung.regions.queries import kecamatan_of, region, villages_of
from smartkampung.residents.queries import Person
from smartkampung.residents.rules import Misshapen, read_kk, read_nik
from smartkampung.residents.siak import CODES, CodeList, term
from smartkampung.residents.words import kk_problem, nik_problem

Choices = list[tuple[str, Any]]
CHOOSE: Choices = [("", _("Choose"))]
DAYS = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d"]
BROKEN = _("This form was broken on the way. Open the page again.")


class DayField(forms.DateField):
    """A day as people here type it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=DAYS,
            widget=forms.DateInput(
                format=DAYS[0], attrs={"class": "short", "autocomplete": "off"}
            ),
            error_messages={
                "required": _("Type the day as 24-11-2026."),
                "invalid": _("Type the day as 24-11-2026."),
            },
            **options,
        )


class NumberField(forms.CharField):
    """A NIK or family-card number, however it is grouped; returned as 16 digits."""

    def __init__(self, *, kk: bool = False, **options: Any) -> None:
        self.kk = kk
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "code"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(max_length=40, widget=widget, **options)

    def clean(self, value: Any) -> str:
        """Return the digits, or nothing where nothing was typed."""
        text = str(super().clean(value))
        if not text.strip():
            return ""
        read, words = (read_kk, kk_problem) if self.kk else (read_nik, nik_problem)
        try:
            return read(text)
        except Misshapen as error:
            raise forms.ValidationError(words(error), code=error.problem) from error


class TextField(forms.CharField):
    """One line of text, without spaces to spare."""

    def clean(self, value: Any) -> str:
        """Return the words with single spaces."""
        return " ".join(str(super().clean(value)).split())


def coded(name: CodeList, *, but: Iterable[int] = ()) -> Choices:
    """Return the codes of a list as choices, in the reader's language."""
    language = get_language() or "id"
    left_out = set(but)
    return [
        (str(code), term(name, code, language=language))
        for code in CODES[name]
        if code not in left_out
    ]


def names(people: Iterable[Person]) -> Choices:
    """Return people as choices, with what they are in the family."""
    language = get_language() or "id"
    return [
        (
            str(one.pk),
            f"{one.name} ({term(CodeList.RELATION, one.relation, language=language)})",
        )
        for one in people
    ]


def set_choices(form: forms.Form, name: str, choices: Choices) -> None:
    """Offer these choices, after an invitation to choose where one may leave it."""
    field = cast(forms.ChoiceField, form.fields[name])
    many = isinstance(field, forms.MultipleChoiceField)
    radio = isinstance(field.widget, forms.RadioSelect)
    field.choices = choices if many or radio else [*CHOOSE, *choices]


def villages(regency: str) -> Choices:
    """Return the villages of a regency, by kecamatan."""
    inside: dict[str, Choices] = {}
    for row in villages_of(regency):
        inside.setdefault(str(row.parent_id), []).append((row.code, row.name))
    return [(row.name, inside.get(row.code, [])) for row in kecamatan_of(regency)]


def own_villages(codes: Iterable[str]) -> Choices:
    """Return the villages in which an officer works."""
    found = (region(ancestor(code, "village")) for code in codes)
    return [(row.code, row.name) for row in found if row is not None]


class EventForm(forms.Form):
    """When it happened, and a note; with an id of its own, so that twice is once."""

    form_id = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": BROKEN, "invalid": BROKEN},
    )
    on = DayField(label=_("When did it happen?"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("For example the number of the certificate. No NIK."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # The date and the note come last, whatever a form asks before.
    last: tuple[str, ...] = ("on", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("form_id", uuid.uuid4())
        super().__init__(*args, **kwargs)
        order = [name for name in self.fields if name not in self.last]
        self.order_fields([*order, *self.last])


class PlaceFields(forms.Form):
    """An RT by the name of its village and its numbers."""

    village = forms.ChoiceField(label=_("Village"), required=False)
    rw = forms.IntegerField(
        label=_("RW"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "tiny", "inputmode": "numeric"}),
        error_messages={"invalid": _("Type the number of the RW, such as 2.")},
    )
    rt = forms.IntegerField(
        label=_("RT"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "tiny", "inputmode": "numeric"}),
        error_messages={"invalid": _("Type the number of the RT, such as 7.")},
    )

    def code(self) -> str:
        """Return the code of the RT, or what there is of it."""
        data = self.cleaned_data
        if not (data.get("village") and data.get("rw") and data.get("rt")):
            return str(data.get("village") or "")
        return f"{data['village']}.{data['rw']:03d}.{data['rt']:03d}"
