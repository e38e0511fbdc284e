"""The form of a proxy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.proxies.rules import Relation, Told, Wish
from smartkampung.aid.proxies.words import RELATIONS, WISHES
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.free_text import no_card_number
from smartkampung.web.report.fields import nik_field


class ProxyForm(OnceForm):
    """Who may collect for a person, and how long."""

    name = forms.CharField(
        label=_("Name of the proxy"),
        max_length=100,
        validators=[no_card_number],
        error_messages={"required": _("Write the name as on the KTP.")},
    )
    nik = nik_field(
        label=_("NIK of the proxy"),
        help_text=_("16 digits, on the KTP. It is kept sealed."),
    )
    relation = forms.ChoiceField(
        label=_("What are they to the recipient?"),
        choices=[(key.value, words) for key, words in RELATIONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they are to the recipient.")},
    )
    wish = forms.ChoiceField(
        label=_("Who names the proxy?"),
        choices=[(key.value, words) for key, words in WISHES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who names the proxy.")},
    )
    reason = forms.CharField(
        label=_("Why the recipient cannot come"),
        required=False,
        max_length=300,
        validators=[no_card_number],
        help_text=_("Needed when the head of the family names the proxy."),
    )
    since = day_field(_("First day"))
    until = day_field(_("Last day"), help_text=_("A year later at most."))

    def told(self) -> Told:
        """Return what was written down."""
        data = self.cleaned_data
        return Told(
            name=data["name"],
            relation=Relation(data["relation"]),
            wish=Wish(data["wish"]),
            reason=data["reason"],
            since=data["since"],
            until=data["until"],
        )
