"""What was told of days: what stands, all its versions, and taking one back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import short_day, whole
from smartkampung.reopening.signals.actions.reporting import Subject
from smartkampung.reopening.signals.actions.reporting import take_back as take
from smartkampung.reopening.signals.queries.here import regency_for
from smartkampung.reopening.signals.queries.reports import latest_for, versions_for
from smartkampung.reopening.signals.rules.kinds import COLUMNS, Kind
from smartkampung.reopening.signals.words import KINDS, NUMBERS
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.signals.entering import kind_of
from smartkampung.web.signals.forms import BackForm
from smartkampung.web.signals.wording import table

VIEW, ENTER = Permission.SIGNAL_VIEW, Permission.SIGNAL_ENTER
A_PAGE = 30


@staff_page(VIEW)
def reports(request: StaffRequest, kind: str) -> HttpResponse:
    """List the reports of a kind, the newest first."""
    regency_for(request.actor)
    known = kind_of(kind)
    pages = Paginator(latest_for(request.actor, known), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    heads = [(_("Day"), False), (_("Place"), False)]
    heads += [(str(NUMBERS[name]), True) for name in COLUMNS[known]]
    context = {
        "kind": known.value,
        "title": KINDS[known],
        "page": page,
        "table": table(heads, [_line(known, row) for row in page]),
        "may_enter": request.actor.may(ENTER),
    }
    return render(request, "signals/reports.html", context)


def _line(kind: Kind, row: Any) -> list[Any]:
    day = {"text": short_day(row.on), "url": reverse("signals:report", args=[row.pk])}
    return [day, row.place or _("all"), *_numbers(kind, row)]


def _numbers(kind: Kind, row: Any) -> list[str]:
    values = (getattr(row, name) for name in COLUMNS[kind])
    return [_("taken back") if one is None else whole(one) for one in values]


@staff_page(VIEW)
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """Show every version of a report."""
    return _report(request, pk, BackForm())


@staff_page(ENTER, "POST")
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a report back that should never have stood there."""
    regency_for(request.actor, ENTER)
    rows = versions_for(request.actor, pk)
    if not rows:
        raise Http404
    form = BackForm(request.POST)
    if not form.is_valid():
        return _report(request, pk, form, status=422)
    row = rows[0]
    try:
        take(
            about=Subject(Kind(row.kind), row.region, row.place, row.on),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _report(request, pk, form, status=409)
    messages.success(request, _("Taken back. The day is a gap now."), "ok")
    return redirect("signals:report", pk)


def _report(
    request: StaffRequest, pk: int, form: BackForm, *, status: int = 200
) -> HttpResponse:
    rows = versions_for(request.actor, pk)
    if not rows:
        raise Http404
    kind = Kind(rows[0].kind)
    names = full_names(row.by for row in rows)
    heads = [str(NUMBERS[name]) for name in COLUMNS[kind]]
    context = {
        "kind": kind.value,
        "title": KINDS[kind],
        "row": rows[0],
        "versions": [
            {
                "row": row,
                "numbers": list(zip(heads, _numbers(kind, row), strict=True)),
                "by": names.get(row.by, row.by),
                "stands": row.pk == rows[0].pk,
            }
            for row in rows
        ],
        "form": form,
        "stands": getattr(rows[0], COLUMNS[kind][0]) is not None,
        "may_enter": request.actor.may(ENTER),
    }
    return render(request, "signals/report.html", context, status=status)
