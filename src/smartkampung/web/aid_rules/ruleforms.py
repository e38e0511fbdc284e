"""The form in which somebody who is no programmer writes a rule: rows and groups."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from smartkampung.criteria.kinds import Fact, Kind
from smartkampung.criteria.queries import registry
from smartkampung.criteria.rules import TESTS, Criterion, Group, How, Rule, Test
from smartkampung.criteria.words import said
from smartkampung.web.aid_staff.termforms import day_field
from smartkampung.web.free_text import no_card_number

ROWS = 4
GROUPS = ("A", "B", "C")
TEST_WORDS = {
    Test.AT_LEAST: _("is at least"),
    Test.AT_MOST: _("is at most"),
    Test.EQUALS: _("is exactly"),
    Test.IS: _("is (yes or no)"),
    Test.ONE_OF: _("is one of"),
    Test.NONE_OF: _("is none of"),
    Test.INCLUDES: _("contains"),
    Test.EXCLUDES: _("does not contain"),
}
HOW_WORDS = {
    How.ALL: _("all must hold"),
    How.ANY: _("one is enough"),
    How.AT_LEAST: _("at least this many must hold:"),
}
YES, NO = {"ya", "yes", "y", "true"}, {"tidak", "no", "n", "t", "false"}


class JoinForm(forms.Form):
    """How several criteria count together."""

    how = forms.ChoiceField(
        label=_("How they count together"),
        choices=list(HOW_WORDS.items()),
        initial=How.ALL.value,
    )
    needed = forms.IntegerField(
        label=_("How many"),
        required=False,
        min_value=1,
        max_value=60,
        widget=forms.NumberInput(attrs={"class": "tiny"}),
    )

    def joined(self, parts: list[Any]) -> dict[str, Any]:
        """Return a group of parts as the rule data has it."""
        how = self.cleaned_data["how"]
        if how == How.AT_LEAST:
            return {"at_least": self.cleaned_data["needed"] or 0, "of": parts}
        return {how: parts}


class HeadForm(JoinForm):
    """Since when, by what law; and how rows and groups count together."""

    legal_reference = forms.CharField(
        label=_("Legal basis"),
        max_length=200,
        validators=[no_card_number],
        help_text=_("The decree and its article: families read it in their letter."),
    )
    since = day_field(
        _("From"), help_text=_("Today or later. The version before ends then.")
    )
    until = day_field(
        _("No longer from"), required=False, help_text=_("Empty while it has no end.")
    )


class RowForm(forms.Form):
    """One criterion: a fact, how it is compared, with what, and in which group."""

    fact = forms.ChoiceField(label=_("Fact"), required=False)
    test = forms.ChoiceField(
        label=_("Comparison"),
        required=False,
        choices=[("", "–"), *TEST_WORDS.items()],
    )
    value = forms.CharField(label=_("Value"), required=False, max_length=200)
    group = forms.ChoiceField(
        label=_("Group"),
        required=False,
        choices=[("", _("on its own")), *((name, name) for name in GROUPS)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(f.name, said(f.label)) for f in registry().facts.values()]
        cast(forms.ChoiceField, self.fields["fact"]).choices = [
            ("", _("– none –")),
            *offered,
        ]

    def clean(self) -> None:
        """Say in the row what does not fit, and what would."""
        fact = registry().facts.get(self.cleaned_data.get("fact", ""))
        if fact is None:
            return
        test = self.cleaned_data.get("test", "")
        if test not in TESTS[fact.kind]:
            words = ", ".join(str(TEST_WORDS[one]) for one in TESTS[fact.kind])
            self.add_error("test", _t("This fact takes: %(tests)s.") % {"tests": words})
        typed = self.cleaned_data.get("value", "")
        value = typed_value(fact, typed)
        if value is None:
            about = {"typed": typed, "wanted": wanted(fact)}
            self.add_error(
                "value", _t("“%(typed)s” does not fit. Write %(wanted)s.") % about
            )
        self.cleaned_data["read"] = value

    def criterion(self) -> dict[str, Any] | None:
        """Return the row as the rule data has it; nothing for an empty row."""
        data = self.cleaned_data
        if not data.get("fact"):
            return None
        return {"fact": data["fact"], "is": data["test"], "value": data["read"]}


def wanted(fact: Fact) -> str:
    """Return what may be written beside a fact."""
    if fact.kind is Kind.NUMBER:
        return _t("a whole number, such as 60")
    if fact.kind is Kind.YES_NO:
        return _t("yes or no")
    names = ", ".join(said(words) for words in list(fact.choices.values())[:9])
    return _t("one or more of: %(names)s …") % {"names": names}


def typed_value(fact: Fact, typed: str) -> Any:
    """Return what somebody wrote as the value of a fact; None when it does not fit."""
    text = typed.strip().lower()
    if fact.kind is Kind.NUMBER:
        return int(text) if text.isascii() and text.isdecimal() else None
    if fact.kind is Kind.YES_NO:
        return True if text in YES else False if text in NO else None
    known = {
        word.lower(): code
        for code, words in fact.choices.items()
        for word in (code, words.id, words.en)
    }
    if fact.kind is Kind.CODES:
        return known.get(text)
    codes = [known.get(part.strip()) for part in text.split(";")]
    return None if None in codes else [int(code) for code in codes if code]


def written(fact: Fact, value: Any) -> str:
    """Return a value as somebody would write it in the form."""
    if fact.kind is Kind.YES_NO:
        return _t("yes") if value else _t("no")
    if fact.kind is Kind.NUMBER:
        return str(value)
    codes = value if isinstance(value, list) else [value]
    return "; ".join(said(fact.choices[str(code)]) for code in codes)


class TooNested(ValueError):
    """The rule has groups within groups, which the form cannot show."""


def initial_of(
    rule: Rule,
) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    """Return the head, the rows and the groups that show a rule; raise TooNested."""
    top = rule if isinstance(rule, Group) else Group(How.ALL, (rule,))
    head = {"how": top.how.value, "needed": top.needed or None}
    rows: list[dict[str, Any]] = []
    groups: dict[str, Any] = {}
    for part in top.parts:
        if isinstance(part, Criterion):
            rows.append(_row(part, ""))
            continue
        if len(groups) == len(GROUPS):
            raise TooNested
        name = GROUPS[len(groups)]
        groups[name] = {"how": part.how.value, "needed": part.needed or None}
        for inner in part.parts:
            if not isinstance(inner, Criterion):
                raise TooNested
            rows.append(_row(inner, name))
    return head, rows, groups


def _row(one: Criterion, group: str) -> dict[str, Any]:
    fact = registry().facts[one.fact]
    value = written(fact, one.value)
    return {"fact": one.fact, "test": one.test.value, "value": value, "group": group}


def rule_data(
    head: JoinForm, rows: list[RowForm], groups: Mapping[str, JoinForm]
) -> dict[str, Any]:
    """Return the rule that the forms say, in the order of the rows."""
    parts: list[Any] = []
    inside: dict[str, list[Any]] = {}
    for row in rows:
        criterion = row.criterion()
        name = row.cleaned_data.get("group", "")
        if criterion is None:
            continue
        if name and name not in inside:
            inside[name] = []
            parts.append(groups[name].joined(inside[name]))
        (inside[name] if name else parts).append(criterion)
    return head.joined(parts)
