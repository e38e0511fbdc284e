"""What somebody asks who looks for a house."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.houses.search import FARTHEST_DAYS, MOST_PEOPLE, Search
from smartkampung.isolation.houses.words import NEEDS
from smartkampung.isolation.rules.states import Need
from smartkampung.kernel.clock import today
from smartkampung.regions.queries import REMEMBERED_SECONDS
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.places import village_choices


class SearchForm(forms.Form):
    """From which day, how many, near which village, with what."""

    people = forms.IntegerField(
        label=_("How many people?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        required=False,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
        error_messages={"invalid": _("Type a whole number, such as 4.")},
    )
    village = forms.ChoiceField(
        label=_("Near which village?"),
        required=False,
        help_text=_("The nearest house comes first."),
    )
    need = forms.MultipleChoiceField(
        label=_("What must it have?"),
        required=False,
        choices=[(need.value, words) for need, words in NEEDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        since = day_field(_("When do you arrive?"), required=False)
        since.initial = today()
        inside = forms.CharField(
            required=False, max_length=30, widget=forms.HiddenInput
        )
        # "from" and "in", as the address says, are no names in Python.
        self.fields = {"from": since, **self.fields, "in": inside}
        choices = [("", _("Choose a village")), *_villages()]
        cast(forms.ChoiceField, self.fields["village"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for a day that can be booked."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        since = told.get("from")
        last = today() + timedelta(days=FARTHEST_DAYS)
        if since and not today() <= since <= last:
            raise ValidationError(
                {"from": _("Choose a day from today up to 90 days ahead.")}
            )
        return told

    def search(self) -> Search:
        """Return what is asked; unanswered questions have an answer that fits most."""
        told = self.cleaned_data if self.is_bound else {}
        return Search(
            since=told.get("from") or today(),
            people=told.get("people") or 1,
            near=told.get("village") or "",
            needs=frozenset(Need(need) for need in told.get("need") or ()),
            inside=told.get("in") or "",
        )


def asked_of(request: HttpRequest) -> QueryDict | None:
    """Return what an address asks; who names no day comes today."""
    if not request.GET:
        return None
    asked = request.GET.copy()
    if not asked.get("from"):
        asked["from"] = today().isoformat()
    return asked


def _villages() -> list[Any]:
    known: list[Any] | None = caches["local"].get("village-choices")
    if known is None:
        known = village_choices()
        caches["local"].set("village-choices", known, REMEMBERED_SECONDS)
    return known
