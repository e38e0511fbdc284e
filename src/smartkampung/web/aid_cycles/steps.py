"""The next step of a list, taken by whoever may take it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.cycles.actions.judge import return_list
from smartkampung.aid.cycles.actions.recipients import replace_next
from smartkampung.aid.cycles.queries import lists
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.web.aid_cycles.choices import STEPS
from smartkampung.web.aid_cycles.forms import ReturnForm
from smartkampung.web.aid_cycles.villages import village_page
from smartkampung.web.pages import StaffRequest, staff_page


@staff_page(P.LIST_PROPOSE, "POST")
def send(request: StaffRequest, list_id: int) -> HttpResponse:
    """Send a list to be visited."""
    return _take(request, list_id, "send")


@staff_page(P.LIST_DECIDE, "POST")
def decide(request: StaffRequest, list_id: int) -> HttpResponse:
    """Sign a list as village head."""
    return _take(request, list_id, "decide")


@staff_page(P.LIST_APPROVE, "POST")
def approve(request: StaffRequest, list_id: int) -> HttpResponse:
    """Approve a list as camat, or for the regent."""
    return _take(request, list_id, "approve")


@staff_page(P.LIST_DECIDE, "POST")
def return_undecided(request: StaffRequest, list_id: int) -> HttpResponse:
    """Send a list back as village head."""
    return _return(request, list_id, P.LIST_DECIDE)


@staff_page(P.LIST_APPROVE, "POST")
def return_unapproved(request: StaffRequest, list_id: int) -> HttpResponse:
    """Send a list back as camat, or for the regent."""
    return _return(request, list_id, P.LIST_APPROVE)


@staff_page(P.RECIPIENT_CHANGE, "POST")
def replace(request: StaffRequest, list_id: int) -> HttpResponse:
    """Give a free place to the next who waits."""
    row = lists.list_for(request.actor, list_id, P.RECIPIENT_CHANGE)

    def act() -> Any:
        chosen = replace_next(village=row, by=request.actor, at=now())
        return _("%(name)s receives from now on.") % {"name": chosen.person.name}

    return _answer(request, list_id, act)


def _take(request: StaffRequest, list_id: int, name: str) -> HttpResponse:
    step = STEPS[name]
    row = lists.list_for(request.actor, list_id, step.permission)

    def act() -> Any:
        step.act(village=row, by=request.actor, at=now())
        return step.done

    return _answer(request, list_id, act)


def _return(request: StaffRequest, list_id: int, permission: P) -> HttpResponse:
    row = lists.list_for(request.actor, list_id, permission)
    form = ReturnForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""

    def act() -> Any:
        return_list(village=row, why=why, by=request.actor, at=now())
        return _("The list is back with the village.")

    return _answer(request, list_id, act, form)


def _answer(
    request: StaffRequest,
    list_id: int,
    act: Callable[[], Any],
    form: ReturnForm | None = None,
) -> HttpResponse:
    try:
        words = act()
    except Refused as refusal:
        problem = str(refusal.message)
        return village_page(
            request, list_id, returning=form, problem=problem, status=409
        )
    messages.success(request, words, "ok")
    return redirect("aid_cycles:village", list_id)
