"""What an officer can do with a record, each act with its form."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.kernel.clock import now
from smartkampung.recovery.affected.actions import confirm, follow_up, situation, verify
from smartkampung.recovery.affected.rules.course import Reason
from smartkampung.recovery.affected.words import OUTCOMES, REASONS
from smartkampung.web.affected.confirming import WordForm
from smartkampung.web.affected.following import SituationForm
from smartkampung.web.free_text import has_a_letter, no_card_number
from smartkampung.web.report.fields import phone_field


def _text(label: Any, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
        **options,
    )


class _About:
    """A form about one record, filled in by one officer."""

    case: Any
    by: Actor
    code = ""

    def about(self, case: Any, by: Actor) -> Any:
        """Say which record, and who acts."""
        self.case, self.by = case, by
        return self


class AcceptForm(_About, forms.Form):
    """On the list; where nobody confirmed, why."""

    unconfirmed_why = _text(
        _("If nobody confirmed it: why is there nobody to ask?"), 300, required=False
    )

    def act(self) -> None:
        """Take the person on the list."""
        verify.verify(
            affected=self.case,
            accepted=True,
            unconfirmed_why=self.cleaned_data["unconfirmed_why"],
            by=self.by,
            at=now(),
        )


class RefuseForm(_About, forms.Form):
    """Not on the list, and why."""

    reasons = forms.MultipleChoiceField(
        label=_("Why not?"),
        choices=list(REASONS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one reason.")},
    )
    note = _text(_("Note"), 500, required=False)

    def act(self) -> None:
        """Refuse, with reasons."""
        verify.verify(
            affected=self.case,
            accepted=False,
            reasons=[Reason(code) for code in self.cleaned_data["reasons"]],
            note=self.cleaned_data["note"],
            by=self.by,
            at=now(),
        )


class AskForm(_About, forms.Form):
    """Whom to ask, and where."""

    asked_of = forms.CharField(
        label=_("Employer or association"),
        max_length=120,
        validators=[has_a_letter, no_card_number],
        error_messages={
            "required": _("Type who is asked."),
            "max_length": _("At most 120 letters."),
        },
    )
    phone = phone_field(
        label=_("Their mobile number"),
        required=False,
        help_text=_(
            "A link goes there by SMS. Left empty, it goes to the number that the person"
            " named, if they did; else you hand it over."
        ),
    )

    def act(self) -> None:
        """Send the question; the code is shown once."""
        self.code = confirm.ask(
            affected=self.case, by=self.by, at=now(), **self.cleaned_data
        )


class PaperForm(_About, WordForm):
    """What stands on paper, and who signed it."""

    asked_of = AskForm.base_fields["asked_of"]
    field_order = ("asked_of", "answer", "told_by", "note")

    def act(self) -> None:
        """Write the word down."""
        confirm.write_down(
            affected=self.case,
            asked_of=self.cleaned_data["asked_of"],
            by=self.by,
            at=now(),
            **self.given(),
        )


class TellForm(_About, SituationForm):
    """How the person is doing now, as the village sees it."""

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        self.fields["recovered"].label = str(_("Has recovered, and leaves the list"))

    def act(self) -> None:
        """Write it down; a recovery takes the person off the list."""
        situation.tell(affected=self.case, now=self.told(), by=self.by, at=now())


class AgainForm(_About, forms.Form):
    """Whether somebody who recovered fell back."""

    outcome = forms.ChoiceField(
        label=_("How is the person doing?"),
        choices=[(one, OUTCOMES[one]) for one in ("still_recovered", "fell_back")],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer.")},
    )

    def act(self) -> None:
        """Write it down; who fell back gets a record that somebody else verifies."""
        follow_up.look_between(
            affected=self.case,
            outcome=follow_up.Outcome(self.cleaned_data["outcome"]),
            by=self.by,
            at=now(),
        )


@dataclass(frozen=True)
class Act:
    """One thing to do: its form, its button, what is said when it is done."""

    form: type[Any]
    title: Promise
    button: Promise
    done: Promise
    quiet: bool = True


ACTS: dict[str, Act] = {
    "accept": Act(
        AcceptForm,
        _("Take on the list"),
        _("Take on the list"),
        _("The person is on the list."),
        quiet=False,
    ),
    "ask": Act(
        AskForm,
        _("Ask employer or association"),
        _("Send the question"),
        _("The question is sent."),
    ),
    "paper": Act(
        PaperForm,
        _("Write down an answer from paper"),
        _("Write it down"),
        _("Written down."),
    ),
    "refuse": Act(
        RefuseForm,
        _("Not on the list"),
        _("Do not take on the list"),
        _("The person is not on the list."),
    ),
    "tell": Act(
        TellForm,
        _("How is the person doing now?"),
        _("Write it down"),
        _("Written down."),
        quiet=False,
    ),
    "again": Act(
        AgainForm,
        _("Look at how the person is doing"),
        _("Write it down"),
        _("Written down."),
    ),
}
