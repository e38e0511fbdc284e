"""Whether a house takes people in: inspected, open, closed; beds out of use."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.isolation.houses import queries
from smartkampung.isolation.houses.actions import blocking, describing, opening
from smartkampung.isolation.houses.actions.inspecting import (
    inspect_house,
)
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.web.isolation_houses.forms import (
    BlockForm,
    CloseForm,
    DaysForm,
    InspectionForm,
)
from smartkampung.web.isolation_houses.keeping import answer, posted
from smartkampung.web.pages import StaffRequest, staff_page

P = Permission


@staff_page(P.HOUSE_INSPECT, "GET", "POST")
def inspect(request: StaffRequest, house_id: int) -> HttpResponse:
    """Look at a house by the checklist."""
    row = queries.house_for(request.actor, house_id, P.HOUSE_INSPECT)
    form = InspectionForm(posted(request), initial={"form_id": uuid.uuid4()})
    return answer(
        request,
        form,
        act=lambda: inspect_house(
            house=row,
            form_id=form.cleaned_data["form_id"],
            faults=form.faults(),
            note=form.cleaned_data["note"],
            by=request.actor,
            at=now(),
        ),
        done=_("The inspection is written down."),
        title=_("Inspect the house"),
        button=_("Write down what I found"),
        house=row,
        about=_("It may open only when every answer is yes."),
    )


@staff_page(P.HOUSE_MANAGE, "POST")
def ask(request: StaffRequest, house_id: int) -> HttpResponse:
    """Ask the Puskesmas to come again."""
    row = queries.house_for(request.actor, house_id, P.HOUSE_MANAGE)
    describing.ask_inspection(house=row, by=request.actor, at=now())
    messages.success(request, _("The Puskesmas is asked to inspect it."), "ok")
    return redirect("isolation_houses:house", house_id)


@staff_page(P.HOUSE_MANAGE, "GET", "POST")
def open_(request: StaffRequest, house_id: int) -> HttpResponse:
    """Open a house."""
    row = queries.house_for(request.actor, house_id, P.HOUSE_MANAGE)
    form = DaysForm(posted(request), initial={"since": today()})

    def act() -> None:
        since, until = form.days()
        opening.open_house(
            house=row, since=since, until=until, by=request.actor, at=now()
        )

    return answer(
        request,
        form,
        act=act,
        done=_("The house is open on these days, and everybody can find it."),
        title=_("Open the house"),
        button=_("Open it on these days"),
        house=row,
    )


@staff_page(P.HOUSE_MANAGE, "GET", "POST")
def close(request: StaffRequest, house_id: int) -> HttpResponse:
    """Close a house from a day on."""
    row = queries.house_for(request.actor, house_id, P.HOUSE_MANAGE)
    form = CloseForm(posted(request), initial={"on": today()})
    return answer(
        request,
        form,
        act=lambda: opening.close_house(
            house=row, **form.cleaned_data, by=request.actor, at=now()
        ),
        done=_("The house takes nobody from that day."),
        title=_("Close the house"),
        button=_("Close it from this day"),
        house=row,
    )


@staff_page(P.HOUSE_MANAGE, "GET", "POST")
def block(request: StaffRequest, house_id: int) -> HttpResponse:
    """Take beds out of use."""
    row = queries.house_for(request.actor, house_id, P.HOUSE_MANAGE)
    beds = [(bed.pk, f"{bed.room.name}, {bed.name}") for bed in queries.beds_of(row)]
    form = BlockForm(posted(request), beds=beds, initial={"since": today()})

    def act() -> None:
        since, until = form.days()
        blocking.block_beds(
            house=row,
            bed_ids=[int(bed) for bed in form.cleaned_data["beds"]],
            since=since,
            until=until,
            work=form.cleaned_data["work"],
            by=request.actor,
            at=now(),
        )

    return answer(
        request,
        form,
        act=act,
        done=_("Nobody gets these beds on these days."),
        title=_("Take beds out of use"),
        button=_("Take them out of use"),
        house=row,
    )


@staff_page(P.HOUSE_MANAGE, "POST")
def lift(request: StaffRequest, house_id: int, use_id: int) -> HttpResponse:
    """Give a blocked bed back."""
    row = queries.block_for(request.actor, house_id, use_id, P.HOUSE_MANAGE)
    try:
        blocking.lift_block(use=row, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("The bed can be used again."), "ok")
    return redirect("isolation_houses:house", house_id)
