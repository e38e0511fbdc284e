"""A page asked as of a past day: ``?on=2026-03-01``."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import today
from smartkampung.web.life.fields import DayField


class DayForm(forms.Form):
    """The day that one wants to see."""

    on = DayField(label=_("As of"))

    def clean_on(self) -> Any:
        """Refuse days to come: nobody knows them."""
        on = self.cleaned_data["on"]
        if on > today():
            raise forms.ValidationError(
                _("This day is still to come. Type today or a day before.")
            )
        return on


@dataclass(frozen=True)
class Asked:
    """The day that a page shows, and the form to ask for another one."""

    on: date
    form: DayForm

    @property
    def past(self) -> bool:
        """Say whether the page shows the past."""
        return self.on < today()


def asked_day(request: HttpRequest) -> Asked:
    """Return the day in the address; today where none, or no day, stands there."""
    if "on" not in request.GET:
        return Asked(today(), DayForm(initial={"on": today()}))
    form = DayForm(request.GET)
    return Asked(form.cleaned_data["on"] if form.is_valid() else today(), form)
