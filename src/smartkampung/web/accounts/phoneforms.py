"""Forms of an officer's own phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.web.report.fields import phone_field
from smartkampung.web.tracking.forms import PhoneCodeForm


class OwnNumberForm(forms.Form):
    """A number that is to become mine."""

    number = phone_field(label=_("Number of my phone"))


class OwnNumberProof(PhoneCodeForm):
    """The code that came to it."""

    number = phone_field(widget=forms.HiddenInput())
