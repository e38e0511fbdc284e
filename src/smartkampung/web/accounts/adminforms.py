"""Forms by which administrators give accounts and offices."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.queries.places import MOST, places_for
from smartkampung.accounts.roles import Role
from smartkampung.web.report.fields import NumberField, kk_field

ROLES = [("", "—"), *((role.value, label) for role, label in ROLE_LABELS.items())]
USERNAME = RegexValidator(
    r"^[A-Za-z][A-Za-z0-9._-]*$",
    _("Begin with a letter; use letters, digits, dots and hyphens, without spaces."),
)


def family_card_field() -> NumberField:
    """Ask for the family card of a new account, by which kin are known."""
    return kk_field(
        label=_("Family card number (No. KK)"),
        required=False,
        help_text=_(
            "So that nobody checks or decides for their own family. Only a fingerprint "
            "of it is kept."
        ),
    )


class DayInput(forms.DateInput):
    """The calendar of the browser, which wants days the international way."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "short"})


class OfficeForm(forms.Form):
    """A role, a place that is searched for without scripts, and from when to when."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    search = forms.CharField(
        label=_("Find the place"),
        required=False,
        max_length=60,
        help_text=_(
            "Type the name of the village, kecamatan or Puskesmas and press Find. For"
            " an RT or RW type the name of its village."
        ),
    )
    place = forms.ChoiceField(
        label=_("Place"), choices=[], widget=forms.RadioSelect, required=False
    )
    since = forms.DateField(label=_("First day"), widget=DayInput)
    until = forms.DateField(
        label=_("Last day"),
        widget=DayInput,
        required=False,
        help_text=_("Empty: until it is taken back."),
    )

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today
        self.found, self.searched = self._found(actor)
        if self.found:
            place = cast(forms.ChoiceField, self.fields["place"])
            place.choices = self.found
        else:
            del self.fields["place"]

    @property
    def wants_search(self) -> bool:
        """Say whether the person pressed Find and not the last button."""
        return "find" in self.data

    def clean_until(self) -> date | None:
        """Turn the last day into the day on which the office is over."""
        last: date | None = self.cleaned_data["until"]
        return last + timedelta(days=1) if last else None

    def clean(self) -> dict[str, Any]:
        """Ask for a place in words that say how to get one."""
        cleaned = super().clean() or {}
        if not cleaned.get("place"):
            where = "place" if "place" in self.fields else "search"
            self.add_error(where, _("Find the place and choose it from the list."))
        return cleaned

    def _found(self, actor: Actor) -> tuple[list[tuple[str, str]], bool]:
        role, text = self.data.get("role", ""), self.data.get("search", "").strip()
        if role not in set(Role) or not text:
            return [], False
        found = places_for(actor, role=Role(role), text=text[:MOST])
        return [(choice.value, choice.label) for choice in found], True


class InviteForm(OfficeForm):
    """A new account with its first office."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    username = forms.CharField(
        label=_("Username"),
        max_length=60,
        min_length=3,
        validators=[USERNAME],
        help_text=_(
            "For signing in: short, without spaces, for instance sari.wulandari."
        ),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The invitation goes there. Empty: you print it and hand it over."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    kk = family_card_field()
    field_order = ["full_name", "username", "email", "language", "kk"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = "id"


class ReasonForm(forms.Form):
    """Why something is taken away; it stays in the records."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One sentence that somebody understands a year from now."),
    )


class PasswordForm(forms.Form):
    """A first password, twice."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A sentence you can remember is best."),
        strip=False,
    )
    again = forms.CharField(
        label=_("Password, once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff

    def clean_password(self) -> str:
        """Refuse what is easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.staff)
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("again")
        if first and second and first != second:
            self.add_error("again", _("The two passwords differ. Type it once more."))
        return cleaned
