"""One person in one offer: the whole way, and what can be written down about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.recovery.programmes.actions import following, leaving
from smartkampung.recovery.programmes.actions.answering import accept, refuse
from smartkampung.recovery.programmes.actions.paying import hand_over as hand_over_money
from smartkampung.recovery.programmes.queries.seats import (
    payouts_of,
    seat_for,
    stages_open,
    thread_for,
    to_ask,
)
from smartkampung.recovery.programmes.rules.states import (
    Milestone,
    Pays,
    SeatState,
    Stage,
)
from smartkampung.recovery.programmes.words import STAGES
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.recovery import present
from smartkampung.web.recovery.forms import (
    DeskAnswerForm,
    MilestoneForm,
    OutcomeForm,
    PaidForm,
    ReasonForm,
)

P = Permission
S = SeatState
TAKES_PART = (S.ACCEPTED, S.ATTENDING)


@staff_page(P.RECOVERY_VIEW)
def seat(request: StaffRequest, seat_id: int) -> HttpResponse:
    """Show the way of one person through an offer."""
    row = seat_for(request.actor, seat_id)
    thread = thread_for(request.actor, row, today())
    milestones = dict(row.milestones.values_list("what", "on"))
    pays_at_once = row.offer.pays in (Pays.GRANT, Pays.LOAN)
    attends = request.actor.may_in(P.RECOVERY_ATTEND, row.region_code)
    manages = request.actor.may_in(P.RECOVERY_MANAGE, row.region_code)
    context = {
        "seat": row,
        "name": present.names_for(request.actor, [row])[row.pk],
        "title": present.title_of(row.offer),
        "kind": present.kind_of(row.offer),
        "where": present.where([row.region_code]).get(row.region_code, ""),
        "tag": present.tag_of_seat(row.state),
        "lines": present.timeline(row, thread.reached, milestones),
        "thread": thread,
        "outcomes": present.outcome_lines(row.outcomes.order_by("on", "pk")),
        "payouts": payouts_of(row),
        "others": [
            (other, present.title_of(other.offer), present.tag_of_seat(other.state))
            for other in thread.others
        ],
        "may_answer": attends and row.state == S.INVITED,
        "may_reach": attends and row.state in (*TAKES_PART, S.FINISHED),
        "may_end": attends and row.state in TAKES_PART,
        "may_ask": attends and bool(stages_open(row, today())),
        "may_pay": manages
        and pays_at_once
        and row.state in (*TAKES_PART, S.FINISHED)
        and not thread.done.paid,
        "pay_form": PaidForm(),
        "way": _way(row),
    }
    return render(request, "recovery/seat.html", context)


def _way(row: Any) -> str:
    """Return how somebody came to be invited."""
    ways = {
        "": _("next in the ranking"),
        "rank": _("by rank"),
        "lot": _("by lot among equals"),
        "left_over": _("in a seat that another village could not fill"),
    }
    way = ways.get(row.way) or _("by the quota “%(name)s”") % {"name": row.way}
    return _("Place %(place)d in the ranking, %(way)s") % {
        "place": row.place,
        "way": way,
    }


def _done(
    request: StaffRequest, row: Any, form: Any, act: Callable[[], object], words: str
) -> HttpResponse | None:
    """Do what a form asks; None when it was refused, and the form says why."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return None
    messages.success(request, words, "ok")
    return redirect("recovery_staff:seat", row.pk)


def _form(
    request: StaffRequest,
    row: Any,
    form: Any,
    *,
    title: str,
    button: str,
    about: str = "",
    refused: bool = False,
) -> HttpResponse:
    name = present.names_for(request.actor, [row])[row.pk]
    context = {
        "form": form,
        "title": title,
        "about": about,
        "button": button,
        "seat": row,
        "name": name,
    }
    status = 409 if refused else 422 if form.is_bound else 200
    return render(request, "recovery/form.html", context, status=status)


@staff_page(P.RECOVERY_ATTEND, "GET", "HEAD", "POST")
def answer(request: StaffRequest, seat_id: int) -> HttpResponse:
    """Write down at the desk what somebody answers who has no phone."""
    row = seat_for(request.actor, seat_id, P.RECOVERY_ATTEND)
    form = DeskAnswerForm(request.POST if request.method == "POST" else None)
    valid = request.method == "POST" and form.is_valid()
    if valid and (
        done := _done(
            request,
            row,
            form,
            _answering(request, row, form),
            _("The answer is written down."),
        )
    ):
        return done
    return _form(
        request,
        row,
        form,
        title=_("Answer at the desk"),
        about=_(
            "Read the offer to the person first. Refusing has no bad end for them."
        ),
        button=_("Write this answer down"),
        refused=valid,
    )


def _answering(
    request: StaffRequest, row: Any, form: DeskAnswerForm
) -> Callable[[], object]:
    by = request.actor.username
    if form.cleaned_data["accepts"]:
        return lambda: accept(seat=row, by=by, at=now())
    reason = form.cleaned_data["reason"]
    return lambda: refuse(seat=row, reason=reason, by=by, at=now())


@staff_page(P.RECOVERY_ATTEND, "GET", "HEAD", "POST")
def milestone(request: StaffRequest, seat_id: int) -> HttpResponse:
    """Write down what somebody reached."""
    row = seat_for(request.actor, seat_id, P.RECOVERY_ATTEND)
    form = MilestoneForm(
        request.POST if request.method == "POST" else None, initial={"on": today()}
    )
    valid = request.method == "POST" and form.is_valid()
    if valid:
        done = _done(
            request,
            row,
            form,
            lambda: following.reach(
                seat=row,
                what=Milestone(form.cleaned_data["what"]),
                on=form.cleaned_data["on"],
                by=request.actor.username,
                at=now(),
            ),
            _("It is written down."),
        )
        if done:
            return done
    return _form(
        request,
        row,
        form,
        title=_("Something was reached"),
        button=_("Write it down"),
        refused=valid,
    )


@staff_page(P.RECOVERY_ATTEND, "GET", "HEAD", "POST")
def outcome(request: StaffRequest, seat_id: int) -> HttpResponse:
    """Write down what somebody earns now."""
    row = seat_for(request.actor, seat_id, P.RECOVERY_ATTEND)
    stages = stages_open(row, today())
    if not stages:
        messages.info(request, _("Nothing is to be asked of this person now."), "wait")
        return redirect("recovery_staff:seat", row.pk)
    form = OutcomeForm(
        request.POST if request.method == "POST" else None,
        stages=stages,
        initial={"on": today()},
    )
    valid = request.method == "POST" and form.is_valid()
    if valid:
        given = {**form.cleaned_data, "stage": Stage(form.cleaned_data["stage"])}
        by = request.actor.username
        done = _done(
            request,
            row,
            form,
            lambda: following.record_outcome(seat=row, **given, by=by, at=now()),
            _("The income is written down. Thank you."),
        )
        if done:
            return done
    return _form(
        request,
        row,
        form,
        title=_("What does this person earn now?"),
        button=_("Write this down"),
        refused=valid,
    )


@staff_page(P.RECOVERY_ATTEND, "GET", "HEAD", "POST")
def drop(request: StaffRequest, seat_id: int) -> HttpResponse:
    """Write down that somebody stops, and why."""
    row = seat_for(request.actor, seat_id, P.RECOVERY_ATTEND)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    valid = request.method == "POST" and form.is_valid()
    if valid:
        done = _done(
            request,
            row,
            form,
            lambda: leaving.drop(
                seat=row,
                reason=form.cleaned_data["reason"],
                by=request.actor.username,
                at=now(),
            ),
            _("It is written down. Early enough, the next in line is invited."),
        )
        if done:
            return done
    return _form(
        request,
        row,
        form,
        title=_("This person stops"),
        about=_("What was earned so far stays theirs."),
        button=_("Write down that they stop"),
        refused=valid,
    )


@staff_page(P.RECOVERY_ATTEND, "POST")
def finish(request: StaffRequest, seat_id: int) -> HttpResponse:
    """Write down that somebody came to the end."""
    row = seat_for(request.actor, seat_id, P.RECOVERY_ATTEND)
    by = request.actor.username
    return _press(request, row, lambda: leaving.finish(seat=row, by=by, at=now()))


@staff_page(P.RECOVERY_MANAGE, "POST")
def hand_over(request: StaffRequest, seat_id: int) -> HttpResponse:
    """Write down that a grant or loan reached somebody."""
    row = seat_for(request.actor, seat_id, P.RECOVERY_MANAGE)
    form = PaidForm(request.POST)
    if not form.is_valid():
        messages.error(request, present.why_not_paid(form), "late")
        return redirect("recovery_staff:seat", row.pk)
    given, by = form.cleaned_data, request.actor.username
    return _press(
        request, row, lambda: hand_over_money(**given, seat=row, by=by, at=now())
    )


def _press(request: StaffRequest, row: Any, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal.message), "late")
    else:
        messages.success(request, _("It is written down."), "ok")
    return redirect("recovery_staff:seat", row.pk)


@staff_page(P.RECOVERY_VIEW)
def outcomes(request: StaffRequest) -> HttpResponse:
    """List who is to be asked what they earn, the oldest question first."""
    rows = to_ask(request.actor, today())[:100]
    names = present.names_for(request.actor, [row for row, _stage in rows])
    where = present.where(row.region_code for row, _stage in rows)
    context = {
        "rows": [
            {
                "seat": row,
                "name": names[row.pk],
                "where": where.get(row.region_code, ""),
                "title": present.title_of(row.offer),
                "stage": STAGES[stage],
            }
            for row, stage in rows
        ],
        "may": request.actor.may(P.RECOVERY_ATTEND),
    }
    return render(request, "recovery/outcomes.html", context)
