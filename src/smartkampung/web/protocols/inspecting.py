"""A visit by the checklist; suspending a place, and lifting that."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartkampung.accounts.roles import Permission as P
from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.reopening.places.actions import suspending
from smartkampung.reopening.places.actions.inspecting import inspect_place
from smartkampung.reopening.places.queries import register
from smartkampung.reopening.places.queries.protocols import checklist_on
from smartkampung.reopening.places.queries.standing import last_inspection
from smartkampung.reopening.places.rules.standing import State, Suspending
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.protocols import present
from smartkampung.web.protocols.forms import (
    EVERYBODY,
    OpenReasonForm,
    VisitForm,
    choice_form,
)

SuspensionForm = choice_form(
    [
        ("yes", gettext_lazy("Suspend the place")),
        ("no", gettext_lazy("Do not suspend it")),
    ],
    required=True,
    read_by=EVERYBODY,
)


@staff_page(P.PLACE_INSPECT, "GET", "HEAD", "POST")
def inspect(request: StaffRequest, place_id: int) -> HttpResponse:
    """Go through the checklist at a place."""
    row = register.place_for(request.actor, place_id, P.PLACE_INSPECT)
    if row.state == State.ASKED:
        text = _("The village has not taken this place into the register yet.")
        messages.warning(request, text, "wait")
        return redirect("protocols_staff:place", place_id)
    found = checklist_on(row.kind, today())
    if found is None:
        raise Http404
    sent = request.method == "POST"
    form = VisitForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        checklist=found[1],
        initial={"form_id": uuid.uuid4()},
    )
    status = 200
    if sent:
        status = 422
        if form.is_valid():
            try:
                visit = _inspected(request, row, form)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                _say(request, visit)
                return redirect("protocols_staff:place", place_id)
    context = {
        "form": form,
        "title": _("Inspect %(name)s") % {"name": row.name},
        "button": _("Write down what I found"),
        "about": _(
            "Needed: %(needed)s points of 100, and everything that is without exception."
        )
        % {"needed": found[1].needed},
        "place": row,
    }
    return render(request, "protocols/form.html", context, status=status)


def _inspected(request: StaffRequest, row: Any, form: VisitForm) -> Any:
    given, at = form.cleaned_data, now()
    photos = []
    if given["photo"]:
        kept = keep_photo(
            file=given["photo"],
            region_code=row.region_code,
            at=at,
            form_id=given["form_id"],
        )
        photos.append(kept.pk)
    return inspect_place(
        place=row,
        form_id=given["form_id"],
        kept=form.kept(),
        note=given["note"],
        photos=photos,
        by=request.actor,
        at=at,
    )


def _say(request: StaffRequest, visit: Any) -> None:
    points = {"points": visit.points}
    if visit.passed:
        text = _("Passed, with %(points)s points of 100.") % points
        messages.success(request, text, "ok")
        return
    text = _("Not passed, with %(points)s points of 100.") % points
    messages.warning(request, f"{text} {present.why_failed(visit)}", "wait")


@staff_page(P.PLACE_SUSPEND, "GET", "HEAD", "POST")
def suspend(request: StaffRequest, place_id: int) -> HttpResponse:
    """Suspend a place now, for example after a complaint."""
    row = register.place_for(request.actor, place_id, P.PLACE_SUSPEND)
    form = OpenReasonForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        suspending.suspend_place(
            place=row, reason=form.cleaned_data["reason"], by=request.actor, at=now()
        )

    return _decided(
        request,
        row,
        form,
        act,
        title=_("Suspend %(name)s") % {"name": row.name},
        button=_("Suspend the place"),
        done=_("The place is suspended. Its certificate says so from now on."),
    )


@staff_page(P.PLACE_SUSPEND, "GET", "HEAD", "POST")
def suspension(request: StaffRequest, suspension_id: int) -> HttpResponse:
    """Decide whether a place is suspended, as an inspection proposed."""
    held = register.suspension_for(request.actor, suspension_id, P.PLACE_SUSPEND)
    if held.state != Suspending.PROPOSED:
        return redirect("protocols_staff:place", held.place_id)
    form = SuspensionForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        suspending.decide_suspension(
            suspension=held,
            agreed=form.cleaned_data["answer"] == "yes",
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )

    return _decided(
        request,
        held.place,
        form,
        act,
        title=_("Suspend %(name)s?") % {"name": held.place.name},
        button=_("Decide"),
        done=_("Decided. The owner hears of it, when the place is suspended."),
        visit=last_inspection(held.place),
    )


@staff_page(P.PLACE_SUSPEND, "POST")
def lift(request: StaffRequest, suspension_id: int) -> HttpResponse:
    """Lift a suspension, after the place passed again."""
    held = register.suspension_for(request.actor, suspension_id, P.PLACE_SUSPEND)
    try:
        suspending.lift_suspension(suspension=held, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        text = _("The suspension is lifted, and the place has a new certificate.")
        messages.success(request, text, "ok")
    return redirect("protocols_staff:place", held.place_id)


def _decided(
    request: StaffRequest,
    place: Any,
    form: Any,
    act: Any,
    *,
    title: str,
    button: str,
    done: str,
    visit: Any = None,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, done, "ok")
                return redirect("protocols_staff:place", place.pk)
    context = {
        "form": form,
        "title": title,
        "button": button,
        "place": place,
        "about": "",
        "found": present.lines(visit.protocol, visit.kept) if visit else [],
        "note": visit.note if visit else "",
    }
    return render(request, "protocols/form.html", context, status=status)
