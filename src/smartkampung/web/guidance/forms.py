"""Forms of guidance that is numbers: zones and levels, all with a day and a source."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import today
from smartkampung.reopening.guidance.actions import TOO_EARLY
from smartkampung.reopening.guidance.rules.faults import (
    LONGEST_WINDOW,
    Fault,
    begins_later,
    faults,
)
from smartkampung.reopening.guidance.rules.kinds import (
    Colour,
    Indicator,
    Kind,
)
from smartkampung.reopening.guidance.words import COLOURS, FAULTS, INDICATORS
from smartkampung.web.free_text import no_card_number

Body = Mapping[str, Any]
NUMBER = {"inputmode": "numeric", "class": "tiny"}
LIMITS = ("below", "most")
NO_NUMBER = _("This is no whole number. Write digits only, such as 3.")
NO_LIMIT = _("This is no number from 0 on. Write digits, such as 5 or 0,5.")
LONGEST_AHEAD = timedelta(days=5 * 366)


def number(
    label: Any,
    fault: Fault,
    *,
    required: bool = True,
    least: int | None = None,
    most: int | None = None,
) -> forms.IntegerField:
    """Return a field of a whole number, with what to do where it is none."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs=NUMBER),
        error_messages={
            "required": FAULTS[fault],
            "invalid": NO_NUMBER,
            "min_value": FAULTS[fault],
            "max_value": FAULTS[fault],
        },
    )


def decimal(label: Any, fault: Fault, *, required: bool = True) -> forms.DecimalField:
    """Return a field of a limit."""
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        widget=forms.TextInput(attrs={**NUMBER, "inputmode": "decimal"}),
        error_messages={
            "required": FAULTS[fault],
            "invalid": NO_LIMIT,
            "min_value": NO_LIMIT,
        },
    )


class VersionForm(forms.Form):
    """From which day on, and on what ground; begins with what holds now."""

    kind: ClassVar[Kind]
    since = forms.DateField(
        label=_("Holds from"),
        widget=forms.DateInput(
            attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"
        ),
        help_text=_("Tomorrow or later. Until then, what holds now."),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("Choose the day from which it holds.")
        ),
    )
    legal_reference = forms.CharField(
        label=_("Legal reference"),
        max_length=200,
        validators=[no_card_number],
        help_text=_("Number and date of the decision, such as Inmendagri 7/2021."),
        error_messages={"required": _("Say on what decision it rests.")},
    )
    source_url = forms.URLField(
        label=_("Where it can be read"),
        max_length=300,
        assume_scheme="https",
        error_messages=dict.fromkeys(
            ("required", "invalid"),
            _("Type the address of the document, with https."),
        ),
    )

    def __init__(self, *args: Any, before: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before
        self.build()

    def build(self) -> None:
        """Add the fields of the kind, filled with what holds now."""
        raise NotImplementedError

    def body(self) -> dict[str, Any]:
        """Return what the version says."""
        raise NotImplementedError

    def add(self, name: str, field: forms.Field, initial: Any) -> None:
        """Add a field with what holds now."""
        field.initial = initial
        self.fields[name] = field

    def clean_since(self) -> date:
        """Refuse a day that has begun, or that is so far away that it is a slip."""
        since: date = self.cleaned_data["since"]
        if not begins_later(since, today=today()):
            raise forms.ValidationError(str(TOO_EARLY))
        if since > today() + LONGEST_AHEAD:
            raise forms.ValidationError(
                _("Choose a day within five years from today. Check the year.")
            )
        return since

    def clean(self) -> dict[str, Any]:
        """Say every reason why this cannot hold."""
        given = super().clean() or {}
        if not self.errors:
            for fault in faults(self.kind, self.body()):
                self.add_error(None, str(FAULTS[fault]))
        return given

    def until(self) -> date:
        """Return the day from which the version holds."""
        since: date = self.cleaned_data["since"]
        return since

    @property
    def groups(self) -> Iterator[tuple[str, list[list[Any]]]]:
        """Yield rows of fields under headings; no heading unless said."""
        yield "", [[self[name] for name in self.fields]]

    @property
    def source(self) -> tuple[str, list[list[Any]]]:
        """Return the group that every kind begins with."""
        names = ("since", "legal_reference", "source_url")
        return "", [[self[name] for name in names]]


def _window() -> forms.IntegerField:
    label = _("Days looked back")
    return number(label, Fault.DAYS, least=1, most=LONGEST_WINDOW)


class ZoneForm(VersionForm):
    """From how many houses on each colour begins, and what it asks for."""

    kind = Kind.RT_ZONE

    def build(self) -> None:
        """Add a number and a list for each colour."""
        self.add("days", _window(), self.before["days"])
        for band in self.before["bands"]:
            colour = Colour(band["colour"])
            if colour is not Colour.GREEN:
                label = _("%(colour)s from how many houses") % {
                    "colour": str(COLOURS[colour]).capitalize()
                }
                self.add(f"{colour}_least", number(label, Fault.BANDS), band["least"])
            acts = "\n".join(f"{a['text']} | {a['text_en']}" for a in band["actions"])
            label = _("%(colour)s: what to do") % {
                "colour": str(COLOURS[colour]).capitalize()
            }
            self.add(f"{colour}_actions", _lines(label), acts)

    def clean(self) -> dict[str, Any]:
        """Say at each colour that it begins too early, whatever else is wrong."""
        before = 0
        for colour in list(Colour)[1:]:
            least = self.cleaned_data.get(f"{colour}_least")
            if least is not None and least <= before:
                self.add_error(f"{colour}_least", str(FAULTS[Fault.BANDS]))
            before = max(before, least or 0)
        return super().clean()

    def body(self) -> dict[str, Any]:
        """Return bands that join without a gap."""
        given = self.cleaned_data
        starts = [0, *(given[f"{one}_least"] for one in list(Colour)[1:])]
        ends = [*(start - 1 for start in starts[1:]), None]
        return {
            "days": given["days"],
            "bands": [
                {
                    "colour": one.value,
                    "least": start,
                    "most": end,
                    "actions": _acts(given[f"{one}_actions"]),
                }
                for one, start, end in zip(Colour, starts, ends, strict=True)
            ],
        }


def _lines(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=4_000,
        validators=[no_card_number],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_('One a line: "Indonesian | English".'),
    )


def _acts(text: str) -> list[dict[str, str]]:
    acts = []
    for line in filter(str.strip, text.splitlines()):
        words, _bar, english = line.partition("|")
        acts.append({"text": words.strip(), "text_en": english.strip()})
    return acts


class RegencyForm(VersionForm):
    """Where the bands of the score begin; indicators stay as they are."""

    kind = Kind.REGENCY_ZONE

    def build(self) -> None:
        """Add the two limits."""
        starts = {one["risk"]: one["least"] for one in self.before["bands"]}
        medium = decimal(_("Medium risk from a score of"), Fault.LEVELS)
        self.add("medium", medium, starts["medium"])
        low = decimal(_("Low risk from a score of"), Fault.LEVELS)
        self.add("low", low, starts["low"])

    def body(self) -> dict[str, Any]:
        """Return the body with other bands."""
        given = self.cleaned_data
        bands = [
            {"risk": "high", "least": "0"},
            {"risk": "medium", "least": f"{given['medium']:f}"},
            {"risk": "low", "least": f"{given['low']:f}"},
        ]
        return {**self.before, "bands": bands}


class PpkmForm(VersionForm):
    """The limits of each indicator."""

    kind = Kind.PPKM

    def build(self) -> None:
        """Add three limits for transmission and two for capacity."""
        for one in self.before["transmission"]:
            name = INDICATORS[Indicator(one["indicator"])]
            for level, band in enumerate(one["bands"][:-1], start=1):
                label = _("%(what)s: level %(level)s ends at") % {
                    "what": name,
                    "level": level,
                }
                field = decimal(label, Fault.LEVELS)
                limit = band.get("below", band.get("most"))
                self.add(f"{one['indicator']}_{level}", field, limit)
        for one in self.before["capacity"]:
            name = INDICATORS[Indicator(one["indicator"])]
            for key, words in (("good", _("adequate")), ("poor", _("limited"))):
                label = _("%(what)s: %(how)s beyond") % {"what": name, "how": words}
                field = decimal(label, Fault.LEVELS)
                self.add(f"{one['indicator']}_{key}", field, one[key])

    def body(self) -> dict[str, Any]:
        """Return the body with other limits."""
        transmission = []
        for one in self.before["transmission"]:
            bands = [
                {
                    key: self._limit(one, level) if key in LIMITS else value
                    for key, value in band.items()
                }
                for level, band in enumerate(one["bands"], start=1)
            ]
            transmission.append({**one, "bands": bands})
        capacity = [
            one | {key: self._limit(one, key) for key in ("good", "poor")}
            for one in self.before["capacity"]
        ]
        return {**self.before, "transmission": transmission, "capacity": capacity}

    def _limit(self, one: Body, of: object) -> str:
        name = f"{one['indicator']}_{of}"
        return f"{self.cleaned_data[name]:f}"
