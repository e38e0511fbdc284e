"""Requests of one's places, what waits first on top."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day, now, today
from smartkampung.letters.requests.queries.requests import (
    PURPOSE,
    Filter,
    narrowed,
    next_at,
    requests_for,
    waiting_signature,
)
from smartkampung.letters.requests.queries.villages import signs
from smartkampung.letters.requests.rules.steps import State, Step
from smartkampung.residents.queries import note_looks
from smartkampung.web.letters_staff import present
from smartkampung.web.pages import StaffRequest, staff_page

VIEW = Permission.LETTER_VIEW
PAGE_SIZE = 25
TABS: dict[str, Promise] = {
    "": gettext_lazy("On the way"),
    State.CONFIRM: gettext_lazy("To confirm"),
    State.CHECK: gettext_lazy("To check"),
    State.REVIEW: gettext_lazy("Second look"),
    State.SIGN: gettext_lazy("To sign"),
    State.COSIGN: gettext_lazy("Kecamatan"),
    State.RETURNED: gettext_lazy("With the family"),
    "late": gettext_lazy("Late"),
    State.ISSUED: gettext_lazy("Signed"),
    State.REFUSED: gettext_lazy("Refused"),
    State.CANCELLED: gettext_lazy("Request cancelled"),
}
SOON = ("", "late")


@staff_page(VIEW)
def requests(request: StaffRequest) -> HttpResponse:
    """List letters by step, the most urgent first."""
    show = request.GET.get("show", _opens_on(request.actor))
    show = show if show in TABS else ""
    kind = request.GET.get("kind", "")[:40]
    at = now()
    rows = requests_for(request.actor)
    found = narrowed(rows, _filter(show, kind), at=at)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    note_looks(
        request.actor, [r.subject for r in page], purpose=PURPOSE, permission=VIEW
    )
    context = {
        "page": page,
        "items": present.rows_of(page, at=at, reader=request.actor),
        "tabs": _tabs(rows, kind, show, at),
        "kinds": _kinds(narrowed(rows, _filter(show, ""), at=at), show, kind),
        "query": "?" + urlencode({"show": show, "kind": kind}) + "&",
        "may_sign": may_sign(request),
        "to_sign": waiting_signature(request.actor, on=day(at)).count(),
        "may_ask": request.actor.may(Permission.LETTER_ASK),
    }
    return render(request, "letters_staff/requests.html", context)


def may_sign(request: StaffRequest) -> bool:
    """Say whether somebody signs letters today, as head or by mandate."""
    return signs(request.actor, on=today())


def _opens_on(actor: Actor) -> str:
    """Return what a list opens on: for a neighbourhood, what it is to confirm."""
    if actor.may(Permission.LETTER_FILE) or not actor.may(Permission.LETTER_CONFIRM):
        return ""
    return State.CONFIRM if next_at(actor, Step.CONFIRM) else ""


def _tabs(rows: Any, kind: str, current: str, at: Any) -> list[dict[str, Any]]:
    """Return the tabs in which something stands, and the one that is open."""
    tabs = [_tab(rows, one, kind, current, at) for one in TABS]
    return [tab for tab in tabs if tab["count"] or tab["current"] or not tab["show"]]


def _filter(show: str, kind: str) -> Filter:
    state = "" if show in SOON else show
    return Filter(state=state, kind=kind, open=show == "", late=show == "late")


def _tab(rows: Any, show: str, kind: str, current: str, at: Any) -> dict[str, Any]:
    return {
        "url": "?" + urlencode({"show": show, "kind": kind}),
        "show": show,
        "text": TABS[show],
        "count": narrowed(rows, _filter(show, kind), at=at).count(),
        "current": show == current,
    }


def _kinds(rows: Any, show: str, kind: str) -> list[dict[str, Any]]:
    """Return the kinds that are there; the one chosen leads back to all of them."""
    there = set(rows.order_by().values_list("kind", flat=True).distinct())
    choices = [(one, present.title_of(one)) for one in there | ({kind} - {""})]
    if len(choices) < 2 and not kind:
        return []
    return [
        {"url": "?" + urlencode({"show": show}), "text": _("All"), "current": not kind},
        *(
            {
                "url": "?" + urlencode({"show": show, "kind": one}),
                "text": text,
                "current": one == kind,
            }
            for one, text in sorted(choices, key=lambda choice: choice[1])
        ),
    ]
