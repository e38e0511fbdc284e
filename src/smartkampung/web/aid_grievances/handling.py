"""Grievances, for the offices that handle or audit them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from smartkampung.accounts.roles import Permission
from smartkampung.aid.grievances.queries import (
    at_desk,
    counts_by_kind,
    grievance_for,
    grievances_for,
)
from smartkampung.aid.grievances.rules import CLOSED, Desk, Kind, State, desk_above
from smartkampung.aid.grievances.words import KINDS
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_grievances import present
from smartkampung.web.aid_grievances.acts import ACTS, Act
from smartkampung.web.aid_grievances.filters import SHOWN, shown
from smartkampung.web.aid_staff.present import Part, where
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PAGE_SIZE = 25
PAGES = {
    P.GRIEVANCE_VIEW: ("aid_grievances:grievances", "aid_grievances:grievance"),
    P.GRIEVANCE_OVERSEE: ("aid_grievances:overseen", "aid_grievances:overseen_one"),
}


@staff_page(P.GRIEVANCE_VIEW)
def grievances(request: StaffRequest) -> HttpResponse:
    """List grievances, those that wait first."""
    return _list(request, P.GRIEVANCE_VIEW)


@staff_page(P.GRIEVANCE_OVERSEE)
def overseen(request: StaffRequest) -> HttpResponse:
    """List what is told about officers of Dinsos."""
    return _list(request, P.GRIEVANCE_OVERSEE)


@staff_page(P.GRIEVANCE_VIEW, "GET", "POST")
def grievance(request: StaffRequest, grievance_id: int) -> HttpResponse:
    """Show one grievance, and do something with it."""
    return _one(request, grievance_id, P.GRIEVANCE_VIEW)


@staff_page(P.GRIEVANCE_OVERSEE, "GET", "POST")
def overseen_one(request: StaffRequest, grievance_id: int) -> HttpResponse:
    """Show one grievance about Dinsos, and do something with it."""
    return _one(request, grievance_id, P.GRIEVANCE_OVERSEE)


def _list(request: StaffRequest, permission: Permission) -> HttpResponse:
    rows = grievances_for(request.actor, permission)
    show, kind = request.GET.get("show", ""), request.GET.get("kind", "")
    found = shown(rows, request.actor, show, kind, at=now())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "items": _items(page, PAGES[permission][1]),
        "tabs": _tabs(rows, request, show, kind),
        "kinds": _kinds(shown(rows, request.actor, show, "", at=now()), show, kind),
        "query": "?" + urlencode({"show": show, "kind": kind}) + "&",
        "errors_url": reverse("aid_grievances:errors")
        if permission == P.GRIEVANCE_VIEW
        else "",
    }
    return render(request, "aid_grievances/grievances.html", context)


def _items(page: Any, one: str) -> list[Part]:
    rows = list(page)
    places = where({row.region_code for row in rows})
    return [
        {
            "row": row,
            "url": one,
            "kind": KINDS[Kind(row.kind)],
            "place": places[row.region_code],
            "desk": present.desk_of(row, row.desk),
            "tag": present.tag(row),
        }
        for row in rows
    ]


def _tabs(
    rows: QuerySet[Any], request: StaffRequest, show: str, kind: str
) -> list[Part]:
    return [
        {
            "url": "?" + urlencode({"show": name, "kind": kind}),
            "text": words,
            "count": shown(rows, request.actor, name, kind, at=now()).count(),
            "current": show == name,
        }
        for name, words in SHOWN.items()
    ]


def _kinds(rows: QuerySet[Any], show: str, kind: str) -> list[Part]:
    """Return the kinds that are there; the one chosen leads back to all of them."""
    counts = counts_by_kind(rows)
    return [
        {
            "url": "?" + urlencode({"show": show, "kind": "" if one == kind else one}),
            "text": words,
            "count": counts.get(one, 0),
            "current": kind == one,
        }
        for one, words in KINDS.items()
        if one in counts or one == kind
    ]


def _one(
    request: StaffRequest, grievance_id: int, permission: Permission
) -> HttpResponse:
    row = grievance_for(request.actor, grievance_id, permission)
    if request.method != "POST":
        return _page(request, row, permission)
    name = request.POST.get("do", "take")
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    form = act.form(request.POST, request.FILES, row=row, by=request.actor)
    if not form.is_valid():
        return _page(request, row, permission, wrong={name: form}, status=422)
    try:
        form.act()
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, permission, wrong={name: form}, status=409)
    messages.success(request, str(act.done), "ok")
    names = PAGES[permission]
    still = grievances_for(request.actor, permission).filter(pk=row.pk).exists()
    return redirect(names[1], row.pk) if still else redirect(names[0])


def _page(
    request: StaffRequest,
    row: Any,
    permission: Permission,
    *,
    wrong: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    person = row.person
    context = {
        "row": row,
        "back": PAGES[permission][0],
        "here": PAGES[permission][1],
        "tag": present.tag(row),
        "facts": present.facts(row),
        "steps": present.timeline(row, at=now()),
        "remedy": present.remedy(row),
        "person": person if _sees(request, person) else None,
        "unknown": bool(row.nik) and person is None,
        "acts": _acts(request, row, wrong or {}),
    }
    return render(request, "aid_grievances/grievance.html", context, status=status)


def _sees(request: StaffRequest, person: Any) -> bool:
    return person is not None and request.actor.may_in(
        P.RESIDENT_VIEW, person.region_code
    )


def _acts(request: StaffRequest, row: Any, wrong: dict[str, Any]) -> list[Part]:
    """Return what this officer may do now; what went wrong comes first."""
    names = dict.fromkeys([*wrong, *_possible(request, row)])
    return [
        _act(name, ACTS[name], wrong.get(name) or _form(request, row, ACTS[name]))
        for name in names
    ]


def _possible(request: StaffRequest, row: Any) -> list[str]:
    if row.state in CLOSED or not at_desk(request.actor, row):
        return []
    if row.taken_by_id != request.actor.staff_id:
        return ["take"]
    tests = {
        "decide": True,
        "ask": row.state != State.ASKED,
        "officer": row.kind == Kind.CONDUCT and row.about_id is None,
        "up": desk_above(Desk(row.desk)) is not None,
    }
    return [name for name, holds in tests.items() if holds]


def _form(request: StaffRequest, row: Any, act: Act) -> Any:
    return act.form(row=row, by=request.actor)


def _act(name: str, act: Act, form: Any) -> Part:
    return {"name": name, "act": act, "form": form, "open": form.is_bound}
