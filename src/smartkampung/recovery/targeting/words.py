"""What priorities say, in the plain words of whoever reads."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.criteria.kinds import Fact
from smartkampung.criteria.words import said, value
from smartkampung.kernel.wording import whole
from smartkampung.recovery.targeting.rules.priority import POINT, Need, Weighted
from smartkampung.recovery.targeting.rules.reading import Fault, PriorityFaulty

FAULTS = {
    Fault.NOT_A_PRIORITY: gettext_lazy("this is not part of a priority"),
    Fault.EMPTY: gettext_lazy("there is no criterion; write at least one"),
    Fault.TOO_LONG: gettext_lazy("there are too many rows"),
    Fault.UNKNOWN_FACT: gettext_lazy("this fact is not known; choose one of the list"),
    Fault.TWICE: gettext_lazy("this fact stands here twice; keep one of them"),
    Fault.WRONG_WEIGHT: gettext_lazy(
        "the weight must be a whole number from 0 to 1000"
    ),
    Fault.WRONG_NEED: gettext_lazy("say which way this fact shows need"),
    Fault.WRONG_ENDS: gettext_lazy(
        "write two whole numbers from 0 on, the first below the second"
    ),
    Fault.WRONG_SHARES: gettext_lazy("give each code a share from 0 to 100"),
    Fault.CONTRADICTS: gettext_lazy(
        "a criterion says the opposite: among equals, too, more need comes first"
    ),
    Fault.WRONG_LAST: gettext_lazy("choose oldest registration or lot"),
    Fault.WRONG_RULE: gettext_lazy(
        "this group needs a rule that can be used, or a place"
    ),
    Fault.WRONG_NAME: gettext_lazy(
        "give each quota a name of its own, up to 40 letters"
    ),
    Fault.WRONG_SHARE: gettext_lazy(
        "write a least, a most or both: shares from 0 to 100, the least not above the most"
    ),
    Fault.WRONG_SEATS: gettext_lazy("say yes or no to seats for villages"),
}
WAYS = {
    "rank": gettext_lazy("by rank"),
    "lot": gettext_lazy("by lot among equals"),
    "left_over": gettext_lazy("a seat that another village could not fill"),
}


def said_faults(faulty: PriorityFaulty) -> str:
    """Return every mistake of a priority with its place, as one sentence."""
    parts = [f"{place}: {FAULTS[fault]}" for place, fault in faulty.faults]
    return _("The priority cannot be used. ") + "; ".join(parts) + "."


def way(name: str) -> str:
    """Return how somebody was chosen; quotas carry their own names."""
    return str(WAYS.get(name, name))


def points(thousandths: int) -> str:
    """Return points with their thousandths, "12,5"."""
    full, rest = divmod(thousandths, POINT)
    if not rest:
        return whole(full)
    mark = get_format("DECIMAL_SEPARATOR")
    return f"{whole(full)}{mark}{rest:03d}".rstrip("0")


def sentence(one: Weighted, fact: Fact) -> str:
    """Return how a criterion counts, as one plain line."""
    about = {
        "fact": said(fact.label),
        "low": value(fact, one.low),
        "high": value(fact, one.high),
    }
    if one.need is Need.MORE:
        return _("%(fact)s: nothing at %(low)s, all points from %(high)s on") % about
    if one.need is Need.LESS:
        return _("%(fact)s: nothing from %(high)s on, all points at %(low)s") % about
    if one.need is Need.CODES:
        shares = ", ".join(
            f"{said(fact.choices[code])} {share}%" for code, share in one.shares
        )
        return f"{about['fact']}: {shares}"
    answer = _("yes") if one.need is Need.YES else _("no")
    return f"{about['fact']}: {answer}"


def known(facts: Mapping[str, Fact], name: str, told: Any) -> tuple[str, str]:
    """Return a fact and what is known of it, in words."""
    fact = facts.get(name)
    if fact is None:
        return name, str(told)
    return said(fact.label), value(fact, told)
