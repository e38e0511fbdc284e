"""Confirmed cases, for health workers: listed, recorded, corrected, withdrawn."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.regions.codes import level, village_of
from smartkampung.regions.queries import places
from smartkampung.reopening.cases.actions.doubles import two_people
from smartkampung.reopening.cases.actions.doubting import leave_case
from smartkampung.reopening.cases.actions.recording import (
    correct_case,
    record_case,
    report_none,
    withdraw_case,
)
from smartkampung.reopening.cases.queries.people import (
    case_for,
    counts_alone,
    history_of,
    is_doubted,
    note_cases,
    standing_cases,
    villages_to_tell,
)
from smartkampung.reopening.cases.queries.twins import twins_for
from smartkampung.reopening.cases.words import OUTCOME_STATES, OUTCOMES, SOURCES
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.zones.forms import (
    CaseForm,
    CorrectForm,
    NoneForm,
    WithdrawForm,
)

VIEW, RECORD = Permission.CASE_VIEW, Permission.CASE_RECORD
SHOWN = 300
SPAN = timedelta(days=30)
_ALONE = lazy(
    "Neither house number nor family card is known: this case counts as a house of its"
    " own. Correct it as soon as you know one."
)


@staff_page(VIEW)
def cases(request: StaffRequest) -> HttpResponse:
    """List the cases of thirty days, and write down that they were looked at."""
    last, wrong = _last_day(request)
    rows = list(
        standing_cases(
            request.actor, since=last - SPAN, until=last + timedelta(days=1)
        )[: SHOWN + 1]
    )
    note_cases(request.actor, rows[:SHOWN])
    context = {
        "rows": _listed(rows[:SHOWN]),
        "more": len(rows) > SHOWN,
        "last": last,
        "wrong": wrong,
        "earlier": last - SPAN - timedelta(days=1),
        "may": request.actor.may(RECORD),
    }
    return render(request, "zones/cases.html", context)


def _last_day(request: StaffRequest) -> tuple[date, bool]:
    text = request.GET.get("until", "")
    try:
        on = date.fromisoformat(text) if text else today()
    except ValueError:
        return today(), True
    # Thirty days before the first year there is nothing to list.
    return (min(on, today()), False) if on.year > 1900 else (today(), True)


def _listed(rows: list[Any]) -> list[dict[str, Any]]:
    where = places(row.region_code for row in rows)
    return [{"row": row, **_told(row, where[row.region_code])} for row in rows]


def _told(row: Any, where: Any) -> dict[str, Any]:
    known = level(row.region_code) == "rt"
    return {
        "village": where.village,
        "rt": f"RT {where.rt} / RW {where.rw}" if known else _("without RT"),
        "tag": {"text": OUTCOMES[row.outcome], "state": OUTCOME_STATES[row.outcome]},
        "source": SOURCES[row.source],
    }


@staff_page(VIEW)
def case(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one case with what stood before each correction."""
    return _case_page(request, pk, WithdrawForm())


def _case_page(
    request: StaffRequest, pk: int, form: Form, *, status: int = 200
) -> HttpResponse:
    row = case_for(request.actor, pk)
    before = history_of(row)
    all_rows = [row, *before]
    where = places(one.region_code for one in all_rows)
    people = full_names(
        name for one in all_rows for name in (one.recorded_by, one.withdrawn_by)
    )
    context = {
        "row": row,
        **_told(row, where[row.region_code]),
        "by": people.get(row.recorded_by, row.recorded_by),
        "withdrawn_by": people.get(row.withdrawn_by, row.withdrawn_by),
        "before": [
            {
                "row": one,
                "by": people.get(one.withdrawn_by, one.withdrawn_by),
                **_told(one, where[one.region_code]),
            }
            for one in before
        ],
        "may": (
            may := request.actor.may_in(RECORD, row.region_code)
            and row.withdrawn_at is None
        ),
        "doubted": request.actor.may_in(RECORD, row.region_code) and is_doubted(row),
        "twins": _listed(_twins(request, row)) if may else [],
        "form": form,
    }
    return render(request, "zones/case.html", context, status=status)


def _twins(request: StaffRequest, row: Any) -> list[Any]:
    found = list(twins_for(request.actor, row))
    note_cases(request.actor, found)
    return found


@staff_page(RECORD, "POST")
def two(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that those who bear one name are two people."""
    row = case_for(request.actor, pk, permission=RECORD)
    if two_people(case=row, by=request.actor, at=now()):
        messages.success(request, _("Written down: they are two people."), "ok")
    else:
        messages.error(request, _("They have one NIK. Withdraw one of the two."))
    return redirect("zones:case", pk)


@staff_page(RECORD, "POST")
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a case stays as it is, whatever isolation said of it."""
    leave_case(case=case_for(request.actor, pk, permission=RECORD), by=request.actor)
    messages.success(request, _("Written down: it stays as it is."), "ok")
    return redirect("zones:case", pk)


@staff_page(RECORD, "GET", "HEAD", "POST")
def record(request: StaffRequest) -> HttpResponse:
    """Record a confirmed case."""
    villages = villages_to_tell(request.actor)
    form = CaseForm(request.POST or None, villages=villages)

    def write() -> Any:
        return record_case(told=form.told(), by=request.actor, at=now())

    return _written(request, form, write, title=_("Record a case"))


@staff_page(RECORD, "GET", "HEAD", "POST")
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Record a case as it is; what stood is kept with the reason."""
    row = case_for(request.actor, pk, permission=RECORD)
    villages = villages_to_tell(request.actor)
    form = CorrectForm(request.POST or None, villages=villages, initial=_initial(row))

    def write() -> Any:
        return correct_case(
            case=row,
            told=form.told(),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=now(),
        )

    return _written(request, form, write, title=_("Correct this case"), row=row)


def _initial(row: Any) -> dict[str, Any]:
    segments = row.region_code.split(".")
    known = level(row.region_code) == "rt"
    return {
        "name": row.name,
        # Corrections keep the number unless another is typed.
        "village": village_of(row.region_code),
        "rw": segments[4] if known else "",
        "rt": segments[5] if known else "",
        "address": row.address,
        "confirmed_on": row.confirmed_on,
        "outcome": row.outcome,
        "outcome_on": row.outcome_on,
    }


def _written(
    request: StaffRequest,
    form: Form,
    write: Callable[[], Any],
    *,
    title: str,
    row: Any = None,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found = write()
            except Refused as refusal:
                field = "rt" if refusal.code == "place" else refusal.code
                form.add_error(
                    field if field in form.fields else None, str(refusal.message)
                )
                status = 409
            else:
                messages.success(request, _("Written down."), "ok")
                if counts_alone(found):
                    messages.warning(request, _ALONE, "wait")
                return redirect("zones:case", found.pk)
    context = {"form": form, "title": title, "row": row}
    return render(request, "zones/record.html", context, status=status)


@staff_page(RECORD, "POST")
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a case was none."""
    row = case_for(request.actor, pk, permission=RECORD)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _case_page(request, pk, form, status=422)
    try:
        withdraw_case(
            case=row, reason=form.cleaned_data["reason"], by=request.actor, at=now()
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _case_page(request, pk, form, status=409)
    messages.success(request, _("Withdrawn; it counts no more."), "ok")
    return redirect("zones:case", pk)


@staff_page(RECORD, "GET", "HEAD", "POST")
def none(request: StaffRequest) -> HttpResponse:
    """Say that some days brought no other case in some villages."""
    villages = villages_to_tell(request.actor)
    initial = {
        "villages": list(villages) if len(villages) <= SHOWN // 10 else [],
        "since": today() - timedelta(days=6),
        "last": today(),
    }
    form = NoneForm(request.POST or None, villages=villages, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                report_none(
                    villages=form.cleaned_data["villages"],
                    since=form.cleaned_data["since"],
                    until=form.cleaned_data["last"] + timedelta(days=1),
                    by=request.actor,
                    at=now(),
                )
            except Refused as refusal:
                form.add_error("since", str(refusal.message))
                status = 409
            else:
                messages.success(request, _("Written down."), "ok")
                return redirect("zones:zones")
    return render(request, "zones/none.html", {"form": form}, status=status)
