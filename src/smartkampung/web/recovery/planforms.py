"""Forms by which the office writes programmes and offers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from smartkampung.recovery.programmes.actions.planning import Round, Wording
from smartkampung.recovery.programmes.rules.states import MAY_PAY, Kind, Pays
from smartkampung.recovery.programmes.words import KINDS, PAYS
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.recovery.forms import MOST_MONTHS, number_field, text_field

Choices = Sequence[tuple[Any, Any]]
MOST_PLACES = 10_000
MOST_DAYS = 250


class ProgrammeForm(forms.Form):
    """A new programme, in both languages."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, KINDS[kind]) for kind in Kind],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a kind.")},
    )
    name = text_field(_("Name"), most=120)
    name_en = text_field(_("Name in English"), most=120)
    about = text_field(_("What it is about"), most=600, rows=3)
    about_en = text_field(_("What it is about, in English"), most=600, rows=3)


class OfferForm(forms.Form):
    """One round of a programme."""

    scenario = forms.ChoiceField(
        label=_("People are taken from this approved ranking"),
        error_messages={
            "required": _("Choose an approved ranking. Without one nobody is invited.")
        },
    )
    title = text_field(_("Title"), most=120)
    title_en = text_field(_("Title in English"), most=120)
    text = text_field(
        _("What people read"),
        most=1000,
        rows=4,
        help_text=_("What happens, what it brings, what to bring along."),
    )
    text_en = text_field(_("What people read, in English"), most=1000, rows=4)
    venue = text_field(_("Where, with the address"), most=200)
    region_code = forms.ChoiceField(
        label=_("For people who live in"),
        error_messages={"required": _("Choose a place.")},
    )
    places = number_field(_("Places"), most=MOST_PLACES)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    answer_days = number_field(_("Days to answer an invitation"), most=60)
    pays = forms.ChoiceField(label=_("What is paid"), widget=forms.RadioSelect)
    cost_each = number_field(
        _("Cost of one place, in rupiah"),
        least=0,
        required=False,
    )
    wage = number_field(_("Wage of a day, in rupiah"), least=0, required=False)
    days = number_field(
        _("Days of work or course"), least=0, most=MOST_DAYS, required=False
    )
    loan_months = number_field(
        _("Monthly instalments of a loan"), least=0, most=MOST_MONTHS, required=False
    )

    def __init__(
        self,
        *data: Any,
        kind: Kind,
        scenarios: Choices,
        areas: Choices,
        **options: Any,
    ) -> None:
        super().__init__(*data, **options)
        pays = [(one.value, PAYS[one]) for one in MAY_PAY[kind]]
        for name, choices in (
            ("scenario", [("", _("Choose")), *scenarios]),
            ("region_code", [("", _("Choose")), *areas]),
            ("pays", pays),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        self.initial.setdefault("pays", pays[0][0])
        self.initial.setdefault("answer_days", 7)
        if MAY_PAY[kind] == (Pays.WAGE,):
            # The cost of a place is the wage times the days.
            del self.fields["cost_each"]
            self.fields["wage"].required = self.fields["days"].required = True
        else:
            del self.fields["wage"]
        if Pays.LOAN not in MAY_PAY[kind]:
            del self.fields["loan_months"]

    def clean(self) -> dict[str, Any]:
        """Ask for what this way of paying needs."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        pays = given.get("pays")
        missing = {
            Pays.WAGE: ("wage", "days"),
            Pays.COURSE: ("days",),
            Pays.LOAN: ("cost_each", "loan_months"),
            Pays.GRANT: ("cost_each",),
        }.get(Pays(pays) if pays else Pays.GRANT, ())
        for name in missing:
            if name in given and not given[name]:
                self.add_error(name, _("This way of paying needs this number."))
        return given

    def scenario_id(self) -> UUID:
        """Return the chosen ranking."""
        return UUID(self.cleaned_data["scenario"])

    def wording(self) -> Wording:
        """Return what people read."""
        names = ("title", "title_en", "text", "text_en", "venue")
        return Wording(**{name: self.cleaned_data[name] for name in names})

    def terms(self) -> Round:
        """Return places, days and money."""
        given = self.cleaned_data
        pays = Pays(given["pays"])
        wage, days = given.get("wage") or 0, given.get("days") or 0
        is_wage = pays == Pays.WAGE
        return Round(
            region_code=given["region_code"],
            places=given["places"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            answer_days=given["answer_days"],
            pays=pays,
            cost_each=wage * days if is_wage else given.get("cost_each") or 0,
            wage=wage if is_wage else 0,
            days=days,
            loan_months=(given.get("loan_months") or 0) if pays == Pays.LOAN else 0,
        )


class PairsForm(forms.Form):
    """Which kinds exclude each other: one box for each pair."""

    pairs = forms.MultipleChoiceField(
        label=_("Nobody is in both at once"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        field = self.fields["pairs"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(value(*pair), _pair_words(*pair)) for pair in all_pairs()]


def all_pairs() -> list[tuple[Kind, Kind]]:
    """Return every pair of kinds once, each kind with itself first."""
    kinds = list(Kind)
    return [
        *((kind, kind) for kind in kinds),
        *((one, two) for at, one in enumerate(kinds) for two in kinds[at + 1 :]),
    ]


def value(one: Kind, two: Kind) -> str:
    """Return the value of the box of a pair, whichever stands first."""
    return "+".join(sorted([one.value, two.value]))


def _pair_words(one: Kind, two: Kind) -> Any:
    if one == two:
        return _("Twice %(one)s") % {"one": KINDS[one]}
    return _("%(one)s and %(two)s") % {"one": KINDS[one], "two": KINDS[two]}
