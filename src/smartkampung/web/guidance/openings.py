"""Forms of guidance that opens: phases with their capacities, and the gates between."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.roles import PERMISSIONS, Permission, Role
from smartkampung.reopening.guidance.rules.faults import (
    LONGEST_WINDOW,
    MOST_HOURS,
    Fault,
)
from smartkampung.reopening.guidance.rules.kinds import (
    Colour,
    Indicator,
    Kind,
    Setting,
)
from smartkampung.reopening.guidance.words import (
    COLOURS,
    FAULTS,
    INDICATORS,
    SETTINGS,
)
from smartkampung.web.guidance.forms import (
    PpkmForm,
    RegencyForm,
    VersionForm,
    ZoneForm,
    decimal,
    number,
)
from smartkampung.web.guidance.present import towards

Body = Mapping[str, Any]
CAPPED = (Colour.YELLOW, Colour.ORANGE, Colour.RED)
SIGNERS = [
    (role.value, ROLE_LABELS[role])
    for role in Role
    if Permission.PILOT_SIGN in PERMISSIONS[role]
]
CHOOSE = ("", _("Choose"))
NO_INDICATOR = _("Choose the indicator, or empty the whole row.")
ONE_LIMIT = _("Fill one of the two: below, or at least.")
ASKED, WORSENED = ("below", "least"), ("from", "again_below")
ANOTHER = "-"  # in names of fields, for a gate that there is none of yet


class PhasesForm(VersionForm):
    """A table of settings and phases, and what each colour closes of it."""

    kind = Kind.PHASES

    def build(self) -> None:
        """Add a column for each phase, one for another, and one for each colour."""
        for number_, phase in enumerate([*self.before["phases"], {}]):
            for name, label in (
                ("name", _("Name of the phase")),
                ("name_en", _("Name in English")),
            ):
                words = forms.CharField(label=label, required=False, max_length=60)
                self.add(f"p{number_}_{name}", words, phase.get(name, ""))
            self._column(f"p{number_}", phase.get("settings", {}))
            self._crowd(f"p{number_}", phase.get("gathering"))
        for colour in CAPPED:
            cap = self.before.get("colours", {}).get(colour, {})
            self._column(colour.value, cap.get("settings", {}))
            self._crowd(colour.value, cap.get("gathering"))

    def _crowd(self, key: str, most: int | None) -> None:
        label = _("Most people who may gather")
        field = number(label, Fault.GATHERING, required=False)
        self.add(f"{key}_gathering", field, most)

    def _column(self, key: str, settings: Body) -> None:
        for one in Setting:
            field = number(SETTINGS[one], Fault.CAPACITY, required=False)
            self.add(f"{key}_{one}", field, settings.get(one.value))

    def body(self) -> dict[str, Any]:
        """Return the phases that have a name, and the caps of colours."""
        given = self.cleaned_data
        found = []
        for number_, before in enumerate([*self.before["phases"], {}]):
            name, english = given[f"p{number_}_name"], given[f"p{number_}_name_en"]
            if not (name or english):
                continue
            code = before.get("code") or code_of(english)
            settings = {one.value: given[f"p{number_}_{one}"] or 0 for one in Setting}
            told = {"code": code, "name": name, "name_en": english}
            most = given[f"p{number_}_gathering"]
            crowd = {} if most is None else {"gathering": most}
            found.append({**told, "settings": settings, **crowd})
        return {"phases": found, "colours": self._caps(given)}

    def _caps(self, given: Body) -> dict[str, Any]:
        caps: dict[str, Any] = {}
        for colour in CAPPED:
            settings = {
                one.value: given[f"{colour}_{one}"]
                for one in Setting
                if given[f"{colour}_{one}"] is not None
            }
            most = given[f"{colour}_gathering"]
            cap = {"settings": settings} if settings else {}
            if most is not None:
                cap["gathering"] = most
            if cap:
                caps[colour.value] = cap
        return caps

    @property
    def groups(self) -> Iterator[tuple[str, list[list[Any]]]]:
        """Yield the source, then each phase, then each colour."""
        yield self.source
        for number_, phase in enumerate([*self.before["phases"], {}]):
            title = phase.get("name") or _("Another phase (empty: none)")
            yield str(title), self._fields(f"p{number_}_")
        for colour in CAPPED:
            title = _("Zone %(colour)s: closes to (empty: as the phase)")
            yield title % {"colour": COLOURS[colour]}, self._fields(f"{colour}_")

    def _fields(self, prefix: str) -> list[list[Any]]:
        return [[self[name] for name in self.fields if name.startswith(prefix)]]


def code_of(english: str) -> str:
    """Return the code of a phase that is new, from its name."""
    return "_".join(english.lower().split())[:40]


class GatesForm(VersionForm):
    """What each gate needs, who signs it, and when going back is proposed."""

    kind = Kind.GATES
    SPARE = 2  # empty rows of each list

    def build(self) -> None:
        """Add rows of needs and signs for each gate, and rows of worsening."""
        for gate in self.before["gates"]:
            self._gate(gate["to"], gate)
        name = forms.CharField(
            label=_("English name of the phase that it opens"),
            required=False,
            max_length=60,
        )
        self.add("new_phase", name, "")
        self._gate(ANOTHER, {"needs": [], "signs": []}, required=False)
        for number_, one in enumerate([*self.before["worse"], *([{}] * self.SPARE)]):
            self._row(f"w_{number_}", one, WORSENED)
        label = _("Hours to decide when it gets worse")
        hours = number(label, Fault.HOURS, least=1, most=MOST_HOURS)
        self.add("decide_hours", hours, self.before["decide_hours"])

    def _gate(self, to: str, gate: Body, *, required: bool = True) -> None:
        for number_, need in enumerate([*gate["needs"], *([{}] * self.SPARE)]):
            self._row(f"g_{to}_{number_}", need, ASKED)
        field = forms.MultipleChoiceField(
            label=_("Who signs"),
            choices=SIGNERS,
            required=required,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": FAULTS[Fault.NO_SIGN]},
        )
        self.add(f"s_{to}", field, gate["signs"])

    def _row(self, key: str, row: Body, limits: tuple[str, str]) -> None:
        indicators = [CHOOSE, *((one.value, INDICATORS[one]) for one in Indicator)]
        of = [("village", _("of the village")), ("regency", _("of the regency"))]
        field: forms.Field = forms.ChoiceField(
            label=_("Indicator (empty: none)"), choices=indicators, required=False
        )
        self.add(f"{key}_indicator", field, row.get("indicator", ""))
        field = forms.ChoiceField(label=_("Of what?"), choices=of, required=False)
        self.add(f"{key}_of", field, row.get("of", "village"))
        labels = {
            "below": _("below"),
            "least": _("or at least"),
            "from": _("from"),
            "again_below": _("again after below"),
        }
        for name in limits:
            field = decimal(labels[name], Fault.NEED, required=False)
            self.add(f"{key}_{name}", field, row.get(name))
        label = _("for how many days")
        field = number(label, Fault.DAYS, required=False, least=1, most=LONGEST_WINDOW)
        self.add(f"{key}_days", field, row.get("days"))

    def clean(self) -> dict[str, Any]:
        """Say at each row what it lacks, whatever else is wrong."""
        suffix = "_indicator"
        for name in [one for one in self.fields if one.endswith(suffix)]:
            key = name.removesuffix(suffix)
            limits = WORSENED if key.startswith("w_") else ASKED
            self._look_at(key, limits)
        return super().clean()

    def _look_at(self, key: str, limits: tuple[str, str]) -> None:
        """Add what is wrong with one row; what is no number was said already."""
        given = self.cleaned_data
        first, second = (f"{key}_{one}" for one in limits)
        days = f"{key}_days"
        filled = [one for one in (first, second) if given.get(one) is not None]
        said = [one for one in (first, second, days) if one in self.errors]
        if not given.get(f"{key}_indicator"):
            if filled or given.get(days) is not None:
                self.add_error(f"{key}_indicator", NO_INDICATOR)
            return
        if days not in said and given.get(days) is None:
            self.add_error(days, str(FAULTS[Fault.DAYS]))
        if {first, second} & set(said):
            return
        if limits == ASKED and len(filled) != 1:
            self.add_error(second if filled else first, ONE_LIMIT)
        elif limits == WORSENED and (
            len(filled) < len(limits) or given[second] > given[first]
        ):
            self.add_error(second, str(FAULTS[Fault.WORSE]))

    def body(self) -> dict[str, Any]:
        """Return the gates with the rows that name an indicator."""
        given = self.cleaned_data
        gates = [
            {
                "to": gate["to"],
                "needs": self._rows(f"g_{gate['to']}_", ASKED),
                "signs": _in_order(given[f"s_{gate['to']}"], gate["signs"]),
            }
            for gate in self.before["gates"]
        ]
        if given["new_phase"]:
            another = {
                "to": code_of(given["new_phase"]),
                "needs": self._rows(f"g_{ANOTHER}_", ASKED),
                "signs": given[f"s_{ANOTHER}"],
            }
            gates.append(another)
        worse = self._rows("w_", WORSENED)
        return {
            "gates": gates,
            "worse": [{"from": "", "again_below": "", **one} for one in worse],
            "decide_hours": given["decide_hours"],
        }

    def _rows(self, prefix: str, limits: tuple[str, str]) -> list[dict[str, Any]]:
        given, rows = self.cleaned_data, []
        for name in self.fields:
            key = name.removesuffix("_indicator")
            if key == name or not name.startswith(prefix) or not given[name]:
                continue
            row = {
                "indicator": given[name],
                "of": given[f"{key}_of"],
                "days": given[f"{key}_days"] or 0,
            }
            told = {one: given[f"{key}_{one}"] for one in limits}
            rows.append(
                row | {one: f"{v:f}" for one, v in told.items() if v is not None}
            )
        return rows

    @property
    def where(self) -> dict[str, str]:
        """Return for each field that stands in many lines in which of them it is."""
        return {
            field.name: _("%(heading)s, line %(line)s")
            % {"heading": heading, "line": line}
            for heading, rows in self.groups
            for line, fields in enumerate(rows, start=1)
            for field in fields
            if len(fields) > 1 and heading
        }

    @property
    def groups(self) -> Iterator[tuple[str, list[list[Any]]]]:
        """Yield the source, then each gate, then what is worse; a line for each need."""
        yield self.source
        for gate in self.before["gates"]:
            rows = self._lines_of(f"g_{gate['to']}_")
            yield towards(gate["to"]), [*rows, [self[f"s_{gate['to']}"]]]
        rows = self._lines_of(f"g_{ANOTHER}_")
        another = [[self["new_phase"]], *rows, [self[f"s_{ANOTHER}"]]]
        yield str(_("Another gate (empty: none)")), another
        worse = [*self._lines_of("w_"), [self["decide_hours"]]]
        yield str(_("When going back is proposed")), worse

    def _lines_of(self, prefix: str) -> list[list[Any]]:
        rows: dict[str, list[Any]] = {}
        for name in self.fields:
            if name.startswith(prefix):
                number_ = name.removeprefix(prefix).split("_")[0]
                rows.setdefault(number_, []).append(self[name])
        return list(rows.values())


def _in_order(chosen: list[str], before: list[str]) -> list[str]:
    """Return roles as they stood, and new ones after them."""
    return [one for one in before if one in chosen] + [
        one for one in chosen if one not in before
    ]


FORMS: dict[Kind, type[VersionForm]] = {
    form.kind: form for form in (ZoneForm, PhasesForm, GatesForm, RegencyForm, PpkmForm)
}
