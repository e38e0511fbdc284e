"""What a rule would do: how many by village, at what cost, and whom it leaves out."""

from time import monotonic
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.budgets import programme_or_404
from smartkampung.aid.queries.counting import Counted, count_on
from smartkampung.aid.queries.eligible import Preview, version_of
from smartkampung.aid.queries.ruled import standing_rule, version_or_404
from smartkampung.criteria.kinds import Kind
from smartkampung.criteria.queries import registry, rule_of
from smartkampung.criteria.rules import LARGEST, Rule, criteria, with_values
from smartkampung.criteria.words import reading
from smartkampung.kernel.clock import today
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import whole
from smartkampung.ledger.queries import balances
from smartkampung.web.aid_rules import present
from smartkampung.web.aid_staff.present import amount
from smartkampung.web.pages import StaffRequest, staff_page

MANAGE = Permission.PROGRAMME_MANAGE
PATIENCE = 1.5  # seconds that a page counts before it shows how far it is


@staff_page(MANAGE)
def preview(request: StaffRequest, code: str) -> HttpResponse:
    """Judge all families of an area by a rule with other numbers in it.

    A page that would take long shows what is counted so far, and goes on by itself.
    """
    row = programme_or_404(code)
    base = _base(request, row)
    tried, refused = _tried(request, base), _refused(request, base)
    rule = with_values(base, tried)
    standing = version_of(code, on=today())
    against = rule_of(standing) if standing else None
    area = _area(request)
    counted = _count(rule, against, area)
    found = counted.preview
    asked = {f"c{at}": str(value) for at, value in tried.items()}
    if request.GET.get("version"):
        asked["version"] = request.GET["version"]
    address = present.address_of(code, asked)
    context = {
        "programme": row,
        "name": either(row.name, row.name_en),
        "area": area,
        "version": asked.get("version", ""),
        "standing": standing,
        "reading": reading(rule, registry().facts),
        "numbers": present.asked_numbers(base, tried),
        "refused": refused,
        "parts": present.parts(found, area, address),
        "left_out": present.left_out(rule, found),
        "map": present.drawn(found, area, address),
        "compared": found.compared,
        "counting": not counted.whole,
        "percent": 100 * counted.done // counted.total,
        "done": counted.done,
        "of": counted.total,
        **_sums(row, found),
    }
    return render(request, "aid_rules/preview.html", context)


def _count(rule: Rule, against: Rule | None, area: str) -> Counted:
    until = monotonic() + PATIENCE
    return count_on(
        rule,
        against=against,
        region=area,
        on=today(),
        enough=lambda: monotonic() > until,
    )


def _base(request: StaffRequest, row: Any) -> Rule:
    wanted = request.GET.get("version", "")
    if not wanted.isdecimal():
        return standing_rule(row, on=today())
    about, version = version_or_404(int(wanted))
    if about != row:
        raise Http404
    return rule_of(version)


def _tried(request: StaffRequest, base: Rule) -> dict[int, int]:
    return {at: int(typed) for at, typed in _typed(request, base) if _counts(typed)}


def _refused(request: StaffRequest, base: Rule) -> list[str]:
    """Return what was typed and is no number to try, so that the page says so."""
    return [typed[:20] for _at, typed in _typed(request, base) if not _counts(typed)]


def _typed(request: StaffRequest, base: Rule) -> list[tuple[int, str]]:
    facts = registry().facts
    return [
        (at, typed)
        for at, one in enumerate(criteria(base))
        if facts[one.fact].kind is Kind.NUMBER
        and (typed := request.GET.get(f"c{at}", ""))
    ]


def _counts(typed: str) -> bool:
    return typed.isdecimal() and typed.isascii() and int(typed) <= LARGEST


def _area(request: StaffRequest) -> str:
    mine = request.actor.regions_where(MANAGE)
    wanted = request.GET.get("in", "")
    if wanted.replace(".", "").isdecimal() and request.actor.may_in(MANAGE, wanted):
        return wanted
    return mine[0]


def _sums(row: Any, found: Preview) -> dict[str, Any]:
    held = balances([f"budget/{row.code}"]).get(f"budget/{row.code}", 0)
    cost = found.total("eligible") * row.amount
    return {
        "families": whole(found.total("families")),
        "eligible": whole(found.total("eligible")),
        "gained": whole(found.total("gained")),
        "lost": whole(found.total("lost")),
        "cost": amount(cost, row.commodity),
        "budget": amount(held, row.commodity),
        "short": cost > held,
    }
