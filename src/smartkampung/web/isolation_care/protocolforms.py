"""Forms of the protocol: one for each kind, all with a day and a source."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.isolation.monitoring.words import TRIGGERS
from smartkampung.isolation.protocol.rules import Fault, Kind, answerable, faults
from smartkampung.isolation.protocol.words import FAULTS
from smartkampung.web.free_text import no_card_number

NUMBER = {"inputmode": "numeric", "class": "tiny"}
Body = Mapping[str, Any]
SAYS: Mapping[Fault, Any] = FAULTS


def _number(label: Any, fault: Fault) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={"required": SAYS[fault], "invalid": SAYS[fault]},
    )


class VersionForm(forms.Form):
    """From which day on, and on what ground."""

    kind: ClassVar[Kind]
    since = forms.DateField(
        label=_("Holds from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Tomorrow or later. Until then, what holds now."),
        error_messages={
            "required": _("Choose the day from which it holds."),
            "invalid": _("Choose the day from which it holds."),
        },
    )
    legal_reference = forms.CharField(
        label=_("Legal reference"),
        max_length=200,
        validators=[no_card_number],
        help_text=_("Number and date of the decision, such as KMK 413/2020."),
        error_messages={"required": _("Say on what decision it rests.")},
    )
    source_url = forms.URLField(
        label=_("Where it can be read"),
        max_length=300,
        assume_scheme="https",
        error_messages={
            "required": _("Type the address of the document, with https."),
            "invalid": _("Type the address of the document, with https."),
        },
    )

    def body(self) -> dict[str, Any]:
        """Return what the version says."""
        raise NotImplementedError

    @classmethod
    def initial_of(cls, body: Body) -> dict[str, Any]:
        """Return the fields of a body, to begin from what holds now."""
        return dict(body)

    def clean(self) -> dict[str, Any]:
        """Say every reason why this cannot hold."""
        given = super().clean() or {}
        if not self.errors:
            for fault in faults(self.kind, self.body()):
                self.add_error(None, str(SAYS[fault]))
        return given


class LimitsForm(VersionForm):
    """Readings."""

    kind = Kind.LIMITS
    fever = forms.DecimalField(
        label=_("Fever from, in degrees"),
        localize=False,
        decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "tiny"}),
        error_messages={
            "required": SAYS[Fault.FEVER],
            "invalid": SAYS[Fault.FEVER],
            "max_decimal_places": SAYS[Fault.FEVER],
        },
    )
    spo2 = _number(_("Little oxygen below, in percent"), Fault.SPO2)

    def body(self) -> dict[str, Any]:
        """Return the limits."""
        given = self.cleaned_data
        return {"fever": f"{given['fever']:.1f}", "spo2": given["spo2"]}


class ClocksForm(VersionForm):
    """Time of grace."""

    kind = Kind.CLOCKS
    exit_grace_hours = _number(_("Hours after the last day"), Fault.HOURS)

    def body(self) -> dict[str, Any]:
        """Return the clocks."""
        return {"exit_grace_hours": self.cleaned_data["exit_grace_hours"]}


class ReleaseForm(VersionForm):
    """Days."""

    kind = Kind.RELEASE
    contact_days = _number(_("A contact: days from arrival"), Fault.DAYS)
    onset_days = _number(_("Ill: days from the first symptom"), Fault.DAYS)
    symptom_free_days = _number(_("and then days without any"), Fault.DAYS)
    specimen_days = _number(
        _("Proven, without symptoms: days from the specimen"), Fault.DAYS
    )

    def body(self) -> dict[str, Any]:
        """Return the days."""
        names = ("contact_days", "onset_days", "specimen_days", "symptom_free_days")
        return {name: self.cleaned_data[name] for name in names}


class ClassesForm(VersionForm):
    """The list of classes, one a line."""

    kind = Kind.CLASSES
    classes = forms.CharField(
        label=_("Classes"),
        max_length=4_000,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "One a line: code | name in Indonesian | name in English | other, contact,"
            " ill or proven."
        ),
        error_messages={"required": SAYS[Fault.NO_CLASS]},
    )

    def clean_classes(self) -> list[dict[str, str]]:
        """Read the lines."""
        rows = []
        for line in self.cleaned_data["classes"].splitlines():
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split("|")]
            if len(parts) != 4:
                raise ValidationError(
                    _('Each line has four parts with "|" between. Check: %(line)s'),
                    params={"line": line[:60]},
                )
            names = ("code", "name", "name_en", "group")
            rows.append(dict(zip(names, parts, strict=True)))
        return rows

    def body(self) -> dict[str, Any]:
        """Return the list."""
        return {"classes": self.cleaned_data["classes"]}

    @classmethod
    def initial_of(cls, body: Body) -> dict[str, Any]:
        """Write the list as lines."""
        lines = (
            " | ".join((one["code"], one["name"], one["name_en"], one["group"]))
            for one in body["classes"]
        )
        return {"classes": "\n".join(lines)}


class LadderForm(VersionForm):
    """Three fields for each thing that must be answered."""

    kind = Kind.LADDER
    again_after = _number(_("Looks missed in a row for the second rung"), Fault.AGAIN)

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        for trigger in Trigger:
            roles = [(one.value, ROLE_LABELS[one]) for one in answerable(trigger)]
            for name, words in (("told", _("told first")), ("then", _("told next"))):
                self.fields[f"{trigger}_{name}"] = forms.MultipleChoiceField(
                    label=_("%(what)s: %(who)s")
                    % {"what": TRIGGERS[trigger], "who": words},
                    choices=roles,
                    widget=forms.CheckboxSelectMultiple,
                    error_messages={"required": SAYS[Fault.NOBODY_TOLD]},
                )
            self.fields[f"{trigger}_minutes"] = _number(
                _("%(what)s: minutes to answer") % {"what": TRIGGERS[trigger]},
                Fault.MINUTES,
            )

    def body(self) -> dict[str, Any]:
        """Return the ladder."""
        given = self.cleaned_data
        return {
            "again_after": given["again_after"],
            "rungs": {
                one.value: {
                    name: given[f"{one}_{name}"] for name in ("told", "then", "minutes")
                }
                for one in Trigger
            },
        }

    @classmethod
    def initial_of(cls, body: Body) -> dict[str, Any]:
        """Return the fields of a ladder."""
        return {"again_after": body["again_after"]} | {
            f"{one}_{name}": value
            for one, rung in body["rungs"].items()
            for name, value in rung.items()
        }


FORMS: dict[Kind, type[VersionForm]] = {
    form.kind: form
    for form in (LadderForm, LimitsForm, ClocksForm, ClassesForm, ReleaseForm)
}


def fresh(kind: Kind, body: Body) -> VersionForm:
    """Return a form that begins with what holds now, without day and source."""
    form = FORMS[kind]
    return form(initial=form.initial_of(body))


def day_of(form: VersionForm) -> date:
    """Return the day from which the version holds."""
    since: date = form.cleaned_data["since"]
    return since
