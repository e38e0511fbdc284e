"""Programmes with their budgets, and the conflict matrix with its sources."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import render

from smartkampung.accounts.roles import Permission
from smartkampung.aid.queries.programmes import ACCOUNTS, matrix, purses
from smartkampung.kernel.clock import today
from smartkampung.kernel.language import either
from smartkampung.web.aid_staff import present
from smartkampung.web.aid_staff.words import (
    COMPONENTS,
    EFFECTS,
    PERIODS,
    REACHES,
    UNITS,
)
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(Permission.PROGRAMME_VIEW)
def programmes(request: StaffRequest) -> HttpResponse:
    """List programmes: what they give, from what, and what is left."""
    items = [
        {
            "row": purse.programme,
            "name": either(purse.programme.name, purse.programme.name_en),
            "gives": present.amount(purse.programme.amount, purse.programme.commodity),
            "contents": either(purse.programme.contents, purse.programme.contents_en),
            "unit": UNITS[purse.programme.unit],
            "period": PERIODS[purse.programme.period],
            "until": present.until(purse.programme.until),
            "source": _source(purse.programme.source),
            **{
                name: present.amount(getattr(purse, name), purse.programme.commodity)
                for name in ACCOUNTS
            },
        }
        for purse in purses()
    ]
    manages = request.actor.may(Permission.PROGRAMME_MANAGE)
    return render(
        request, "aid_staff/programmes.html", {"items": items, "manages": manages}
    )


def _source(words: str) -> dict[str, str]:
    """Show a link by its host: addresses are longer than a phone is wide."""
    if words.startswith("https://"):
        return {"url": words, "text": urlsplit(words).netloc}
    return {"url": "", "text": words}


@staff_page(Permission.PROGRAMME_VIEW)
def conflicts(request: StaffRequest) -> HttpResponse:
    """Show which aid excludes which, and why."""
    items = [
        {
            "row": row,
            "first": either(row.first.name, row.first.name_en),
            "second": either(row.second.name, row.second.name_en),
            "component": COMPONENTS.get(row.component, row.component),
            "reach": REACHES[row.reach],
            "source": either(row.source, row.source_en),
            "effect": EFFECTS[row.effect][0],
            "state": EFFECTS[row.effect][1],
            "until": present.until(row.until),
        }
        for row in matrix(today())
    ]
    manages = request.actor.may(Permission.PROGRAMME_MANAGE)
    return render(
        request, "aid_staff/conflicts.html", {"items": items, "manages": manages}
    )
