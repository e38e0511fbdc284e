"""The public page on which people in isolation say how they are; no account."""

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from smartkampung.intake.rules import Limit
from smartkampung.isolation.monitoring.actions.checks import report_oneself
from smartkampung.isolation.monitoring.actions.reminding import want_reminders
from smartkampung.isolation.monitoring.queries import (
    finished_of,
    open_looks,
    party_by_code,
    present_of,
    reminders_of,
)
from smartkampung.isolation.monitoring.rules.checks import day_number
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.errors import Refused
from smartkampung.notify.queries import is_silent
from smartkampung.web.code_door import Door, at_the_door
from smartkampung.web.isolation_monitoring.forms import PartyCodeForm, SelfForm
from smartkampung.web.limits import limited
from smartkampung.web.pages import public_page
from smartkampung.web.typed import row_id

OPENED = Limit("isolation.report_opened", 240, timedelta(minutes=10))
OPENED_BY_ALL = Limit("isolation.report_opened_by_all", 12_000, timedelta(minutes=1))
DOOR = Door(
    title=gettext_lazy("How are you today?"),
    form=PartyCodeForm,
    opens=party_by_code,
    leads_to="isolation_report:report",
    hint=gettext_lazy("For everybody in isolation, at home or in a house."),
)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def door(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the stay; one that opens something leads there."""
    return at_the_door(request, DOOR)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("GET", "HEAD", "POST")
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Show everybody of the party who is in isolation, and take how they are."""
    party = party_by_code(code)
    if party is None:
        raise Http404
    people = {stay.pk: stay for stay in present_of(party)}
    if request.method != "POST":
        return _page(request, code, party, {})
    stay = people.get(row_id(request.POST.get("stay", "")) or 0)
    if stay is None:
        return _page(request, code, party, {}, status=422)
    form = SelfForm(request.POST, prefix=_prefix(stay))
    if not form.is_valid():
        return _page(request, code, party, {stay.pk: form}, status=422)
    try:
        report_oneself(stay=stay, seen=form.seen(), at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, code, party, {stay.pk: form}, status=409)
    messages.success(
        request,
        _("Thank you, %(name)s. It is written down.") % {"name": stay.name},
        "ok",
    )
    return redirect("isolation_report:report", code)


@limited(address=OPENED, everybody=OPENED_BY_ALL)
@never_cache
@public_page("POST")
def reminders(request: HttpRequest, code: str) -> HttpResponse:
    """Stop the daily reminders of a party, or begin them again."""
    party = party_by_code(code)
    if party is None:
        raise Http404
    wanted = request.POST.get("wanted") == "yes"
    want_reminders(party=party, wanted=wanted, at=now())
    words = _("We will remind you again.") if wanted else _("No more reminders.")
    messages.success(request, words, "ok")
    return redirect("isolation_report:report", code)


def _prefix(stay: Any) -> str:
    return f"p{stay.pk}"


def _page(
    request: HttpRequest,
    code: str,
    party: Any,
    forms: dict[int, SelfForm],
    *,
    status: int = 200,
) -> HttpResponse:
    at = now()
    cards = [
        {
            "stay": stay,
            "day": day_number(stay.during.lower, stay.during.upper, on=day(at)),
            "over": stay.during.upper <= day(at),
            "days": (stay.during.upper - stay.during.lower).days,
            "reported": _reported(stay, at),
            "form": forms.get(stay.pk) or _fresh(stay),
            "failed": stay.pk in forms,
            "well": uuid.uuid4(),
            "prefix": _prefix(stay),
        }
        for stay in present_of(party)
    ]
    context = {
        "code": code,
        "cards": cards,
        "finished": finished_of(party),
        "has_phone": party.phone is not None,
        "quiet": is_silent(reminders_of(party)),
    }
    template = "isolation_monitoring/report.html"
    return render(request, template, context, status=status)


def _fresh(stay: Any) -> SelfForm:
    given = {"form_id": uuid.uuid4(), "state": "unwell"}
    return SelfForm(initial=given, prefix=_prefix(stay))


def _reported(stay: Any, at: Any) -> bool:
    looks = list(open_looks(stay, at=at))
    return bool(looks) and all(look.followed for look in looks)
