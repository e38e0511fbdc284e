"""Forms of announcements and broadcasts: shape only, decisions are the domain's."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.roles import OFFICES as ASKED_OFFICES
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.actions.keeping import NEITHER, looks_unreadable
from smartkampung.frontline.voice.rules.asking import Ask, Fault, faults
from smartkampung.frontline.voice.rules.broadcasting import (
    DANGERS as WARNINGS,
)
from smartkampung.frontline.voice.rules.broadcasting import (
    WITH_A_DAY,
    Danger,
    Wording,
    wordings_for,
)
from smartkampung.frontline.voice.rules.doubts import Doubt, doubts_about
from smartkampung.frontline.voice.words import (
    ASKS,
    DANGERS,
    DOUBTS,
    FAULTS,
    WORDINGS,
)
from smartkampung.kernel.clock import today
from smartkampung.web.free_text import no_card_number

Choices = list[tuple[str, Any]]
OFFICES = [
    (role.value, ROLE_LABELS[role])
    for role in (
        *(Role.KECAMATAN_OFFICER, Role.VILLAGE_HEAD, Role.VILLAGE_OFFICER),
        *(Role.RW_HEAD, Role.RT_HEAD, Role.PUSKESMAS_OFFICER, Role.BABINSA),
        *(Role.BHABINKAMTIBMAS, Role.CHECKPOINT_OFFICER),
    )
]


MAY_BE_ASKED = tuple(ASKED_OFFICES)
FILES = ("file_1", "file_2", "file_3")
# Where each fault is said.
AT: dict[Fault, str] = {
    Fault.NO_DAY: "due_on",
    Fault.DAY_OVER: "due_on",
    Fault.NO_OFFICE: "roles",
    Fault.OFFICE_ABOVE: "roles",
    Fault.DANGER_HIDDEN: "public",
}


def _head(file: Any) -> bytes:
    head: bytes = file.read(16)
    file.seek(0)
    return head


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
        error_messages={"invalid": _("Choose a day.")},
    )


def _file(label: Any, help_text: Any = "") -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )


class WriteForm(forms.Form):
    """What is said, to whom, and what is asked."""

    region_code = forms.ChoiceField(
        label=_("For which area?"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose an area.")
        ),
    )
    roles = forms.MultipleChoiceField(
        label=_("For which offices?"),
        help_text=_("None chosen: everybody who holds an office there."),
        choices=OFFICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        validators=[no_card_number],
        error_messages={"required": _("Write a title.")},
    )
    body = forms.CharField(
        label=_("What do you want to say?"),
        help_text=_("Short sentences. No names and no numbers of residents."),
        max_length=4_000,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what you want to say.")},
    )
    danger = forms.ChoiceField(
        label=_("Does it warn of danger?"),
        help_text=_(
            "Only then can phones be warned, at once and also at night. A second person"
            " must allow the message."
        ),
        choices=[("", _("No")), *((one.value, DANGERS[one]) for one in Danger)],
        required=False,
        widget=forms.RadioSelect,
    )
    asks = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=[(ask.value, ASKS[ask]) for ask in Ask],
        initial=Ask.READ.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you ask for.")},
    )
    due_on = _day(
        _("By which day?"), _("Needed when something is to be done, else if you like.")
    )
    public = forms.BooleanField(
        label=_("Residents may read it, too"),
        help_text=_("It stands in the news of their village, for everybody."),
        required=False,
    )
    file_1 = _file(
        _("Photo or PDF"),
        _(
            "Up to three, 5 MB each. No lists of people: whoever reads it can pass it on."
        ),
    )
    file_2 = _file(_("Second photo or PDF"))
    file_3 = _file(_("Third photo or PDF"))

    sure = forms.BooleanField(
        label=_("I have looked: it is the number of an office, or they agreed"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["region_code"]
        field.choices = areas

    def clean(self) -> dict[str, Any]:
        """Say everything that is wrong at once, files and doubts included."""
        given = super().clean() or {}
        for name in FILES:
            file = given.get(name)
            if file and looks_unreadable(_head(file)):
                self.add_error(name, NEITHER % {"name": file.name})
        if not self.errors.keys() & {"asks", "due_on", "roles"}:
            self._add_faults(given)
        said = f"{given.get('title', '')}. {given.get('body', '')}"
        found = doubts_about(said) if given.get("public") else []
        if found and not given.get("sure"):
            self._ask_once_more(found)
        return given

    def _add_faults(self, given: dict[str, Any]) -> None:
        found = faults(
            asks=Ask(given["asks"]),
            roles=given["roles"],
            may_be_asked=[role.value for role in MAY_BE_ASKED],
            due_on=given["due_on"],
            today=today(),
            danger=given.get("danger", ""),
            public=given["public"],
        )
        for fault in found:
            self.add_error(AT[fault], str(FAULTS[fault]))

    def _ask_once_more(self, found: list[Doubt]) -> None:
        field: Any = self.fields["sure"]
        field.widget = forms.CheckboxInput()
        words = "; ".join(str(DOUBTS[doubt]) for doubt in found)
        self.add_error(
            "body",
            _(
                "Everybody will read this. There seems to be: %(what)s. Take it out, or say below that you looked. Choose your files once more."
            )
            % {"what": words},
        )

    @property
    def sent_files(self) -> list[Any]:
        """Return the files that came."""
        found = (self.cleaned_data[name] for name in FILES)
        return [file for file in found if file]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Everybody who may read the announcement reads the reason."),
        max_length=200,
        validators=[no_card_number],
        error_messages={"required": _("Say why.")},
    )


class DoneForm(forms.Form):
    """What an office did."""

    note = forms.CharField(
        label=_("What was done?"),
        help_text=_("One or two sentences. No names of residents."),
        max_length=500,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what was done.")},
    )


class BroadcastForm(forms.Form):
    """Which words go to which area; the count is agreed to before anything is sent."""

    region_code = forms.ChoiceField(
        label=_("To families of which area?"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose an area.")
        ),
    )
    wording = forms.ChoiceField(
        label=_("Which message?"),
        initial=Wording.NEWS.value,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a message.")},
    )
    due_on = _day(
        _("On which day?"), _("For a meeting, a health post or a closed day.")
    )
    tongue = forms.ChoiceField(
        label=_("Language"),
        help_text=_(
            "Regional languages are offered once a native speaker confirmed them."
        ),
        required=False,
    )
    grounds = forms.CharField(
        label=_("How do you know of the danger?"),
        help_text=_(
            "Who saw or measured it, and when. No names of residents. The colleague who"
            " allows the message reads it."
        ),
        max_length=200,
        required=False,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    agreed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        areas: Choices,
        tongues: Choices,
        danger: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        wording: Any = self.fields["wording"]
        wording.choices = [(one.value, WORDINGS[one]) for one in wordings_for(danger)]
        if not danger:
            del self.fields["grounds"]
        area: Any = self.fields["region_code"]
        area.choices = areas
        own = ("", _("Each family's own: Indonesian or English"))
        tongue: Any = self.fields["tongue"]
        tongue.choices = [own, *tongues]
        if not tongues:
            tongue.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Ask for a day where the message names one, and for none elsewhere."""
        given = super().clean() or {}
        needs = given.get("wording") in WITH_A_DAY
        on = given.get("due_on")
        if needs and on is None and "due_on" not in self.errors:
            self.add_error("due_on", _("Choose the day: the message names it."))
        elif needs and on is not None and on < today():
            self.add_error(
                "due_on", _("That day is over. Choose today or a later day.")
            )
        elif not needs:
            given["due_on"] = None
        if given.get("wording") in WARNINGS and not given.get("grounds", "").strip():
            self.add_error("grounds", _("Say how you know of the danger."))
        return given


class DecideForm(forms.Form):
    """Whether a colleague's message may go out."""

    allowed = forms.ChoiceField(
        label=_("May it go out?"),
        choices=[("yes", _("Yes, send it")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Answer yes or no.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed for a no. Your colleague reads it."),
        max_length=200,
        required=False,
        validators=[no_card_number],
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where it is a no."""
        given = super().clean() or {}
        if given.get("allowed") == "no" and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why, so that your colleague can mend it."))
        return given


class CapForm(forms.Form):
    """What an area may spend in this month."""

    purse = forms.ChoiceField(
        label=_("Area"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose an area.")
        ),
    )
    cap = forms.IntegerField(
        label=_("Rupiah this month"),
        min_value=0,
        max_value=1_000_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"),
            _("Write an amount in rupiah, in digits only."),
        )
        | {"max_value": _("That is too much: at most Rp1,000,000,000 a month.")},
    )

    def __init__(self, *args: Any, purses: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["purse"]
        field.choices = purses
