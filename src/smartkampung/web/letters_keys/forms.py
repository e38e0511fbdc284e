"""What officers type about their certificate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.letters.signing.queries.offices import SigningOffice
from smartkampung.letters.signing.rules.levels import PortName
from smartkampung.web.report.fields import nik_field

NIP_DIGITS = 18
SECRET = {"autocomplete": "new-password", "spellcheck": "false"}


KEEPERS = [
    (PortName.LOCAL, _("Here, locked by a passphrase that you choose")),
    (PortName.BSRE, _("At the national certificate service (BSrE)")),
]


class AskForm(forms.Form):
    """In which office somebody asks, and who is to keep the key."""

    office = forms.ChoiceField(
        label=_("Signs as"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the office in which you sign."),
            "invalid_choice": _("Choose the office in which you sign."),
        },
    )

    keeper = forms.ChoiceField(
        label=_("Where your key lies"),
        choices=KEEPERS,
        initial=PortName.LOCAL,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose where your key lies."),
            "invalid_choice": _("Choose where your key lies."),
        },
    )
    nik = nik_field(
        label=_("Your NIK"),
        required=False,
        help_text=_(
            "Only for the national service, which knows you by it. It is kept sealed."
        ),
    )

    nip = forms.CharField(
        label=_("NIP, if you are a civil servant"),
        required=False,
        max_length=30,
        help_text=_(
            "18 digits. It is printed under your name when the kecamatan signs a letter."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(
        self, offices: list[SigningOffice], *args: Any, remote: bool, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        if not remote:
            del self.fields["keeper"], self.fields["nik"]
        self.offices = {f"{one.title}|{one.region_code}": one for one in offices}
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, f"{one.title}, {one.place}") for key, one in self.offices.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the NIK where the service needs it; forget it elsewhere."""
        told = super().clean() or {}
        if told.get("keeper") != PortName.BSRE:
            told["nik"] = ""
        elif not told.get("nik") and "nik" not in self.errors:
            self.add_error("nik", _("Type the NIK by which the service knows you."))
        return told

    def clean_nip(self) -> str:
        """Take a number with or without spaces; refuse one that is not whole."""
        nip = "".join(str(self.cleaned_data["nip"]).split())
        if nip and not (nip.isascii() and nip.isdigit() and len(nip) == NIP_DIGITS):
            raise forms.ValidationError(
                _("A NIP has 18 digits; %(typed)d signs were typed.")
                % {"typed": len(nip)}
            )
        return nip

    @property
    def port(self) -> PortName:
        """Return who is to keep the key."""
        return PortName(self.cleaned_data.get("keeper") or PortName.LOCAL)

    @property
    def chosen(self) -> SigningOffice:
        """Return the office that was chosen."""
        return self.offices[self.cleaned_data["office"]]


class MakeForm(forms.Form):
    """A passphrase, twice; nothing where the key lies elsewhere."""

    passphrase = forms.CharField(
        label=_("Passphrase"),
        max_length=200,
        strip=False,
        help_text=_(
            "Some words in a row that only you know, at least 10 signs. It is kept"
            " nowhere: who forgets it asks for a new certificate."
        ),
        widget=forms.PasswordInput(attrs=SECRET),
        error_messages={"required": _("Type a passphrase.")},
    )
    again = forms.CharField(
        label=_("The passphrase again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs=SECRET),
        error_messages={"required": _("Type the passphrase a second time.")},
    )

    def __init__(self, *args: Any, remote: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if remote:
            self.fields.clear()

    def clean(self) -> dict[str, Any]:
        """Notice a slip of the hand."""
        told = super().clean() or {}
        if {"passphrase", "again"} <= set(told) and told["passphrase"] != told["again"]:
            self.add_error("again", _("The two passphrases differ. Type both again."))
        return told


class RevokeForm(forms.Form):
    """Why a certificate ends."""

    reason = forms.CharField(
        label=_("Why it ends"),
        max_length=200,
        min_length=5,
        help_text=_("Such as: passphrase forgotten, or somebody else knows it."),
        error_messages={
            "required": _("Write why the certificate ends."),
            "min_length": _("Write in some words why the certificate ends."),
        },
    )
