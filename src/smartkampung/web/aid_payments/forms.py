"""Forms of payments: shape only, decisions are the domain's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.payments.rules.accounts import BANKS
from smartkampung.web.aid_payments.words import CHANNELS
from smartkampung.web.aid_staff.forms import OnceForm
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.free_text import no_card_number


class BatchForm(forms.Form):
    """A new batch of payments."""

    programme = forms.ChoiceField(label=_("Programme"))
    region_code = forms.ChoiceField(label=_("Area"))
    channel = forms.ChoiceField(
        label=_("Paid by"),
        choices=list(CHANNELS.items()),
        widget=forms.RadioSelect,
        help_text=_(
            "The bank pays who has a confirmed account, the post office everybody else."
        ),
    )
    pay_on = day_field(_("Day of payment"))

    def __init__(self, *args: Any, programmes: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("programme", programmes), ("region_code", areas)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("Choose")), *choices]


class TotalsForm(forms.Form):
    """The control totals that an approver saw."""

    count = forms.IntegerField(min_value=0, max_value=10**6)
    total = forms.IntegerField(min_value=0, max_value=10**15)


class AnswerForm(forms.Form):
    """A file of bank or post office."""

    file = forms.FileField(
        label=_("File with the answer"),
        help_text=_(
            "From the bank pain.002 (XML, up to 64 MB), from the post office its result"
            " (CSV)."
        ),
        error_messages={
            "required": _("Choose the file that bank or post office gave you."),
            "empty": _("This file is empty. Fetch it again."),
        },
    )


class SettleForm(forms.Form):
    """What was found out about a payment."""

    text = forms.CharField(
        label=_("What was found out"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_card_number],
    )


class AccountForm(OnceForm):
    """A person's account."""

    bank = forms.ChoiceField(
        label=_("Bank"), choices=[("", _("Choose")), *BANKS.items()]
    )
    number = forms.CharField(
        label=_("Account number"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Copy it from the passbook. It is kept sealed."),
    )
    holder = forms.CharField(label=_("Name of the account holder"), max_length=70)


class ConfirmForm(forms.Form):
    """The number once more, by the second person."""

    number = forms.CharField(
        label=_("Account number, once more"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Type it from the passbook yourself. No page shows it."),
    )


class ListForm(forms.Form):
    """A list of accounts."""

    file = forms.FileField(
        label=_("List of accounts"),
        help_text=_(
            "A workbook (.xlsx) or a .csv with the columns nik, bank, number, holder."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv"}),
        error_messages={
            "required": _("Choose the list that the bank gave you."),
            "empty": _("This file is empty. Fetch it again."),
        },
    )


class RecallForm(forms.Form):
    """Why a payment is called back."""

    reason = forms.CharField(
        label=_("Why is it called back?"),
        max_length=200,
        validators=[no_card_number],
        help_text=_("The bank reads this. No names."),
        error_messages={"required": _("Say why it is called back.")},
    )


class RecallAnswerForm(forms.Form):
    """What bank or post office answered to what was called back."""

    recall_answer = forms.FileField(
        label=_("Answer about what was called back"),
        help_text=_(
            "From the bank camt.029 (XML) or its list (CSV), from the post office CSV."
        ),
        error_messages={
            "required": _("Choose the file that bank or post office gave you."),
            "empty": _("This file is empty. Fetch it again."),
        },
    )
