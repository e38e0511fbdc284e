"""The form of a priority: rows of criteria, ties, exclusions and quotas."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from smartkampung.criteria.kinds import Fact, Kind
from smartkampung.criteria.rules import LARGEST, TESTS
from smartkampung.criteria.words import said
from smartkampung.recovery.targeting.rules.priority import (
    DIRECTIONS,
    WHOLE,
    Last,
    Need,
    Unit,
)
from smartkampung.recovery.targeting.rules.reading import HEAVIEST, LONGEST_NAME
from smartkampung.web.aid_rules.ruleforms import TEST_WORDS, typed_value, wanted
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.free_text import no_card_number

MOST_MONEY = 10**15
TINY, SHORT = {"class": "tiny"}, {"class": "short"}
NEEDS = {
    Need.MORE: _("the more, the greater the need"),
    Need.LESS: _("the less, the greater the need"),
    Need.YES: _("yes means need"),
    Need.NO: _("no means need"),
    Need.CODES: _("by what it is (shares)"),
}


def _whole(label: Any, most: int, *, required: bool = False, **more: Any) -> Any:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=required,
        widget=forms.NumberInput(attrs=TINY if most < LARGEST else SHORT),
        **more,
    )


class HeadForm(forms.Form):
    """Name, law, day, money; and what holds for the whole ranking."""

    name = forms.CharField(
        label=_("Name of the priority"), max_length=120, validators=[no_card_number]
    )
    legal_reference = forms.CharField(
        label=_("Legal basis"), max_length=200, validators=[no_card_number]
    )
    since = day_field(
        _("From"), help_text=_("Today or later. The version before ends then.")
    )
    budget = forms.IntegerField(
        label=_("Budget, in rupiah"), min_value=0, max_value=MOST_MONEY
    )
    cost_each = forms.IntegerField(
        label=_("Cost for each, in rupiah"), min_value=1, max_value=MOST_MONEY
    )
    seats = forms.BooleanField(
        label=_("Seats for villages, in proportion to the people in the ranking"),
        required=False,
    )
    last = forms.ChoiceField(
        label=_("Among equals"),
        choices=[
            (Last.OLDEST.value, _("the oldest registration first")),
            (Last.LOT.value, _("by lot, with a public seed")),
        ],
    )


class CodeForm(forms.Form):
    """The short name of a new priority, which its addresses carry."""

    code = forms.SlugField(
        label=_("Short name, without spaces"),
        max_length=40,
        help_text=_("Small letters, numbers and dashes, such as tourism-workers."),
    )


class _FactRow(forms.Form):
    """A row about a fact; an empty fact is an empty row."""

    fact = forms.ChoiceField(label=_("Fact"), required=False)

    def __init__(self, *args: Any, facts: Mapping[str, Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        offered = [(fact.name, said(fact.label)) for fact in self.offered()]
        cast(forms.ChoiceField, self.fields["fact"]).choices = [
            ("", _("– none –")),
            *offered,
        ]

    def offered(self) -> list[Fact]:
        """Return the facts that this row takes."""
        return list(self.facts.values())

    @property
    def about(self) -> Fact | None:
        """Return the fact that was chosen."""
        return self.facts.get(self.cleaned_data.get("fact", ""))


class CriterionRow(_FactRow):
    """One criterion: fact, weight, direction, and ends or shares."""

    weight = _whole(_("Points at most"), HEAVIEST)
    need = forms.ChoiceField(
        label=_("Which way it shows need"),
        required=False,
        choices=[("", "–"), *((need.value, words) for need, words in NEEDS.items())],
    )
    low = _whole(_("Counts from"), LARGEST)
    high = _whole(_("Counts up to"), LARGEST)
    shares = forms.CharField(
        label=_("Shares, for kinds and codes"),
        required=False,
        max_length=600,
        help_text=_("Such as: laid off = 100; hours cut = 50"),
    )

    def clean(self) -> None:
        """Say in the row what does not fit, and what would."""
        fact = self.about
        if fact is None:
            return
        need = self.cleaned_data.get("need")
        if need not in DIRECTIONS[fact.kind]:
            words = ", ".join(str(NEEDS[one]) for one in DIRECTIONS[fact.kind])
            self.add_error("need", _t("This fact takes: %(needs)s.") % {"needs": words})
        if self.cleaned_data.get("weight") is None and "weight" not in self.errors:
            self.add_error("weight", _t("Write how many points it gives at most."))
        if fact.kind is Kind.NUMBER:
            self._check_ends()
        elif need == Need.CODES:
            self._check_shares(fact)

    def _check_ends(self) -> None:
        low, high = (self.cleaned_data.get(name) for name in ("low", "high"))
        if not self.errors and (low is None or high is None or low >= high):
            self.add_error("high", _t("Write two numbers, the first below the second."))

    def _check_shares(self, fact: Fact) -> None:
        read = read_shares(fact, self.cleaned_data.get("shares", ""))
        if read is None:
            known = "; ".join(said(words) for words in fact.choices.values())
            self.add_error(
                "shares",
                _t("Write each as “name = share from 0 to 100”. Known are: %(known)s")
                % {"known": known},
            )
        self.cleaned_data["read"] = read

    def data_of_row(self) -> dict[str, Any] | None:
        """Return the row as the priority has it; nothing for an empty row."""
        fact, told = self.about, self.cleaned_data
        if fact is None:
            return None
        row = {"fact": fact.name, "weight": told["weight"], "need": told["need"]}
        if fact.kind is Kind.NUMBER:
            return {**row, "low": told["low"], "high": told["high"]}
        return {**row, "need": told["read"]} if told["need"] == Need.CODES else row


class TieRow(_FactRow):
    """A fact that decides between equal scores."""

    need = forms.ChoiceField(
        label=_("Who comes first"),
        required=False,
        choices=[
            ("", "–"),
            (Need.MORE.value, _("the higher")),
            (Need.LESS.value, _("the lower")),
            (Need.YES.value, _("yes")),
            (Need.NO.value, _("no")),
        ],
    )

    def offered(self) -> list[Fact]:
        """Return the facts that have an order."""
        ordered = {Kind.NUMBER, Kind.YES_NO}
        return [fact for fact in self.facts.values() if fact.kind in ordered]

    def clean(self) -> None:
        """Say which orders the fact takes."""
        fact = self.about
        if fact and self.cleaned_data.get("need") not in DIRECTIONS[fact.kind]:
            number = fact.kind is Kind.NUMBER
            wrong = _t("Choose higher or lower.") if number else _t("Choose yes or no.")
            self.add_error("need", wrong)

    def data_of_row(self) -> dict[str, Any] | None:
        """Return the row as the priority has it."""
        fact = self.about
        return {"fact": fact.name, "need": self.cleaned_data["need"]} if fact else None


class ConditionRow(_FactRow):
    """A fact, how it is compared, and with what."""

    test = forms.ChoiceField(
        label=_("Comparison"),
        required=False,
        choices=[("", "–"), *TEST_WORDS.items()],
    )
    value = forms.CharField(label=_("Value"), required=False, max_length=200)

    def clean(self) -> None:
        """Say in the row what does not fit, and what would."""
        fact = self.about
        if fact is None:
            return
        if self.cleaned_data.get("test", "") not in TESTS[fact.kind]:
            words = ", ".join(str(TEST_WORDS[one]) for one in TESTS[fact.kind])
            self.add_error("test", _t("This fact takes: %(tests)s.") % {"tests": words})
        typed = self.cleaned_data.get("value", "")
        value = typed_value(fact, typed)
        if value is None or value == []:
            about = {"typed": typed, "wanted": wanted(fact)}
            self.add_error(
                "value", _t("“%(typed)s” does not fit. Write %(wanted)s.") % about
            )
        self.cleaned_data["read"] = value

    def data_of_row(self) -> dict[str, Any] | None:
        """Return the row as a rule has it."""
        fact, told = self.about, self.cleaned_data
        if fact is None:
            return None
        return {"fact": fact.name, "is": told["test"], "value": told["read"]}


class QuotaRow(ConditionRow):
    """A group by a fact or a place, with its least and its most."""

    name = forms.CharField(
        label=_("Name of the group"),
        required=False,
        max_length=LONGEST_NAME,
        validators=[no_card_number],
    )
    where = forms.RegexField(
        label=_("or the code of a place"),
        regex=r"\A\d\d(\.\d+)*\Z",
        required=False,
        max_length=30,
        help_text=_("Instead of a fact, such as 35.10.09 for a kecamatan."),
    )
    least = _whole(_("At least"), LARGEST)
    most = _whole(_("At most"), LARGEST)
    unit = forms.ChoiceField(
        label=_("Counted in"),
        required=False,
        choices=[
            (Unit.PERCENT.value, _("per cent of the places")),
            (Unit.PLACES.value, _("places")),
        ],
    )

    field_order = ["name", "fact", "test", "value", "where", "least", "most", "unit"]

    def clean(self) -> None:
        """Say what a quota needs: a name, a fact or a place, and a limit."""
        super().clean()
        told = self.cleaned_data
        if not told.get("name"):
            if self.about or told.get("where"):
                self.add_error("name", _t("Give this group a name."))
            return
        if bool(self.about) == bool(told.get("where")) and "where" not in self.errors:
            self.add_error("fact", _t("Choose a fact, or write the code of a place."))
        self._check_limits(told.get("least"), told.get("most"))

    def _check_limits(self, least: int | None, most: int | None) -> None:
        if {"least", "most"} & set(self.errors):
            return
        percent = self.cleaned_data.get("unit") == Unit.PERCENT
        limits = [one for one in (least, most) if one is not None]
        if not limits:
            self.add_error("least", _t("Write a least, a most or both."))
        elif percent and max(limits) > WHOLE:
            self.add_error("least", _t("Shares are 100 per cent at most."))
        elif len(limits) == 2 and limits[0] > limits[1]:
            self.add_error("least", _t("The least is above the most."))

    def data_of_row(self) -> dict[str, Any] | None:
        """Return the row as the priority has it."""
        told = self.cleaned_data
        if not told.get("name"):
            return None
        rule = super().data_of_row()
        about = {"rule": rule} if rule else {"where": told["where"]}
        limits = {"least": told["least"], "most": told["most"], "unit": told["unit"]}
        return {"name": told["name"], **about, **limits}


def read_shares(fact: Fact, typed: str) -> dict[str, int] | None:
    """Return shares by code, as "laid off = 100; hours cut = 50"; None if unclear."""
    known = {
        word.lower(): code
        for code, words in fact.choices.items()
        for word in (code, words.id, words.en)
    }
    found: dict[str, int] = {}
    for part in filter(None, (one.strip() for one in typed.split(";"))):
        name, _sign, share = part.rpartition("=")
        code, number = known.get(name.strip().lower()), share.strip().rstrip("% ")
        fits = number.isascii() and number.isdecimal() and len(number) <= 3
        if code is None or not fits or int(number) > WHOLE:
            return None
        found[code] = int(number)
    return found or None


def written_shares(fact: Fact, shares: Mapping[str, int]) -> str:
    """Return shares as somebody would write them in the form."""
    return "; ".join(f"{said(fact.choices[c])} = {n}" for c, n in shares.items())
