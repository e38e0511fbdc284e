"""What a rule says, in the plain words of whoever reads."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartkampung.criteria.kinds import Fact, Kind, Words
from smartkampung.criteria.rules import Criterion, Fault, Faulty, How, Rule, Test
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import whole

FAULTS = {
    Fault.NOT_A_RULE: gettext_lazy("this is not a rule"),
    Fault.EMPTY: gettext_lazy("this group has no criteria"),
    Fault.TOO_DEEP: gettext_lazy("groups are nested too deeply"),
    Fault.TOO_LONG: gettext_lazy("the rule has more than 60 criteria"),
    Fault.UNKNOWN_FACT: gettext_lazy("this fact is not known"),
    Fault.WRONG_TEST: gettext_lazy("this fact cannot be compared like that"),
    Fault.WRONG_VALUE: gettext_lazy("this value does not fit the fact"),
    Fault.WRONG_COUNT: gettext_lazy("the number needed must be 1 up to all of them"),
}


def said(words: Words) -> str:
    """Return words in the language of whoever reads."""
    return either(words.id, words.en)


def said_faults(faulty: Faulty) -> str:
    """Return every mistake of a rule with its place, as one sentence."""
    parts = [f"{place}: {FAULTS[fault]}" for place, fault in faulty.faults]
    return _("The rule cannot be used. ") + "; ".join(parts) + "."


def value(fact: Fact, known: Any) -> str:
    """Return what is known of a fact, with its unit."""
    if known is None:
        return _("not known")
    if fact.kind is Kind.YES_NO:
        return _("yes") if known else _("no")
    if fact.kind is Kind.NUMBER:
        return f"{whole(known)} {said(fact.unit)}".strip()
    codes = known if isinstance(known, list) else [known]
    names = [fact.choices.get(str(code)) for code in codes]
    listed = [
        said(one) if one else str(code) for one, code in zip(names, codes, strict=True)
    ]
    return ", ".join(listed) or _("none")


def said_beyond(found: Sequence[Criterion], facts: Mapping[str, Fact]) -> str:
    """Return the criteria that nobody can meet, and the most that each fact can be."""
    words = _("%(criterion)s — this can never be more than %(most)s.")
    return " ".join(
        words % {"criterion": sentence(one, facts), "most": whole(facts[one.fact].most)}
        for one in found
    )


def sentence(criterion: Criterion, facts: Mapping[str, Fact]) -> str:
    """Return a criterion as one plain line."""
    fact = facts[criterion.fact]
    about = {"fact": said(fact.label), "value": value(fact, criterion.value)}
    return {
        Test.AT_LEAST: _("%(fact)s: at least %(value)s"),
        Test.AT_MOST: _("%(fact)s: at most %(value)s"),
        Test.EQUALS: _("%(fact)s: exactly %(value)s"),
        Test.IS: "%(fact)s: %(value)s",
        Test.ONE_OF: _("%(fact)s: one of %(value)s"),
        Test.NONE_OF: _("%(fact)s: none of %(value)s"),
        Test.INCLUDES: _("%(fact)s: %(value)s is among them"),
        Test.EXCLUDES: _("%(fact)s: %(value)s is not among them"),
    }[criterion.test] % about


def reading(rule: Rule, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Return a rule as lines that contain lines, for a nested list."""
    if isinstance(rule, Criterion):
        return {"text": sentence(rule, facts), "parts": []}
    heads = {
        How.ALL: _("All of these must hold:"),
        How.ANY: _("At least one of these must hold:"),
        How.AT_LEAST: ngettext(
            "At least %(needed)s of these %(many)s must hold:",
            "At least %(needed)s of these %(many)s must hold:",
            rule.needed,
        )
        % {"needed": rule.needed, "many": len(rule.parts)},
    }
    return {
        "text": heads[rule.how],
        "parts": [reading(part, facts) for part in rule.parts],
    }
