"""What an officer says about a file, and how they decide a contradiction."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.imports.words import FORMATS

Choices = list[tuple[str, Any]]
ACCEPTED = ".xlsx,.xlsm,.csv,.zip"
KINDS = (
    Format.OPENSID,
    Format.OPENDK,
    Format.PEOPLE,
    Format.DECILE,
    Format.RECIPIENTS,
)


class UploadForm(forms.Form):
    """A file, what it is, and for which village."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A workbook (.xlsx, .xlsm), a .csv or OpenDK's .zip, up to 200 MB."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose the file again."),
        },
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(kind.value, FORMATS[kind]) for kind in KINDS],
        initial=Format.OPENSID.value,
        widget=forms.RadioSelect,
    )
    village = forms.ChoiceField(label=_("For which village?"))
    source = forms.CharField(
        label=_("Name of the list"),
        required=False,
        max_length=60,
        help_text=_("For welfare lists and recipients, such as DTSEN October 2026."),
    )
    as_of = forms.DateField(
        label=_("Date of the list"),
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
    )
    programme = forms.ChoiceField(
        label=_("Our programme"),
        required=False,
        help_text=_("For recipients, when the workbook calls it by another name."),
    )

    def __init__(
        self, *args: Any, villages: Choices, programmes: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["village"]).choices = villages
        cast(forms.ChoiceField, self.fields["programme"]).choices = [
            ("", _("As the workbook says")),
            *programmes,
        ]

    def options(self) -> dict[str, str]:
        """Return what was said beside the file."""
        data = self.cleaned_data
        as_of = data["as_of"]
        said = {
            "source": data["source"],
            "programme": data["programme"],
            "as_of": as_of.isoformat() if as_of else "",
        }
        return {name: value for name, value in said.items() if value}


class DecisionForm(forms.Form):
    """What is true, and how that is known."""

    decision = forms.ChoiceField(label=_("What is true?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("How do you know?"),
        max_length=300,
        help_text=_("For example: the family card was shown at the village office."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, decisions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["decision"]).choices = decisions
