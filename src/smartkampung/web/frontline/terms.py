"""Handing a term of office over, with its open work and a sheet to sign."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.actions.invitations import open_invitation
from smartkampung.accounts.actions.phones import write_phone_down
from smartkampung.accounts.actions.staff import create_staff
from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.queries.covers import Colleague, colleagues_of, described
from smartkampung.accounts.queries.offices import holders_of
from smartkampung.accounts.queries.people import full_names
from smartkampung.accounts.queries.phones import numbers_to_call
from smartkampung.accounts.roles import Permission, Role
from smartkampung.documents.pdf import compile_pdf
from smartkampung.frontline.offices.actions.handing_over import (
    hand_over_term,
    take_term_back,
)
from smartkampung.frontline.offices.queries.terms import (
    handover_for,
    handovers_for,
    open_work_of,
    place_code,
    term_for,
    terms_for,
)
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import long_day, moment, short_day, whole
from smartkampung.regions.queries import regency
from smartkampung.web.accounts.fresh import fresh
from smartkampung.web.aid_staff.kinds import label_of
from smartkampung.web.aid_staff.present import where
from smartkampung.web.frontline.forms import SOMEBODY_NEW, TermForm
from smartkampung.web.frontline.giving import BOTH
from smartkampung.web.frontline.telling import tell_somebody
from smartkampung.web.pages import StaffRequest, staff_page

HAND_OVER = Permission.OFFICE_HAND_OVER
ON_A_PAGE = 50
Part = dict[str, Any]


@staff_page(HAND_OVER)
def terms(request: StaffRequest) -> HttpResponse:
    """List the offices below, and the terms that were handed over."""
    rows = terms_for(request.actor, on=today())
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    places = where({place_code(office) for office in page})
    offices = [
        {
            "id": office.pk,
            "role": ROLE_LABELS[Role(office.role)],
            "place": places[place_code(office)],
            "name": office.staff.full_name,
            "since": office.since,
            "until": office.until,
        }
        for office in page
    ]
    done = list(handovers_for(request.actor)[:10])
    context = {
        "offices": offices,
        "page": page,
        "done": [_told(row) for row in done],
    }
    return render(request, "frontline/terms.html", context)


@staff_page(HAND_OVER, *BOTH)
@fresh
def term(request: StaffRequest, office_id: int) -> HttpResponse:
    """Say who follows in an office, and from which day."""
    office = term_for(request.actor, office_id, on=today())
    colleagues = colleagues_of(office.staff, on=today()).exclude(
        pk=request.actor.staff_id
    )
    people = described(colleagues, on=today())
    may_invite = request.actor.may_in(Permission.STAFF_MANAGE, place_code(office))
    form = TermForm(
        request.POST or None,
        people=people,
        today=today(),
        may_invite=may_invite,
        ends=office.until,
    )
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            return _ask_once_more(request, office, form, people)
        try:
            return _hand_over(request, office, form, colleagues)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
    waits = open_work_of(office, at=now())
    context = {
        "form": form,
        "office": office,
        "may_invite": may_invite,
        "admins": [] if may_invite else _admins(office),
        "address": request.build_absolute_uri(request.path),
        "role": ROLE_LABELS[Role(office.role)],
        "place": where([place_code(office)])[place_code(office)],
        "kinds": _kinds(waits.kinds),
        "total": waits.total,
        "late": waits.late,
    }
    return render(request, "frontline/term.html", context, status=status)


def _admins(office: Any) -> list[Part]:
    """Return who makes accounts for that office, nearest first, and how to call them."""
    found = holders_of(Permission.STAFF_MANAGE, place_code(office), on=today())
    numbers = numbers_to_call(one.staff_id for one in found)
    return [
        {
            "id": one.staff_id,
            "name": one.full_name,
            "office": f"{ROLE_LABELS[Role(one.role)]}, {one.place_name}",
            "email": one.email,
            "call": numbers.get(one.staff_id, ""),
        }
        for one in found
    ]


@staff_page(HAND_OVER, "POST")
def ask_admins(request: StaffRequest, office_id: int) -> HttpResponse:
    """Tell the administrators of accounts that somebody without one follows here."""
    office = term_for(request.actor, office_id, on=today())
    tell_somebody(
        [one["id"] for one in _admins(office)],
        template="staff_follows",
        about=f"offices.follows:{office.pk}:{today()}",
        page=reverse("frontline:term", args=[office.pk]),
        by=request.actor,
    )
    messages.success(
        request,
        _("Asked, by message or e-mail. Tell them on the phone who it is."),
    )
    return redirect("frontline:term", office.pk)


def _ask_once_more(
    request: StaffRequest, office: Any, form: TermForm, people: Iterable[Colleague]
) -> HttpResponse:
    """Show what is about to be done, before it binds two people."""
    given = form.cleaned_data
    called = {one.username: f"{one.name} ({one.office})" for one in people}
    new = f"{given.get('full_name', '')} ({given.get('username', '')})"
    days = (given["on"] - today()).days
    ends = form.until or (office.until if office.until != given["on"] else None)
    context = {
        "office": office,
        "role": ROLE_LABELS[Role(office.role)],
        "place": where([place_code(office)])[place_code(office)],
        "follower": called.get(given["follower"], new),
        "on": given["on"],
        "days": days,
        "last_day": ends - timedelta(days=1) if ends else None,
        "kept": [
            (name, request.POST[name]) for name in form.fields if name in request.POST
        ],
    }
    return render(request, "frontline/term_check.html", context)


def _hand_over(
    request: StaffRequest, office: Any, form: TermForm, colleagues: Any
) -> HttpResponse:
    given, by, at = form.cleaned_data, request.actor, now()
    link = ""
    with transaction.atomic():
        if given["follower"] == SOMEBODY_NEW:
            follower = create_staff(
                username=given["username"],
                full_name=given["full_name"],
                email=given["email"],
                kk=given["kk"],
                by=by.username,
            )
            if given["phone"]:
                write_phone_down(
                    staff=follower, number=given["phone"], by=by.username, at=at
                )
            link = open_invitation(staff=follower, by=by.username, at=at)
        else:
            follower = colleagues.get(username=given["follower"])
        done = hand_over_term(
            office=office,
            follower=follower,
            on=given["on"],
            until=form.until,
            by=by,
            at=at,
        )
    if link:
        url = request.build_absolute_uri(reverse("invitation", args=[link]))
        return _done_page(request, done, link=url)
    messages.success(request, _("The office is handed over. Print the sheet to sign."))
    return redirect("frontline:handed_over", done.pk)


@staff_page(HAND_OVER)
def handed_over(request: StaffRequest, handover_id: int) -> HttpResponse:
    """Show who followed whom, and what was open."""
    return _done_page(request, handover_for(request.actor, handover_id))


@staff_page(HAND_OVER, "POST")
@fresh
def take_back(request: StaffRequest, handover_id: int) -> HttpResponse:
    """Undo a hand-over before its first day."""
    row = handover_for(request.actor, handover_id)
    try:
        take_term_back(handover=row, by=request.actor, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        said = _("Taken back: %(name)s stays in the office.")
        messages.success(request, said % {"name": row.leaver.full_name})
    return redirect("frontline:handed_over", row.pk)


@staff_page(HAND_OVER)
def sheet(request: StaffRequest, handover_id: int) -> HttpResponse:
    """Return the sheet of a hand-over as a PDF, for three signatures."""
    row = handover_for(request.actor, handover_id)
    content = compile_pdf(
        "handover", _sheet(row, by=_name_of(request), at=now()), at=row.made_at
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="serah-terima.pdf"'
    return response


def _name_of(request: StaffRequest) -> str:
    name = request.actor.username
    return full_names([name]).get(name, name)


def _done_page(request: StaffRequest, row: Any, *, link: str = "") -> HttpResponse:
    context = {
        **_told(row),
        "open": row.open_work,
        "kinds": _kinds(row.open_work["kinds"]),
        "link": link,
    }
    return render(request, "frontline/handed_over.html", context)


def _told(row: Any) -> Part:
    return {
        "id": row.pk,
        "role": ROLE_LABELS[Role(row.ended.role)],
        "place": where([row.region_code])[row.region_code],
        "leaver": row.leaver.full_name,
        "follower": row.follower.full_name,
        "by": row.by.full_name,
        "on": row.on,
        "taken_back": getattr(row, "taken_back", None),
        "to_come": row.on > today(),
    }


def _kinds(kinds: dict[str, int]) -> list[Part]:
    return [{"text": label_of(kind), "number": n} for kind, n in kinds.items()]


def _sheet(row: Any, *, by: str, at: datetime) -> Part:
    told, waits = _told(row), row.open_work
    here = regency()
    facts = [
        (_("Office"), f"{told['role']}, {told['place']}"),
        (_("Who leaves"), told["leaver"]),
        (_("Who follows"), told["follower"]),
        (_("First day of who follows"), long_day(row.on)),
        (_("Open work"), whole(waits["total"])),
        (_("of it past the date"), whole(waits["late"])),
    ]
    return {
        "lang": (get_language() or "id")[:2],
        "title": _("Hand-over of an office"),
        "regency": here.name if here else "",
        "foot": _("Printed %(moment)s by %(name)s")
        % {"moment": moment(at), "name": by},
        "facts": [{"name": str(name), "value": str(value)} for name, value in facts],
        "kinds_title": _("What is open, by kind"),
        "kinds": [
            [one["text"], whole(one["number"])] for one in _kinds(waits["kinds"])
        ],
        "list_title": _("What is open, most pressing first"),
        "columns": [_("What"), _("Where"), _("By when")],
        "items": _lines(waits["items"]),
        "more": _more(waits),
        "empty": _("Nothing was open."),
        "signs": [
            [_("Who leaves"), told["leaver"]],
            [_("Who follows"), told["follower"]],
            [_("Handed over before"), told["by"]],
        ],
    }


def _lines(items: Iterable[Part]) -> list[list[str]]:
    rows = list(items)
    places = where({row["region"] for row in rows})
    return [
        [label_of(row["kind"]), places[row["region"]], short_day(_day(row["due"]))]
        for row in rows
    ]


def _day(text: str) -> date:
    return datetime.fromisoformat(text)


def _more(waits: Part) -> str:
    rest = waits["total"] - len(waits["items"])
    words = _("And %(number)s more: they stand on the list of who follows.")
    return words % {"number": whole(rest)} if rest > 0 else ""
