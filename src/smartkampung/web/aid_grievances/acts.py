"""What an officer can do with a grievance, each act with its form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.grievances.actions import handling
from smartkampung.aid.grievances.queries import givable, listed, officers_near
from smartkampung.aid.grievances.rules import Kind, State, Verdict
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import short_day
from smartkampung.residents.queries import note_looks
from smartkampung.residents.rules.corrections import (
    CODED,
    NEEDS_EVIDENCE,
    SEALED,
    Field,
)
from smartkampung.web.aid_grievances.forms import words_field
from smartkampung.web.aid_staff.photos import kept
from smartkampung.web.aid_staff.present import amount
from smartkampung.web.free_text import no_card_number
from smartkampung.web.life.fields import coded
from smartkampung.web.people.words import SEX

NOBODY = [("", _("None of these"))]


class ActForm(forms.Form):
    """A form about one grievance, filled in by one officer."""

    def __init__(self, data: Any = None, files: Any = None, *, row: Any, by: Actor):
        super().__init__(data, files)
        self.row, self.by = row, by


class TakeForm(ActForm):
    """Nothing to say."""

    def act(self) -> None:
        """Take the grievance in hand."""
        handling.take_in_hand(grievance=self.row, by=self.by, at=now())


class AskForm(ActForm):
    """A question to the person."""

    question = words_field(
        _("Question to the person"),
        required=_("Write the question."),
        help_text=_("Read with the code, by whoever holds it. No names of families."),
    )

    def act(self) -> None:
        """Ask the person."""
        handling.ask(
            grievance=self.row,
            question=self.cleaned_data["question"],
            by=self.by,
            at=now(),
        )


class UpForm(ActForm):
    """Why another office must do this."""

    why = words_field(
        _("Why do you pass it on?"),
        required=_("Write why you pass it on."),
        help_text=_("The person reads this, too."),
    )

    def act(self) -> None:
        """Pass the grievance on."""
        handling.pass_up(
            grievance=self.row, why=self.cleaned_data["why"], by=self.by, at=now()
        )


class OfficerForm(ActForm):
    """Which account it is about."""

    officer = forms.ChoiceField(
        label=_("Which officer is it about?"),
        error_messages={"required": _("Choose the officer.")},
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        self.near = officers_near(self.row, on=today())
        _choose(self, "officer", [(one.pk, one.full_name) for one in self.near])

    def act(self) -> None:
        """Keep that officer away from it."""
        officer = self.near.get(pk=self.cleaned_data["officer"])
        handling.name_officer(grievance=self.row, officer=officer, by=self.by, at=now())


class DecideForm(ActForm):
    """The decision, and what it sets off."""

    outcome = forms.ChoiceField(
        label=_("Is the grievance right?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one answer.")},
    )
    answer = words_field(
        _("Answer, readable with the code"),
        required=_("Write the answer."),
        help_text=_("What you found out and what happens now. No names of families."),
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        question = self.row.kind == Kind.QUESTION
        ends = [State.ANSWERED] if question else [State.UPHELD, State.DISMISSED]
        _choose(self, "outcome", [(end, ENDS[end]) for end in ends])
        add = _MORE.get(Kind(self.row.kind))
        if add is not None:
            add(self)
        self.order_fields(
            ["outcome", "due", "proposal", "wanted", "evidence", "answer"]
        )

    def act(self) -> None:
        """Decide."""
        given = self.cleaned_data
        verdict = Verdict(
            outcome=State(given["outcome"]),
            answer=given["answer"],
            due_id=int(given["due"]) if given.get("due") else None,
            proposal_id=int(given["proposal"]) if given.get("proposal") else None,
            wanted=given.get("wanted", ""),
            evidence_id=given.get("evidence_id"),
        )
        handling.decide(grievance=self.row, verdict=verdict, by=self.by, at=now())

    def clean(self) -> dict[str, Any]:
        """Keep the photo of a document where one came."""
        given = super().clean() or {}
        if given.get("evidence"):
            given["evidence_id"] = kept(self, "evidence", self.row.region_code)
        return given


ENDS: dict[State, Promise] = {
    State.UPHELD: _("Yes, it is right"),
    State.DISMISSED: _("No"),
    State.ANSWERED: _("It is a question; here is the answer"),
}


def _choose(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _add_dues(form: DecideForm) -> None:
    choices = [
        (
            due.pk,
            f"{either(due.programme.name, due.programme.name_en)},"
            f" {short_day(due.period)}: {amount(due.amount, due.programme.commodity)}",
        )
        for due in givable(form.row)
    ]
    form.fields["due"] = forms.ChoiceField(
        label=_("If it is right: which aid is to be given now?"),
        required=False,
        choices=[*NOBODY, *choices],
        help_text=_(
            "Only what was neither handed over nor paid. Nothing is paid a second time:"
            " where money is gone, say in the answer what happens now."
        ),
    )


def _add_recipients(form: DecideForm) -> None:
    rows = list(listed(form.row))
    note_looks(form.by, [row.person for row in rows], purpose="aid.grievance")
    form.fields["proposal"] = forms.ChoiceField(
        label=_("If it is right: which recipient is suspended?"),
        required=False,
        choices=[*NOBODY, *((row.pk, _recipient(row)) for row in rows)],
        help_text=_(
            "Who receives under that number. The kecamatan then decides within seven"
            " days whether the aid ends."
        ),
    )


def _recipient(row: Any) -> str:
    programme = row.cycle.programme
    return f"{row.person.name} ({either(programme.name, programme.name_en)})"


def _add_correction(form: DecideForm) -> None:
    field = Field(form.row.field)
    if field not in SEALED:
        form.fields["wanted"] = _wanted(field, form.row.wanted)
    form.fields["evidence"] = forms.FileField(
        label=_("Photo of a document"),
        required=False,
        help_text=_evidence_words(field),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/*", "capture": "environment"}
        ),
    )


def _evidence_words(field: Field) -> Any:
    if field in SEALED:
        return _(
            "Needed: the card that the family showed you. The person who told this may"
            " be a stranger; the village head compares the number with the photo."
        )
    if field in NEEDS_EVIDENCE:
        return _(
            "Needed for name, sex and birth date: KTP, family card or birth certificate."
        )
    return _("Not needed for this entry.")


def _wanted(field: Field, typed: str) -> forms.Field:
    label = _("What should the record say?")
    help_text = _("The person wrote: %(text)s") % {"text": typed}
    if field in CODED:
        choices = coded(CODED[field])
    elif field is Field.SEX:
        choices = list(SEX.items())
    else:
        return forms.CharField(
            label=label,
            required=False,
            max_length=200,
            initial=typed,
            help_text=help_text,
            validators=[no_card_number],
        )
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", _("Choose")), *choices],
        help_text=help_text,
    )


_MORE: dict[Kind, Callable[[DecideForm], None]] = {
    Kind.DATA_WRONG: _add_correction,
    Kind.NOT_PAID: _add_dues,
    Kind.PAID_LESS: _add_dues,
    Kind.LISTED: _add_recipients,
}


@dataclass(frozen=True)
class Act:
    """One thing to do: its form, its button, what is said when it is done."""

    form: type[Any]
    title: Promise
    button: Promise
    done: Promise
    quiet: bool = True


ACTS: dict[str, Act] = {
    "take": Act(
        TakeForm,
        _("Take it in hand"),
        _("Take it in hand"),
        _("You handle this grievance now."),
        quiet=False,
    ),
    "decide": Act(
        DecideForm,
        _("Decide"),
        _("Send the decision"),
        _("The grievance is decided."),
        quiet=False,
    ),
    "ask": Act(
        AskForm, _("Ask the person"), _("Send the question"), _("The question is sent.")
    ),
    "officer": Act(
        OfficerForm,
        _("Name the officer"),
        _("Keep this officer away"),
        _("That officer never sees it."),
    ),
    "up": Act(
        UpForm,
        _("Pass it on to the office above"),
        _("Pass it on"),
        _("The grievance is with the next office."),
    ),
}
