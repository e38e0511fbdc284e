"""Which events an auditor asks for."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.assurance.queries.changes import Asked
from smartkampung.aid.queries.programmes import programme_names
from smartkampung.web.aid_audit.words import OBJECTS
from smartkampung.web.aid_staff.termforms import day_field


class ChangesForm(forms.Form):
    """All is optional; what is given must hold together."""

    by = forms.CharField(label=_("User name"), max_length=150, required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    kind = forms.ChoiceField(label=_("Object"), required=False)
    target = forms.CharField(
        label=_("Number of the object"), max_length=60, required=False
    )
    since = day_field(_("From day"), required=False)
    until = day_field(_("Until day"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        every = ("", _("All"))
        for name, choices in (
            ("programme", programme_names()),
            ("kind", OBJECTS.items()),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = [every, *choices]

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not come before the first."))
        return told

    def asked(self, **page: Any) -> Asked:
        """Return what a valid form asks for, on one page of it."""
        told = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(**told, **page)
