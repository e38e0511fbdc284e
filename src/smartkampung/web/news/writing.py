"""Write an announcement, see who answered it, take it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.roles import Permission, Role
from smartkampung.frontline.voice.actions.announcing import Said, announce, withdraw
from smartkampung.frontline.voice.queries import announcements as queries
from smartkampung.frontline.voice.queries.broadcasts import warned_by
from smartkampung.frontline.voice.queries.readers import (
    Part,
    parts_of_readers,
    silent_holders,
)
from smartkampung.frontline.voice.queries.told import ways_of
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.frontline.voice.words import ANSWERED, MESSAGES, WAYS
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import whole
from smartkampung.web.core.drawing import Bar
from smartkampung.web.news import present
from smartkampung.web.news.forms import ReasonForm, WriteForm
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import areas

MOST_NAMES = 100


def area_choices(actor: Actor, permission: Permission) -> list[tuple[str, Any]]:
    """Return the actor's own areas where a permission holds, and what lies inside."""
    own = present.places_of(actor.regions_where(permission))
    return [*sorted(own.items()), *areas.choices(actor, (permission,))]


@staff_page(Permission.ANNOUNCE, "GET", "POST")
def write(request: StaffRequest) -> HttpResponse:
    """Write an announcement to the offices of an area."""
    places = area_choices(request.actor, Permission.ANNOUNCE)
    if request.method != "POST":
        form = WriteForm(areas=places, initial={"region_code": places[0][0]})
        return render(request, "news/write.html", {"form": form})
    form = WriteForm(request.POST, request.FILES, areas=places)
    status = 422
    if form.is_valid():
        try:
            row = _announced(request.actor, form)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
        else:
            messages.success(request, _("It is announced."), "ok")
            return redirect("news:read", row.pk)
    return render(request, "news/write.html", {"form": form}, status=status)


def _announced(actor: Actor, form: WriteForm) -> Any:
    given = form.cleaned_data
    said = Said(
        title=given["title"],
        body=given["body"],
        region_code=given["region_code"],
        roles=tuple(given["roles"]),
        asks=Ask(given["asks"]),
        due_on=given["due_on"],
        public=given["public"],
        danger=given["danger"],
        sure=given["sure"],
    )
    files = [(file, file.name) for file in form.sent_files]
    return announce(said=said, files=files, by=actor, at=now())


@staff_page(Permission.ANNOUNCE)
def readers(request: StaffRequest, pk: int) -> HttpResponse:
    """Show who has answered and who has not, by place, drawn and as a table."""
    row = queries.spoken_for(request.actor, pk)
    whole_area, *parts = parts_of_readers(row, on=today())
    area = request.GET.get("area", "")
    chosen = next((part for part in parts if part.code == area), whole_area)
    silent = silent_holders(row, on=today(), area=chosen.code)
    shown = silent[:MOST_NAMES]
    ways = ways_of(row, shown)
    context = {
        "row": row,
        "told": present.announcement(row),
        "all": whole_area,
        "answered": ANSWERED[Ask(row.asks)],
        "bars": [_bar(row.pk, part) for part in parts],
        "columns": [
            {"title": _("Place")},
            {"title": _("Asked"), "number": True},
            {"title": _("Have read"), "number": True},
            {"title": _("Have answered"), "number": True},
            {"title": _("Not yet answered"), "number": True},
        ],
        "rows": [_cells(part) for part in parts],
        "chosen": chosen,
        "silent": [
            {
                "name": one.full_name,
                "office": _office(one.role, one.place_name),
                "way": WAYS[ways[one.staff_id].by],
                "state": MESSAGES.get(ways[one.staff_id].state, ""),
                "call": ways[one.staff_id].call,
            }
            for one in shown
        ],
        "more": max(0, len(silent) - MOST_NAMES),
    }
    return render(request, "news/readers.html", context)


def _bar(pk: int, part: Part) -> Bar:
    shown = f"{whole(part.answered)}/{whole(part.asked)}"
    url = f"{reverse('news:readers', args=[pk])}?area={part.code}#silent"
    state = "" if part.missing else "ok"
    return Bar(part.name, shown, str(part.percent), state, url)


def _cells(part: Part) -> list[dict[str, Any]]:
    labels = (_("Asked"), _("Have read"), _("Have answered"), _("Not yet answered"))
    values = (part.asked, part.read, part.answered, part.missing)
    return [
        {"text": part.name},
        *(
            {"text": whole(value), "number": True, "label": label}
            for label, value in zip(labels, values, strict=True)
        ),
    ]


def _office(role: str, place: str) -> str:
    return f"{ROLE_LABELS[Role(role)]}, {place}"


@staff_page(Permission.ANNOUNCE, "GET", "POST")
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Withdraw an announcement, with a reason that its readers see."""
    row = queries.spoken_for(request.actor, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                withdraw(
                    announcement=row, **form.cleaned_data, by=request.actor, at=now()
                )
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = 409
            else:
                messages.success(request, _("It is withdrawn."), "ok")
                told = "news:call_off" if warned_by(row) else "news:read"
                return redirect(told, row.pk)
    context = {"row": row, "told": present.announcement(row), "form": form}
    return render(request, "news/withdraw.html", context, status=status)
