"""What a resident types to open, and to decide about, the own data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.actions.access import Pair
from smartkampung.web.report.fields import kk_field, nik_field


class PairForm(forms.Form):
    """The two numbers that stand on the family card."""

    nik = nik_field(label=_("NIK"), help_text=_("16 digits, on the KTP."))
    kk = kk_field(
        label=_("Family card number (No. KK)"),
        help_text=_("16 digits, at the top of the family card."),
    )

    def pair(self) -> Pair:
        """Return the digits that were typed."""
        return Pair(self.cleaned_data["nik"], self.cleaned_data["kk"])
