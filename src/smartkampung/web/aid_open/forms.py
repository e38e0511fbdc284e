"""What an officer types to have a list posted."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.cycles.queries.lists import cycles
from smartkampung.kernel.language import either
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.free_text import no_card_number


class PublicationForm(OnceForm):
    """Of which cycle, by which law, on which days."""

    cycle = forms.ChoiceField(
        label=_("Cycle"), error_messages={"required": _("Choose the cycle.")}
    )
    legal_reference = forms.CharField(
        label=_("The rule that asks for it"),
        max_length=200,
        validators=[no_card_number],
        help_text=_("Law or decree, with number, year and article."),
        error_messages={"required": _("Write which rule has the list posted.")},
    )
    since = day_field(_("First day"))
    last = day_field(
        _("Last day"),
        help_text=_("Only the time of objections: at most 30 days, within the cycle."),
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        known = [
            (
                str(row.pk),
                f"{either(row.programme.name, row.programme.name_en)}, {row.name}",
            )
            for row in cycles()
        ]
        field = cast(forms.ChoiceField, self.fields["cycle"])
        field.choices = [("", _("Choose a cycle")), *known]

    def days(self) -> tuple[date, date]:
        """Return the first day and the day on which the list is gone."""
        given = self.cleaned_data
        return given["since"], given["last"] + timedelta(days=1)
