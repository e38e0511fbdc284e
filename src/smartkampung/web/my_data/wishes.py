"""Forms by which a family asks for a correction."""

import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.corrections.words import BARS, LABELS
from smartkampung.residents.queries import Person
from smartkampung.residents.rules.corrections import (
    CODED,
    NEEDS_EVIDENCE,
    SEALED,
    Bar,
    Field,
    codes_of,
)
from smartkampung.residents.siak import term
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.people.words import SEX

# Who is what in the family changes with the card, at the village office.
CORRECTABLE = [field for field in Field if field is not Field.RELATION]
MUST_CHOOSE = _("Choose one of the list.")
PHOTO_ERRORS: dict[str, Any] = {
    "required": BARS[Bar.EVIDENCE_MISSING],
    "empty": _("That file is empty. Choose another photo."),
    "invalid": _("Choose the photo again."),
    "missing": _("Choose the photo again."),
}


class ChooseForm(forms.Form):
    """Whose record, and what in it."""

    person = forms.TypedChoiceField(
        label=_("Whose record?"),
        coerce=int,
        error_messages={"required": MUST_CHOOSE, "invalid_choice": MUST_CHOOSE},
    )
    field = forms.TypedChoiceField(
        label=_("What is wrong?"),
        coerce=Field,
        choices=[(field.value, LABELS[field]) for field in CORRECTABLE],
        error_messages={"required": MUST_CHOOSE, "invalid_choice": MUST_CHOOSE},
    )

    def __init__(self, *args: Any, members: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ChoiceField, self.fields["person"])
        choice.choices = [(member.pk, member.name) for member in members]


class WishForm(OnceForm):
    """What it should say, how one knows, and a photo of a document."""

    wanted = forms.CharField(
        max_length=200,
        error_messages={"required": _("Type what the record should say.")},
    )
    explanation = forms.CharField(
        label=_("How do you know?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: it stands so on the birth certificate."),
        error_messages={
            "required": _(
                "Write in at least 10 letters what is wrong and how you know."
            ),
            "max_length": _("At most 500 letters. You typed %(show_value)d."),
        },
    )
    photo = forms.FileField(
        label=_("Photo of a document"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_(
            "KTP, family card or certificate. JPEG, PNG or WebP, at most 10 MB."
        ),
        error_messages=PHOTO_ERRORS,
    )
    field_order = ("form_id", "wanted", "explanation", "photo")

    def __init__(self, *args: Any, field: Field, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        choices = _choices(field)
        if choices:
            self.fields["wanted"] = forms.ChoiceField(
                choices=choices,
                error_messages={"required": MUST_CHOOSE, "invalid_choice": MUST_CHOOSE},
            )
        elif field in SEALED:
            self.fields["wanted"].widget.attrs = {
                "inputmode": "numeric",
                "autocomplete": "off",
            }
        elif field is Field.BORN_ON:
            self.fields["wanted"].help_text = _("Such as 12-04-1985.")
        self.fields["wanted"].label = _("It should say")
        self.fields["photo"].required = field in NEEDS_EVIDENCE
        self.order_fields(self.field_order)


def _choices(field: Field) -> list[tuple[str, Any]]:
    if field is Field.SEX:
        return list(SEX.items())
    if field not in CODED:
        return []
    language = get_language() or "id"
    return [
        (str(code), term(CODED[field], code, language=language))
        for code in codes_of(field)
    ]
