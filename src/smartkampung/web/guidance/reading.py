"""Guidance as anybody may read it: what holds, what held, and how two differ."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from smartkampung.accounts.queries.people import full_names
from smartkampung.kernel.clock import today
from smartkampung.reopening.guidance.queries import holds_from, in_force, versions_of
from smartkampung.reopening.guidance.rules.kinds import Kind
from smartkampung.reopening.guidance.words import KINDS
from smartkampung.web.guidance import present
from smartkampung.web.pages import public_page
from smartkampung.web.typed import row_id


@public_page()
def guidance(request: HttpRequest) -> HttpResponse:
    """List the kinds of guidance with what holds now."""
    parts = [
        {
            "kind": kind.value,
            "title": title,
            "about": about,
            "row": in_force(kind, today()),
        }
        for kind, (title, about) in KINDS.items()
    ]
    return render(request, "guidance/guidance.html", {"parts": parts})


@public_page()
def one_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the versions of a kind, the latest first."""
    part = known(kind)
    title, about = KINDS[part]
    context = {
        "kind": kind,
        "title": title,
        "about": about,
        "versions": shown(part),
    }
    return render(request, "guidance/kind.html", context)


@public_page()
def compare(request: HttpRequest, kind: str) -> HttpResponse:
    """Show two versions of a kind side by side."""
    part = known(kind)
    rows = versions_of(part)
    older, newer = _offered(rows, in_force(part, today()))
    first = _chosen(rows, request.GET.get("first", ""), older)
    second = _chosen(rows, request.GET.get("second", ""), newer)
    if first is None or second is None:
        raise Http404
    context = {
        "kind": kind,
        "title": KINDS[part][0],
        "rows": rows,
        "first": first,
        "second": second,
        "lines": present.compared(kind, first.body, second.body),
    }
    return render(request, "guidance/compare.html", context)


def _offered(rows: list[Any], holds: Any) -> tuple[int, int]:
    """Return which two differ in what one wants to know: what holds, and its neighbour.

    The version that waits, where there is one; else the one that held before.
    """
    at = next((n for n, row in enumerate(rows) if holds and row.pk == holds.pk), 0)
    return (at, 0) if at else (min(1, len(rows) - 1), 0)


def _chosen(rows: list[Any], text: str, otherwise: int) -> Any:
    if not text:
        return rows[otherwise] if rows else None
    return next((row for row in rows if row.pk == row_id(text)), None)


def known(kind: str) -> Kind:
    """Return a kind by its name; 404 for another."""
    if kind not in set(Kind):
        raise Http404
    return Kind(kind)


def shown(kind: Kind) -> list[dict[str, Any]]:
    """Return the versions of a kind as pages show them."""
    rows = versions_of(kind)
    holds = in_force(kind, today())
    names = full_names(row.verified_by for row in rows)
    return [
        {
            "row": row,
            "lines": present.lines(kind, row.body),
            "state": _state(row, holds),
            "begins": holds_from(row) or row.since,
            "verified_by": names.get(row.verified_by, row.verified_by),
        }
        for row in rows
    ]


def _state(row: Any, holds: Any) -> dict[str, str]:
    begins = holds_from(row)
    if begins is None:
        return {"text": _("does not hold yet: waits to be confirmed"), "state": "wait"}
    if holds and row.pk == holds.pk:
        return {"text": _("holds now"), "state": "ok"}
    if begins > today():
        return {"text": _("from a later day"), "state": "wait"}
    return {"text": _("held before"), "state": "off"}
