"""Houses as their village and the Puskesmas see them; entering and describing them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.isolation.houses import queries
from smartkampung.isolation.houses.actions import describing
from smartkampung.isolation.houses.actions.errors import CannotOpen
from smartkampung.isolation.houses.words import FAULTS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.isolation_houses import present
from smartkampung.web.isolation_houses.forms import (
    BedsForm,
    HouseForm,
    PhotoForm,
    RoomForm,
)
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission
PAGE_SIZE = 50


@staff_page(P.HOUSE_VIEW)
def houses(request: StaffRequest) -> HttpResponse:
    """List the houses of the places that an officer works in."""
    rows = queries.with_standing(
        queries.houses_for(request.actor, P.HOUSE_VIEW), on=today()
    )
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    places = present.where({row.village_id for row in page})
    items = [(row, places[row.village_id], present.standing(row)) for row in page]
    context = {
        "items": items,
        "page": page,
        "may_manage": request.actor.may(P.HOUSE_MANAGE),
    }
    return render(request, "isolation_houses/houses.html", context)


@staff_page(P.HOUSE_VIEW)
def house(request: StaffRequest, house_id: int) -> HttpResponse:
    """Show a house: how it stands, when it is open, its rooms, what blocks beds."""
    rows = queries.houses_for(request.actor, P.HOUSE_VIEW).filter(pk=house_id)
    queries.house_for(request.actor, house_id, P.HOUSE_VIEW)
    row = queries.with_standing(rows, on=today()).get()
    visit = queries.last_inspection(row)
    place = row.place_id
    context = {
        "house": row,
        "kind": present.kind(row.kind),
        "where": present.where([row.village_id])[row.village_id],
        "kitchen_of": present.where([row.fed_by_id])[row.fed_by_id],
        "tag": present.standing(row),
        "visit": visit,
        "found": present.checks(visit.faults) if visit else [],
        "openings": [
            present.days(one.during.lower, one.during.upper)
            for one in queries.openings_of(row, on=today())
        ],
        "rooms": queries.rooms_of(row, on=today()),
        "blocks": [
            (use, present.days(use.during.lower, use.during.upper))
            for use in queries.blocks_of(row, on=today())
        ],
        "photos": present.photos(row),
        "may_manage": request.actor.may_in(P.HOUSE_MANAGE, place),
        "may_receive": request.actor.may_in(P.ARRIVAL_RECORD, place),
        "may_inspect": request.actor.may_in(P.HOUSE_INSPECT, place),
    }
    return render(request, "isolation_houses/house.html", context)


def answer(
    request: StaffRequest,
    form: Any,
    *,
    act: Callable[[], Any],
    done: str,
    title: str,
    button: str,
    house: Any = None,
    about: str = "",
) -> HttpResponse:
    """Show a form of a house, or do what it asks and go back to the house."""
    status = 200
    if request.method == "POST":
        status = _problem(form, act) if form.is_valid() else 422
        if not status:
            messages.success(request, done, "ok")
            kept = house or form.made
            return redirect("isolation_houses:house", kept.pk)
    context = {
        "form": form,
        "title": title,
        "button": button,
        "house": house,
        "about": about,
    }
    return render(request, "isolation_houses/form.html", context, status=status)


def _problem(form: Any, act: Callable[[], Any]) -> int:
    """Act; return 0, or the status of a refusal that the form now shows."""
    try:
        form.made = act()
    except CannotOpen as refusal:
        for fault in refusal.faults:
            form.add_error(None, str(FAULTS[fault]))
        return 409
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return 409
    return 0


def posted(request: StaffRequest) -> Any:
    """Return what was sent, or None to show an empty form."""
    return request.POST if request.method == "POST" else None


@staff_page(P.HOUSE_MANAGE, "GET", "POST")
def add(request: StaffRequest) -> HttpResponse:
    """Enter a house."""
    form = HouseForm(posted(request), actor=request.actor)
    return answer(
        request,
        form,
        act=lambda: describing.add_house(plan=form.plan(), by=request.actor, at=now()),
        done=_("The house is entered, and the Puskesmas is asked to inspect it."),
        title=_("Enter a house"),
        button=_("Enter this house"),
        about=_("Next you enter its rooms. It opens after the Puskesmas saw it."),
    )


@staff_page(P.HOUSE_MANAGE, "GET", "POST")
def change(request: StaffRequest, house_id: int) -> HttpResponse:
    """Describe a house anew."""
    row = queries.house_for(request.actor, house_id, P.HOUSE_MANAGE)
    names = ("kind", "name", "address", "contact_name", "contact_phone")
    first = {name: getattr(row, name) for name in names} | {
        "place": row.place_id,
        "fed_by": row.fed_by_id,
        "position": f"{row.lat}, {row.lng}" if row.lat is not None else "",
        "women_only": row.women_only,
        "wheelchair": row.wheelchair,
        "kitchen": row.kitchen,
    }
    form = HouseForm(posted(request), actor=request.actor, initial=first)
    return answer(
        request,
        form,
        act=lambda: describing.change_house(
            house=row, plan=form.plan(), by=request.actor, at=now()
        ),
        done=_("Saved."),
        title=_("Describe the house anew"),
        button=_("Save"),
        house=row,
    )


@staff_page(P.HOUSE_MANAGE, "GET", "POST")
def room(request: StaffRequest, house_id: int) -> HttpResponse:
    """Enter a room with its beds."""
    row = queries.house_for(request.actor, house_id, P.HOUSE_MANAGE)
    form = RoomForm(posted(request), initial={"cots": 0})
    return answer(
        request,
        form,
        act=lambda: describing.add_room(
            house=row, plan=form.plan(), by=request.actor, at=now()
        ),
        done=_("The room is entered."),
        title=_("Enter a room"),
        button=_("Enter this room"),
        house=row,
        about=_("One family shares a room, or people of one sex."),
    )


@staff_page(P.HOUSE_MANAGE, "GET", "POST")
def beds(request: StaffRequest, house_id: int, room_id: int) -> HttpResponse:
    """Put more beds into a room."""
    row = queries.room_for(request.actor, house_id, room_id, P.HOUSE_MANAGE)
    form = BedsForm(posted(request))
    return answer(
        request,
        form,
        act=lambda: describing.add_beds(
            room=row, **form.cleaned_data, by=request.actor, at=now()
        ),
        done=_("The beds are entered."),
        title=_("More beds in %(room)s") % {"room": row.name},
        button=_("Enter these beds"),
        house=row.house,
    )


@staff_page(P.HOUSE_MANAGE, "GET", "POST")
def photo(request: StaffRequest, house_id: int) -> HttpResponse:
    """Show a photo of a house to everybody."""
    row = queries.house_for(request.actor, house_id, P.HOUSE_MANAGE)
    files = request.FILES if request.method == "POST" else None
    form: forms.Form = PhotoForm(posted(request), files)

    def act() -> None:
        kept = keep_photo(
            file=form.cleaned_data["photo"], region_code=row.place_id, at=now()
        )
        describing.add_photo(house=row, upload_id=kept.pk, by=request.actor, at=now())

    return answer(
        request,
        form,
        act=act,
        done=_("The photo is shown."),
        title=_("Add a photo"),
        button=_("Show this photo"),
        house=row,
    )


@staff_page(P.HOUSE_MANAGE, "POST")
def drop_photo(request: StaffRequest, house_id: int, photo_id: int) -> HttpResponse:
    """Show a photo no longer."""
    queries.house_for(request.actor, house_id, P.HOUSE_MANAGE)
    row = queries.photo_of(house_id, photo_id)
    describing.remove_photo(photo=row, by=request.actor, at=now())
    messages.success(request, _("The photo is gone."), "ok")
    return redirect("isolation_houses:house", house_id)
