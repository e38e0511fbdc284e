"""Forms of the staff pages of aid: shape only, decisions are the domain's."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.aid.proxies.rules import Relation
from smartkampung.aid.proxies.words import RELATIONS
from smartkampung.aid.queries.programmes import Question
from smartkampung.aid.rules.claims import Reason
from smartkampung.aid.rules.handover import Outcome, Proof
from smartkampung.aid.words import REASONS
from smartkampung.web.aid_staff.photos import kept_field
from smartkampung.web.aid_staff.words import OUTCOMES
from smartkampung.web.free_text import no_card_number

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
SIDE_BY_SIDE = {"class": "choices-row"}
Choices = Sequence[tuple[str, Any]]


class YesNoField(forms.ChoiceField):
    """A question that must be answered yes or no."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=YES_NO,
            widget=forms.RadioSelect(attrs=SIDE_BY_SIDE),
            error_messages={"required": _("Answer yes or no.")},
            **options,
        )

    def clean(self, value: Any) -> Any:
        """Return True for yes."""
        return super().clean(value) == "yes"


class OnceForm(forms.Form):
    """A form with an id of its own, so that sending twice is one act."""

    form_id = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("This form was broken on the way. Open the page again."),
            "invalid": _("This form was broken on the way. Open the page again."),
        },
    )


class VisitForm(OnceForm):
    """What the visitor saw. The criteria come first, one question each."""

    notes = forms.CharField(
        label=_("Notes"),
        help_text=_("What else should the kecamatan know? No names of neighbours."),
        max_length=1000,
        required=False,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photo = forms.FileField(
        label=_("Photo of the house"),
        help_text=_("One photo from outside. People need not be in it."),
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/*", "capture": "environment"}
        ),
    )
    photo_kept = kept_field()
    recommends = YesNoField(label=_("Do you recommend aid for this family?"))
    programme = forms.ChoiceField(
        label=_("Which programme fits?"),
        required=False,
        help_text=_("Only if you recommend aid."),
    )
    kin_declared = forms.BooleanField(
        label=_("I am related to this family"),
        help_text=_("Then somebody else visits too. That protects you and them."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question],
        programmes: Choices,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {"form_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        self.codes = [question.code for question in questions]
        asked = {f"q_{q.code}": YesNoField(label=q.text) for q in questions}
        self.fields = {**asked, **self.fields}
        choice = self.fields["programme"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("Choose")), *programmes]

    def clean(self) -> dict[str, Any]:
        """Ask for the programme where aid is recommended."""
        data = super().clean() or {}
        if data.get("recommends") and not data.get("programme"):
            self.add_error("programme", _("Choose the programme that you recommend."))
        return data

    @property
    def answers(self) -> dict[str, bool]:
        """Return the answers by criterion code."""
        return {code: self.cleaned_data[f"q_{code}"] for code in self.codes}


class OfferedRadios(forms.RadioSelect):
    """Radios of which some cannot be chosen now; the domain refuses them anyway."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
        """Grey out what is closed."""
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.closed:
            option["attrs"]["disabled"] = True
        return option


class ApproveForm(forms.Form):
    """Yes, from one programme."""

    programme = forms.ChoiceField(
        label=_("Programme"),
        widget=OfferedRadios,
        error_messages={"required": _("Choose the programme that you approve.")},
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, programmes: Choices, closed: set[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "prefix": "yes"})
        choice = self.fields["programme"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = list(programmes)
        choice.widget.closed = frozenset(closed)


class RefuseForm(forms.Form):
    """No, with every reason."""

    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        help_text=_("The person reads these words. Choose all that apply."),
        choices=list(REASONS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one reason.")},
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Needed where the reason is another one."),
        max_length=500,
        required=False,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, seen: Sequence[Reason] = (), **kwargs: Any) -> None:
        kwargs["initial"] = {"reasons": [reason.value for reason in seen]}
        super().__init__(*args, **{**kwargs, "prefix": "no"})
        choice = self.fields["reasons"]
        if isinstance(choice, forms.MultipleChoiceField):
            ordered = sorted(REASONS, key=lambda reason: reason not in seen)
            choice.choices = [(reason, REASONS[reason]) for reason in ordered]

    @property
    def chosen(self) -> list[Reason]:
        """Return the reasons chosen."""
        return [Reason(code) for code in self.cleaned_data["reasons"]]


class PlanForm(forms.Form):
    """On which day aid is handed over, and where."""

    hand_over_on = forms.DateField(
        label=_("Day of hand-over"),
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": "short"}
        ),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={
            "invalid": _("Write the day as day-month-year, for example 28-05-2020.")
        },
    )
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        help_text=_("For example: village hall, 08.00 to 12.00"),
    )


class BatchForm(PlanForm):
    """Which programme, where, which stage, when."""

    programme = forms.ChoiceField(label=_("Programme"))
    kecamatan = forms.ChoiceField(label=_("Kecamatan"))
    stage = forms.IntegerField(
        label=_("Stage"),
        min_value=1,
        max_value=999,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )
    field_order = ["programme", "kecamatan", "stage", "hand_over_on", "place"]

    def __init__(
        self, *args: Any, programmes: Choices, kecamatan: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("programme", programmes), ("kecamatan", kecamatan)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = list(choices)


class HandoverForm(OnceForm):
    """What happened at the counter. Who collects is asked where a proxy is in force."""

    proxy_id = forms.ChoiceField(
        label=_("Who is here?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is here.")},
    )

    outcome = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(code, words) for code, (words, _state) in OUTCOMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    quantity = forms.IntegerField(
        label=_("How much was handed out?"),
        help_text=_("Only if it was received in part."),
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )
    proof = forms.ChoiceField(
        label=_("How does the recipient confirm?"),
        help_text=_("Needed when something was received."),
        required=False,
        choices=[
            (Proof.ONE_TIME_CODE.value, _("With the code from their phone")),
            (Proof.SIGNATURE.value, _("With a signature and a photo")),
        ],
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("Code of the recipient"),
        help_text=_("Six digits, told only after everything is in their hands."),
        required=False,
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "class": "code short",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
            }
        ),
    )
    signature_kept = kept_field()
    photo_kept = kept_field()
    signature = forms.FileField(
        label=_("Picture of the signature"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    photo = forms.FileField(
        label=_("Photo of the hand-over"),
        required=False,
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/*", "capture": "environment"}
        ),
    )
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, validators=[no_card_number]
    )

    def __init__(self, *args: Any, proxy: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"form_id": uuid.uuid4()})
        super().__init__(*args, **kwargs)
        who = self.fields["proxy_id"]
        if proxy is None or not isinstance(who, forms.ChoiceField):
            del self.fields["proxy_id"]
            return
        who.required = True
        relation = RELATIONS[Relation(proxy.relation)]
        words = _("Their proxy: %(name)s (%(relation)s), NIK %(nik)s")
        told = {"name": proxy.name, "relation": relation, "nik": proxy.nik}
        who.choices = [("0", _("The recipient")), (str(proxy.pk), words % told)]

    def clean_proxy_id(self) -> int | None:
        """Return who collects for the recipient, if anybody."""
        return int(self.cleaned_data["proxy_id"]) or None

    def clean_code(self) -> str:
        """Return only the digits, as people read codes in groups."""
        return "".join(c for c in self.cleaned_data["code"] if c.isdigit())

    def clean_outcome(self) -> Outcome:
        """Return the outcome."""
        return Outcome(self.cleaned_data["outcome"])

    def clean_proof(self) -> Proof:
        """Return the proof."""
        return Proof(self.cleaned_data["proof"] or Proof.NONE)


class AnswerForm(forms.Form):
    """The answer to an objection."""

    upheld = forms.ChoiceField(
        label=_("Is the objection right?"),
        choices=[
            ("yes", _("Yes: the family is checked and decided again, by others")),
            ("no", _("No: the refusal stands")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    answer = forms.CharField(
        label=_("Answer to the person"),
        help_text=_("They read these words. Say why, plainly and kindly."),
        max_length=1000,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ObjectionForm(forms.Form):
    """What the refused person says, written down by an officer."""

    text = forms.CharField(
        label=_("What does the person say?"),
        max_length=1000,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReturnForm(forms.Form):
    """Why aid goes back to the budget."""

    note = forms.CharField(
        label=_("Why does it go back?"), max_length=300, validators=[no_card_number]
    )
