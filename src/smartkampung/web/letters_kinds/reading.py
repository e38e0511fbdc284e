"""Every letter with what it says here, its versions, and how two differ."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.letters.catalogue import queries
from smartkampung.letters.catalogue.rules.kinds import Feed
from smartkampung.letters.catalogue.rules.reading import CODE, data_of
from smartkampung.letters.catalogue.rules.wording import Wording, digest
from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.letters.catalogue.words import GROUPS
from smartkampung.regions.queries import names
from smartkampung.web.letters_kinds import present
from smartkampung.web.letters_kinds.rows import code_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.typed import row_id

# What letters say is no secret: residents read it on the public pages, too.
READ = Permission.DESK
WRITE = Permission.LETTER_WORDING_WRITE
CONFIRM = Permission.LETTER_WORDING_CONFIRM


@staff_page(READ)
def wordings(request: StaffRequest) -> HttpResponse:
    """List every letter with what holds in the actor's place."""
    place = place_of(request.actor)
    rows = queries.versions_for(request.actor)
    waiting = {row.kind for row in rows if not row.confirmed_by}
    held = {one.kind.code: one for one in queries.kinds_offered(place, today())}
    known = shipped() | {row.kind: queries.wording_of(row) for row in reversed(rows)}
    groups: dict[Any, list[dict[str, Any]]] = {group: [] for group in GROUPS}
    for code, one in known.items():
        here = held.get(code)
        groups[(here or one).kind.group].append(
            {
                "kind": (here or one).kind,
                "state": _state(here, code in waiting),
                "from": _place(here) if here else "",
            }
        )
    context = {
        "groups": [
            {"title": GROUPS[key], "kinds": kinds}
            for key, kinds in groups.items()
            if kinds
        ],
        "writes": request.actor.may(WRITE),
        "shipped": [(code, one.kind.title.id) for code, one in shipped().items()],
        "place": names([place]).get(place, ""),
    }
    return render(request, "letters_kinds/wordings.html", context)


@staff_page(READ)
def one_kind(request: StaffRequest, kind: str) -> HttpResponse:
    """Show what a letter says, and its versions."""
    place = place_of(request.actor)
    rows = queries.versions_for(request.actor, kind)
    held = queries.wording_for(kind, place, today())
    shown = held or shipped().get(kind) or _first(rows)
    if shown is None:
        raise Http404
    lang = shown.language(request.GET.get("lang") or get_language() or "id")
    context = {
        "kind": shown.kind,
        "about": shown.kind.about.of(get_language() or "id"),
        "held": held,
        "from": _place(shown),
        "lines": list(present.lines(shown.kind)),
        "pictures": present.pictures(shown, lang, now()),
        "lang": lang,
        "versions": _versions(request.actor, rows, held),
        "writes": request.actor.may(WRITE),
    }
    return render(request, "letters_kinds/kind.html", context)


@staff_page(READ)
def compare(request: StaffRequest, kind: str) -> HttpResponse:
    """Show two versions of a letter side by side."""
    rows = queries.versions_for(request.actor, kind)
    offered = [(str(row.pk), queries.wording_of(row)) for row in rows]
    if kind in shipped():
        offered.append(("0", shipped()[kind]))
    if not offered:
        raise Http404
    known = dict(offered)
    second = request.GET.get("second", offered[0][0])
    first = request.GET.get("first", offered[min(1, len(offered) - 1)][0])
    if first not in known or second not in known:
        raise Http404
    one, other = known[first].kind, known[second].kind
    context = {
        "kind": other,
        "options": [{"pk": key, "words": version_words(w)} for key, w in offered],
        "first": {"pk": first, "words": version_words(known[first])},
        "second": {"pk": second, "words": version_words(known[second])},
        "lines": present.compared(one, other),
        "texts": present.compared_texts(one, other),
    }
    return render(request, "letters_kinds/compare.html", context)


def place_of(actor: Actor) -> str:
    """Return the place for which an actor reads wordings: their widest own area."""
    areas = queries.areas_of(actor) or actor.regions_where(READ)
    return min(areas, key=len, default="")


def version_words(one: Wording) -> str:
    """Return what a version is called."""
    if not one.number:
        return _("as it came with the program")
    return _("version %(number)s of %(place)s") % {
        "number": one.number,
        "place": _place(one),
    }


def start_of(actor: Actor, kind: str, version: str, like: str = "") -> Wording:
    """Return the wording that a new version begins with; 404 for none.

    A letter of one's own begins with the words of one that is ``like`` it.
    """
    if version:
        row = queries.version_for(actor, row_id(version) or 0)
        found = queries.wording_of(row) if row and row.kind == kind else None
    else:
        found = (
            queries.wording_for(kind, place_of(actor), today())
            or shipped().get(kind)
            or _first(queries.versions_for(actor, kind))
            or _like(kind, like)
        )
    if found is None:
        raise Http404
    return found


def _like(code: str, like: str) -> Wording | None:
    """Return a shipped letter under another code, which feeds nothing."""
    if like not in shipped() or not CODE.match(code):
        return None
    kind = replace(shipped()[like].kind, code=code, feeds=Feed.NOTHING)
    return Wording(kind, digest(data_of(kind)))


@staff_page(WRITE)
def begin(request: StaffRequest) -> HttpResponse:
    """Go on to the form of a letter of one's own, called by a short name."""
    code = code_of(request.GET.get("name", ""))
    like = request.GET.get("like", "")
    if _like(code, like) is None or code in shipped():
        messages.error(
            request,
            _("Write a short name in letters, which no other letter has."),
            "late",
        )
        return redirect("letters_templates:wordings")
    return redirect(reverse("letters_templates:write", args=[code]) + f"?like={like}")


def _first(rows: list[Any]) -> Wording | None:
    return queries.wording_of(rows[0]) if rows else None


def _place(one: Wording) -> str:
    if not one.number:
        return _("the program")
    return names([one.scope]).get(one.scope, one.scope)


def _state(held: Wording | None, waiting: bool) -> dict[str, str]:
    if waiting:
        return {"text": _("a version waits to be confirmed"), "state": "wait"}
    if held is None:
        return {"text": _("not offered here"), "state": "off"}
    if held.number:
        return {"text": _("own wording"), "state": "info"}
    return {"text": _("as shipped"), "state": "ok"}


def _versions(
    actor: Actor, rows: list[Any], held: Wording | None
) -> list[dict[str, Any]]:
    people = full_names({row.written_by for row in rows}) | full_names(
        {row.confirmed_by for row in rows}
    )
    places = names({row.region_code for row in rows})
    return [
        {
            "row": row,
            "place": places.get(row.region_code, row.region_code),
            "by": people.get(row.written_by, row.written_by),
            "confirmed_by": people.get(row.confirmed_by, row.confirmed_by),
            "state": _version_state(row, held),
            "may_confirm": may_confirm(actor, row),
        }
        for row in rows
    ]


def may_confirm(actor: Actor, row: Any) -> bool:
    """Say whether an actor may confirm a version."""
    return (
        not row.confirmed_by
        and row.written_by != actor.username
        and actor.may_in(CONFIRM, queries.place_to_confirm(row))
    )


def _version_state(row: Any, held: Wording | None) -> dict[str, str]:
    if not row.confirmed_by:
        return {"text": _("waits to be confirmed"), "state": "wait"}
    if held and held.version_id == row.pk:
        return {"text": _("holds now"), "state": "ok"}
    if row.holds_from > today():
        return {"text": _("from a later day"), "state": "wait"}
    return {"text": _("confirmed"), "state": "off"}
