"""News for staff: read it, take note of it, do what it asks."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.queries.phones import phones_of
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.voice.actions import reading
from smartkampung.frontline.voice.queries import announcements as queries
from smartkampung.frontline.voice.queries.broadcasts import warned_by
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day, moment
from smartkampung.web.news import present
from smartkampung.web.news.files import file_answer
from smartkampung.web.news.forms import DoneForm
from smartkampung.web.pages import StaffRequest, staff_page

PAGE_SIZE = 20


@staff_page(Permission.DESK)
def inbox(request: StaffRequest) -> HttpResponse:
    """Show what is said to the reader's offices, the newest first."""
    rows = queries.announcements_for(request.actor)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cards": present.cards(page, lambda row: reverse("news:read", args=[row.pk])),
        "waiting": queries.waiting_for(request.actor, at=now()).count(),
        "may_write": request.actor.may(Permission.ANNOUNCE),
        "may_send": request.actor.may(Permission.BROADCAST),
        "no_phone": not phones_of([request.actor.staff_id]),
    }
    return render(request, "news/inbox.html", context)


@staff_page(Permission.DESK)
def read(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one announcement; that it was opened is written down."""
    row = queries.announcement_for(request.actor, pk)
    mine = reading.mark_read(announcement=row, by=request.actor, at=now())
    task = queries.own_task(request.actor, row)
    speaks = request.actor.may_in(Permission.ANNOUNCE, row.region_code)
    context = {
        "row": row,
        "told": present.announcement(row),
        "files": present.files(queries.attachments_of(row), "news:file"),
        "noted": moment(mine.acknowledged_at) if mine.acknowledged_at else "",
        "asks_note": row.asks == Ask.ACKNOWLEDGE and not row.withdrawn_at,
        "task": task if not row.withdrawn_at else None,
        "speaks": speaks,
        "warned": sum(one.phones for one in warned_by(row))
        if speaks and row.withdrawn_at
        else 0,
        "may_send": speaks and row.public and not row.withdrawn_at
        if request.actor.may(Permission.BROADCAST)
        else False,
    }
    return render(request, "news/read.html", context)


@staff_page(Permission.DESK, "POST")
def acknowledge(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down that the reader took note."""
    row = queries.announcement_for(request.actor, pk)
    reading.acknowledge(announcement=row, by=request.actor, at=now())
    messages.success(request, _("Thank you. It is written down that you know."), "ok")
    return redirect("news:read", row.pk)


@staff_page(Permission.DESK)
def attachment(request: StaffRequest, pk: int, file_id: int) -> HttpResponse:
    """Return a photo or PDF of an announcement that the reader may read."""
    row = queries.announcement_for(request.actor, pk)
    return file_answer(get_object_or_404(queries.attachments_of(row), pk=file_id))


@staff_page(Permission.DESK, "GET", "POST")
def task(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what is asked of the reader's office, and write down what was done."""
    row = queries.task_for(request.actor, pk)
    form = DoneForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                reading.do_task(
                    task=row, **form.cleaned_data, by=request.actor, at=now()
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("It is written down as done."), "ok")
                return redirect("news:read", row.announcement_id)
    context = {
        "row": row,
        "told": present.announcement(row.announcement),
        "place": present.places_of([row.region_code])[row.region_code],
        "done": moment(row.done_at) if row.done_at else "",
        "due": long_day(row.announcement.due_on) if row.announcement.due_on else "",
        "files": present.files(queries.attachments_of(row.announcement), "news:file"),
        "form": form,
    }
    return render(request, "news/task.html", context, status=status)
