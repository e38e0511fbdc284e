"""Messages to the phones of an area: count, agree, allow, and see what became of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.queries.offices import holders_of
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.queries.phones import numbers_to_call
from smartkampung.accounts.roles import Permission, Role
from smartkampung.frontline.voice.actions.broadcasting import (
    ask_broadcast,
    decide_broadcast,
)
from smartkampung.frontline.voice.queries import announcements, broadcasts
from smartkampung.frontline.voice.queries.counting import (
    Counted,
    count,
    needs_second,
    purse_of,
)
from smartkampung.frontline.voice.rules.broadcasting import (
    BY,
    DANGERS,
    WARNS,
    State,
    Wording,
)
from smartkampung.frontline.voice.words import LAPSED, STATES, WORDINGS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day, moment, rupiah, whole
from smartkampung.notify.queries import outcomes_of
from smartkampung.notify.tongues import offered
from smartkampung.regions.codes import level
from smartkampung.residents.queries.reach import unreached
from smartkampung.residents.rules.consents import Purpose
from smartkampung.web.news import present
from smartkampung.web.news.forms import BroadcastForm, DecideForm
from smartkampung.web.news.writing import area_choices
from smartkampung.web.pages import StaffRequest, staff_page

TAGS = {
    State.WAITING: "wait",
    State.SENDING: "info",
    State.SENT: "ok",
    State.REFUSED: "off",
}


# How deep the places are named to which somebody walks; of a regency none.
DEPTHS = {"kecamatan": 4, "village": 6, "rw": 6, "rt": 6}


@staff_page(Permission.BROADCAST, "GET", "POST")
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Choose words and area; see how many and how much; then send."""
    row = announcements.spoken_for(request.actor, pk)
    tongues = list(dict.fromkeys(pair for one in Wording for pair in offered(one)))
    places = area_choices(request.actor, Permission.BROADCAST)
    shape: dict[str, Any] = {"areas": places, "tongues": tongues, "danger": row.danger}
    context: dict[str, Any] = {"row": row, "told": present.announcement(row)}
    if request.method != "POST":
        first = {"region_code": row.region_code}
        if row.danger:
            first["wording"] = WARNS[row.danger].value
        form = BroadcastForm(initial=first, **shape)
        return render(request, "news/send.html", context | {"form": form})
    form = BroadcastForm(request.POST, **shape)
    if not form.is_valid():
        return render(request, "news/send.html", context | {"form": form}, status=422)
    counted = _counted(row.pk, form)
    if form.cleaned_data["agreed"] != _seal(counted):
        context |= _shown(request, form, counted)
        return render(request, "news/send.html", context | {"form": form})
    given = {**form.cleaned_data, "wording": Wording(form.cleaned_data["wording"])}
    del given["agreed"]
    try:
        sent = ask_broadcast(announcement=row, **given, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return render(request, "news/send.html", context | {"form": form}, status=409)
    done = _("A colleague must allow it now.") if sent.large else _("It is being sent.")
    messages.success(request, done, "ok")
    return redirect("news:sent")


def _counted(announcement_id: int, form: BroadcastForm) -> Counted:
    given = form.cleaned_data
    return count(
        wording=Wording(given["wording"]),
        region_code=given["region_code"],
        announcement_id=announcement_id,
        due_on=given["due_on"],
        tongue=given["tongue"],
    )


def _seal(counted: Counted) -> str:
    """Return what somebody agrees to by pressing send; other numbers ask again."""
    return f"{counted.families}x{counted.parts}={counted.cost}"


def _shown(
    request: StaffRequest, form: BroadcastForm, counted: Counted
) -> dict[str, Any]:
    agreed: Any = request.POST.copy()
    agreed["agreed"] = _seal(counted)
    form.data = agreed
    purse = broadcasts.purse_for(request.actor, form.cleaned_data["region_code"])
    left = purse_of(purse, month=today().replace(day=1)).left
    wording = Wording(form.cleaned_data["wording"])
    return {
        "counted": counted,
        "families": whole(counted.families),
        "cost": rupiah(counted.cost),
        "left": rupiah(left),
        "large": needs_second(counted, wording=wording, purse=purse, at=now()),
        "warns": wording in DANGERS,
        "too_dear": counted.cost > left,
        "texts": list(counted.texts.values()),
        **_walk(form.cleaned_data["region_code"]),
    }


def _walk(area: str) -> dict[str, Any]:
    """Return where families are whom no message reaches, so that somebody walks."""
    here = level(area)
    if here not in DEPTHS:
        return {}
    rows = unreached(area, Purpose.AREA_NEWS, depth=DEPTHS[here])
    left = [row for row in rows if row.no_phone or row.no_yes]
    places = present.places_of(row.place for row in left)
    no_phone, no_yes = _("No phone"), _("Did not agree")
    return {
        "all": whole(sum(row.families for row in rows)),
        "no_phone": whole(sum(row.no_phone for row in rows)),
        "no_yes": whole(sum(row.no_yes for row in rows)),
        "columns": [
            {"title": _("Place")},
            {"title": no_phone, "number": True},
            {"title": no_yes, "number": True},
        ],
        "walk": [
            [
                {"text": places[row.place]},
                {"text": whole(row.no_phone), "number": True, "label": no_phone},
                {"text": whole(row.no_yes), "number": True, "label": no_yes},
            ]
            for row in left
        ],
    }


@staff_page(Permission.BROADCAST)
def sent(request: StaffRequest) -> HttpResponse:
    """Show the messages of the area: where each stands, and what the month cost."""
    rows = list(broadcasts.broadcasts_for(request.actor)[:50])
    month = today().replace(day=1)
    purses = request.actor.regions_where(Permission.BROADCAST)
    places = present.places_of([*purses, *(row.region_code for row in rows)])
    context = {
        "purses": [
            {
                "place": places[code],
                "spent": rupiah((purse := purse_of(code, month=month)).spent),
                "cap": rupiah(purse.cap),
            }
            for code in purses
        ],
        "rows": lines(rows, places),
        "regency": any(code.count(".") == 1 for code in purses),
    }
    return render(request, "news/sent.html", context)


def lines(rows: list[Any], places: dict[str, str]) -> list[dict[str, Any]]:
    """Return broadcasts with what became of their messages; no phone among it."""
    outcomes = outcomes_of(broadcasts.about(row) for row in rows)
    return [
        {
            "wording": WORDINGS[Wording(row.wording)],
            "announcement": row.announcement.title,
            "pk": row.announcement_id,
            "place": places[row.region_code],
            "at": moment(row.at),
            "families": whole(row.families),
            "cost": rupiah(row.cost),
            "used": "" if row.used is None else rupiah(row.used),
            "state": _state(row),
            "tag": TAGS[State(row.state)],
            "reason": row.reason,
            "told": _outcome(outcomes.get(broadcasts.about(row), {})),
        }
        for row in rows
    ]


def _state(row: Any) -> Any:
    """Return where a message stands, in words; one that lapsed was refused by nobody."""
    return LAPSED if row.decided_by == BY else STATES[State(row.state)]


def _outcome(found: dict[str, int]) -> list[str]:
    words = {
        "queued": _("waiting: %(n)s"),
        "sent": _("handed over: %(n)s"),
        "delivered": _("delivered: %(n)s"),
        "failed": _("not deliverable: %(n)s"),
        "unwanted": _("not wanted any more: %(n)s"),
    }
    return [
        words[state] % {"n": whole(found[state])} for state in words if found.get(state)
    ]


@staff_page(Permission.BROADCAST_APPROVE, "GET", "POST")
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Allow a colleague's message to many families, or refuse it with a reason."""
    row = broadcasts.to_decide_for(request.actor, pk)
    form = DecideForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                decide_broadcast(
                    broadcast=row,
                    allowed=form.cleaned_data["allowed"] == "yes",
                    reason=form.cleaned_data["reason"],
                    by=request.actor,
                    at=now(),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("Your decision is written down."), "ok")
                return redirect("news:decide_broadcast", row.pk)
    context = _to_decide(row) | {"form": form}
    context["own"] = row.by == request.actor.username
    if context["own"]:
        context["others"] = _who_may_allow(row)
    return render(request, "news/decide.html", context, status=status)


def _who_may_allow(row: Any) -> list[dict[str, str]]:
    """Return whom the author can ask: colleagues first, then the level above."""
    found = holders_of(Permission.BROADCAST_APPROVE, row.region_code, on=today())
    others = [one for one in found if one.username != row.by]
    numbers = numbers_to_call(one.staff_id for one in others)
    return [
        {
            "name": one.full_name,
            "office": f"{ROLE_LABELS[Role(one.role)]}, {one.place_name}",
            "email": one.email,
            "call": numbers.get(one.staff_id, ""),
        }
        for one in others
    ]


def _to_decide(row: Any) -> dict[str, Any]:
    counted = count(
        wording=Wording(row.wording),
        region_code=row.region_code,
        announcement_id=row.announcement_id,
        due_on=row.due_on,
        tongue=row.tongue,
    )
    purse = purse_of(row.purse, month=today().replace(day=1))
    return {
        "row": row,
        "told": present.announcement(row.announcement),
        "by": full_names([row.by]).get(row.by, row.by),
        "at": moment(row.at),
        "place": present.places_of([row.region_code])[row.region_code],
        "texts": list(counted.texts.values()),
        "families": whole(row.families),
        "cost": rupiah(row.cost),
        "left": rupiah(purse.left),
        "waits": row.state == State.WAITING,
        "state": _state(row),
        "tag": TAGS[State(row.state)],
        "due": long_day(row.due_on) if row.due_on else "",
    }
