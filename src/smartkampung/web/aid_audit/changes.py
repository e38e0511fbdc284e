"""Who changed what: the events, and how one record of the registry became what it is."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.aid.assurance.queries.changes import Asked, Change, changes_for
from smartkampung.aid.assurance.queries.history import Version, history_for
from smartkampung.aid.assurance.rules import MASK
from smartkampung.regions.queries import names
from smartkampung.web.aid_audit.forms import ChangesForm
from smartkampung.web.aid_audit.words import ACTORS, FIELDS, LABELS, OBJECTS
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.typed import row_id

VIEW = Permission.AUDIT_VIEW
SHOWN = 50
# Words somebody wrote, and numbers as long as those of a person, are not shown.
WRITTEN = re.compile(r"\s|\d{8}")
PAGES = {
    "aid.claim": "aid_staff:claim",
    "aid.proposal": "aid_cycles:proposal",
    "aid.paymentbatch": "aid_payments:batch",
    "aid.complaint": "aid_complaints:complaint",
    "residents.person": "aid_audit:person_history",
    "residents.family": "aid_audit:family_history",
}


@staff_page(VIEW)
def changes(request: StaffRequest) -> HttpResponse:
    """Show the events that were asked for, the newest first."""
    form = ChangesForm(request.GET)
    rows: list[Change] = []
    if form.is_valid():
        asked: Asked = form.asked(before=_cursor(request), most=SHOWN + 1)
        rows = changes_for(request.actor, asked)
    shown = rows[:SHOWN]
    called = full_names(row.by for row in shown)
    places = names({row.region_code for row in shown})
    context = {
        "form": form,
        "rows": [_row(row, called, places) for row in shown],
        "query": urlencode({k: v for k, v in form.data.items() if v and k != "before"}),
        "before": _key(shown[-1]) if len(rows) > SHOWN else "",
        "begun": "before" in request.GET,
    }
    status = 200 if form.is_valid() else 422
    return render(request, "aid_audit/changes.html", context, status=status)


@staff_page(VIEW)
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how the record of a resident became what it is."""
    return _history(request, "person", pk)


@staff_page(VIEW)
def family(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how a family card became what it is."""
    return _history(request, "family", pk)


def _history(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    versions = history_for(request.actor, kind, pk)
    called = full_names(one.by for one in versions)
    context = {
        "object": OBJECTS[f"residents.{kind}"],
        "pk": pk,
        "versions": [_version(one, called) for one in versions],
    }
    return render(request, "aid_audit/history.html", context)


def _version(one: Version, called: dict[str, str]) -> dict[str, Any]:
    return {
        "at": one.at,
        "label": LABELS.get(one.label, one.label),
        "by": called.get(one.by, ACTORS.get(one.by, one.by)),
        "event": one.event,
        "marked": one.marked,
        "through": one.through,
        "imported": one.imported,
        "fields": [
            (FIELDS.get(field.name, field.name), field.before, field.after)
            for field in one.fields
        ],
    }


def _row(row: Change, called: dict[str, str], places: dict[str, str]) -> dict[str, Any]:
    page = PAGES.get(row.kind)
    return {
        "at": row.at,
        "name": row.name,
        "by": called.get(row.by, row.by),
        "username": row.by,
        "object": OBJECTS.get(row.kind, row.kind),
        "target": row.target,
        "url": reverse(page, args=[row.target])
        if page and row.target.isdecimal()
        else "",
        "place": places.get(row.region_code, row.region_code),
        "detail": [f"{key}: {_masked(value)}" for key, value in row.detail.items()],
    }


def _masked(value: Any) -> str:
    """Return a code or a small number as it is, anything longer masked."""
    text = str(value)
    if isinstance(value, list | dict):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        return ", ".join(
            f"{key}: {_masked(part)}" if isinstance(value, dict) else _masked(part)
            for key, part in parts
        )
    return MASK if isinstance(value, str) and WRITTEN.search(text) else text


def _key(row: Change) -> str:
    return f"{row.at.isoformat()}~{row.number}"


def _cursor(request: StaffRequest) -> tuple[datetime, int] | None:
    """Return where the page before ended; the beginning for what is no such place."""
    moment, _tilde, number = request.GET.get("before", "").partition("~")
    pk = row_id(number)
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, pk) if pk is not None and at.tzinfo is not None else None
