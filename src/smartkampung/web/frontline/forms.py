"""Forms of the desk: who is given work, who stands in, who follows in an office."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.queries.covers import Colleague
from smartkampung.accounts.rules import LONGEST_COVER
from smartkampung.frontline.offices.rules import LONGEST_AHEAD
from smartkampung.kernel.wording import short_day
from smartkampung.web.accounts.adminforms import USERNAME, DayInput, family_card_field
from smartkampung.web.report.fields import phone_field

SOMEBODY_NEW = "new"
OF_SOMEBODY_NEW = ("full_name", "username", "email", "phone", "kk")


def _choices(people: Iterable[Colleague]) -> list[tuple[str, str]]:
    return [(one.username, f"{one.name} ({one.office})") for one in people]


class ColleagueForm(forms.Form):
    """One colleague of a list."""

    to = forms.ChoiceField(
        label=_("Colleague"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a colleague.")},
    )

    def __init__(self, *args: Any, people: Iterable[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["to"]).choices = _choices(people)


class AwayForm(forms.Form):
    """Who stands in, from which day to which."""

    stand_in = forms.ChoiceField(label=_("Who stands in for you"))
    since = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(
        label=_("Last day"),
        widget=DayInput,
        help_text=_("On the day after, everything is yours again by itself."),
    )

    def __init__(
        self, *args: Any, people: Iterable[Colleague], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *_choices(people)]
        cast(forms.ChoiceField, self.fields["stand_in"]).choices = choices
        self.fields["since"].initial = today
        last = self.fields["last_day"].widget.attrs
        last["max"] = (today + timedelta(days=LONGEST_COVER)).isoformat()

    @property
    def until(self) -> date:
        """Return the first day on which nobody stands in any more."""
        last: date = self.cleaned_data["last_day"]
        return last + timedelta(days=1)


class TermForm(forms.Form):
    """Who follows in an office, and from which day."""

    follower = forms.ChoiceField(label=_("Who follows"))
    full_name = forms.CharField(
        label=_("Name of the new person"), max_length=150, required=False
    )
    username = forms.CharField(
        label=_("Username of the new person"),
        max_length=150,
        required=False,
        validators=[USERNAME],
    )
    email = forms.EmailField(
        label=_("E-mail of the new person"),
        required=False,
        help_text=_("If they have none, give them the link yourself."),
    )
    phone = phone_field(
        label=_("Phone of the new person"),
        required=False,
        help_text=_("To call them. Messages come once they proved it themselves."),
    )
    kk = family_card_field()
    on = forms.DateField(
        label=_("First day of who follows"),
        widget=DayInput,
        help_text=_("On that day the rights of who leaves end by themselves."),
    )
    last_day = forms.DateField(
        label=_("Last day of who follows"), widget=DayInput, required=False
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Colleague],
        today: date,
        may_invite: bool,
        ends: date | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if ends:
            self.fields["last_day"].help_text = _(
                "Only if they begin on %(day)s, when this term ends by itself."
                " Else their term ends when this one would have."
            ) % {"day": short_day(ends)}
        else:
            del self.fields["last_day"]
        choices: list[tuple[str, Any]] = [("", "—"), *_choices(people)]
        if may_invite:
            choices.append((SOMEBODY_NEW, _("Somebody without an account")))
        else:
            for name in OF_SOMEBODY_NEW:
                del self.fields[name]
        cast(forms.ChoiceField, self.fields["follower"]).choices = choices
        self.fields["on"].initial = today
        days = self.fields["on"].widget.attrs
        days |= {"min": f"{today}", "max": f"{today + LONGEST_AHEAD}"}

    @property
    def until(self) -> date | None:
        """Return the first day on which who follows serves no more, if one is said."""
        last: date | None = self.cleaned_data.get("last_day")
        return last + timedelta(days=1) if last else None

    def clean(self) -> dict[str, Any]:
        """Ask for name and username where somebody new follows."""
        given = super().clean() or self.cleaned_data
        if given.get("follower") == SOMEBODY_NEW:
            for name in ("full_name", "username"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(
                        name, _("Write this for somebody without an account.")
                    )
        return given
