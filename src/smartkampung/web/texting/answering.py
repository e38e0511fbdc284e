"""Whoever asked by text to be called: the list, one request, and what came of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.frontline.texting.actions import assist as actions
from smartkampung.frontline.texting.queries.assists import (
    assist_for,
    assists_for,
    callers_for,
    words_of_week,
)
from smartkampung.frontline.texting.rules.menu import Topic
from smartkampung.frontline.texting.rules.states import Outcome
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day, whole
from smartkampung.regions.codes import level
from smartkampung.web.aid_staff.present import where
from smartkampung.web.core.drawing import bars
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.texting.forms import OutcomeForm
from smartkampung.web.texting.words import CHANNELS, OUTCOMES, TOPICS, WORDS

ANSWER = Permission.TEXT_ANSWER
PAGE_SIZE = 25
# Where one goes on for whom one has on the phone, by topic.
FORMS = {
    Topic.REPORT: ("report_staff:assist", Permission.REPORT_ASSIST),
    Topic.ISOLATION: ("booking:form", None),
    Topic.LETTER: ("letters_assist:begin", Permission.LETTER_ASK),
}


@staff_page(ANSWER)
def texts(request: StaffRequest) -> HttpResponse:
    """List who waits to be called, and those who were, with what people write."""
    found = assists_for(request.actor)
    waiting = Paginator(found.filter(closed_at=None), PAGE_SIZE)
    page = waiting.get_page(request.GET.get("page"))
    closed = found.filter(closed_at__isnull=False).order_by("-closed_at")[:PAGE_SIZE]
    rows, done = list(page), list(closed)
    places = where({row.region_code for row in (*rows, *done)})
    context = {
        "page": page,
        "rows": [_line(row, places) for row in rows],
        "done": [_line(row, places) for row in done],
        **_written(),
    }
    return render(request, "texting/texts.html", context)


@staff_page(ANSWER, "GET", "POST")
def assist(request: StaffRequest, assist_id: int) -> HttpResponse:
    """Show one request, and take down what came of the call."""
    row = assist_for(request.actor, assist_id)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, row, form, 422 if request.method == "POST" else 200)
    try:
        closed = actions.close_assist(
            assist=row,
            outcome=Outcome(form.cleaned_data["outcome"]),
            at=now(),
            by=request.actor.username,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, row, form, 409)
    if not closed:
        stays = _("Written down. It stays on the list: try again until %(day)s.")
        messages.success(request, stays % {"day": long_day(row.due_at)}, "ok")
        return redirect("texting:assist", row.pk)
    messages.success(request, _("What came of it is written down."), "ok")
    return redirect("texting:texts")


@staff_page(ANSWER, "POST")
def pass_on(request: StaffRequest, assist_id: int) -> HttpResponse:
    """Hand a request from the RT to the village office."""
    row = assist_for(request.actor, assist_id)
    try:
        actions.pass_on(assist=row, at=now(), by=request.actor.username)
    except Refused as refusal:
        form = OutcomeForm(None)
        return _page(request, row, form, 409, refusal=str(refusal.message))
    messages.success(request, _("The village office has it now."), "ok")
    return redirect("texting:texts")


@staff_page(ANSWER, "POST")
def phone(request: StaffRequest, assist_id: int) -> HttpResponse:
    """Show the number, to call; who looked is written down."""
    row = assist_for(request.actor, assist_id)
    number = actions.read_phone(assist=row, by=request.actor.username)
    return _page(request, row, OutcomeForm(None), 200, number=number)


def _page(
    request: StaffRequest,
    row: Any,
    form: OutcomeForm,
    status: int,
    *,
    refusal: str = "",
    number: str = "",
) -> HttpResponse:
    name, permission = FORMS.get(Topic(row.topic), ("", None))
    may = permission is None or request.actor.may_in(permission, row.region_code)
    context = {
        "row": row,
        "line": _line(row, where([row.region_code])),
        "callers": callers_for(request.actor, row),
        "number": number,
        "has_phone": row.phone is not None,
        "goes_on": name if may else "",
        "may_pass_on": level(row.region_code) != "village",
        "form": form,
        "refusal": refusal,
    }
    return render(request, "texting/assist.html", context, status=status)


def _line(row: Any, places: dict[str, str]) -> dict[str, Any]:
    text, state = OUTCOMES[Outcome(row.outcome)] if row.outcome else ("", "")
    return {
        "pk": row.pk,
        "topic": TOPICS[Topic(row.topic)],
        "place": places[row.region_code],
        "channel": CHANNELS[row.channel],
        "asked_at": row.asked_at,
        "due_at": row.due_at,
        "late": row.closed_at is None and row.due_at < now(),
        "outcome": text,
        "state": state,
        "closed_at": row.closed_at,
    }


def _written() -> dict[str, Any]:
    """Return what people wrote in the whole regency this week, drawn and tabled."""
    counted = words_of_week(at=now())
    rows = sorted(counted.items(), key=lambda pair: -pair[1])
    label = _("Times")
    return {
        "bars": bars([(str(WORDS[word]), n, whole(n), "", "") for word, n in rows]),
        "titles": [{"title": _("Word")}, {"title": label, "number": True}],
        "numbers": [
            [{"text": WORDS[word]}, {"text": whole(n), "number": True, "label": label}]
            for word, n in rows
        ],
    }
