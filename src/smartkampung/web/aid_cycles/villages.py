"""The list of one village: its page, its meeting, and who is put on it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission as P
from smartkampung.aid.cycles.actions.plan import set_fund, set_quota
from smartkampung.aid.cycles.actions.propose import propose, record_meeting
from smartkampung.aid.cycles.queries import lists
from smartkampung.aid.cycles.words import REASONS
from smartkampung.aid.queries.programmes import programme_names
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import rupiah
from smartkampung.residents.queries import find_by_nik, note_looks
from smartkampung.web.aid_cycles.choices import choices_for
from smartkampung.web.aid_cycles.forms import MeetingForm, QuotaForm, ReturnForm
from smartkampung.web.aid_cycles.words import LISTS, PROPOSALS, tag
from smartkampung.web.aid_staff import blocks, present
from smartkampung.web.aid_staff.photos import photos_of
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people.forms import NikForm
from smartkampung.web.photos import photo_answer

PAGE_SIZE = 50
PURPOSE = "aid.cycle"


@staff_page(P.CYCLE_VIEW)
def village(request: StaffRequest, list_id: int) -> HttpResponse:
    """Show a list: where it stands, and who is on it in which state."""
    return village_page(request, list_id)


@staff_page(P.LIST_PROPOSE, "GET", "POST")
def meeting(request: StaffRequest, list_id: int) -> HttpResponse:
    """Write the minutes of the meeting down."""
    row = lists.list_for(request.actor, list_id, P.LIST_PROPOSE)
    if request.method != "POST":
        return _form_page(request, row, "meeting", MeetingForm())
    form = MeetingForm(request.POST, request.FILES)
    photo = photos_of(form, "photo", region_code=row.village_code)["photo"]
    if photo is None and "photo" not in form.errors:
        form.add_error("photo", _("Add a photo of the signed minutes."))
    if not form.is_valid() or photo is None:
        return _form_page(request, row, "meeting", form, 422)
    told = {**form.cleaned_data, "minutes_id": photo}
    try:
        record_meeting(village=row, by=request.actor, at=now(), **told)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _form_page(request, row, "meeting", form, 409)
    messages.success(request, _("The meeting is written down."), "ok")
    return redirect("aid_cycles:village", list_id)


@staff_page(P.CYCLE_VIEW)
def minutes(request: StaffRequest, list_id: int) -> HttpResponse:
    """Send the photo of the minutes to those who may see the whole list."""
    row = lists.list_for(request.actor, list_id, P.CYCLE_VIEW)
    # The minutes name everybody: the head of an RT sees only the own part.
    if row.meeting is None or not request.actor.may_in(P.CYCLE_VIEW, row.village_code):
        raise Http404
    return photo_answer(row.meeting.minutes.path)


@staff_page(P.LIST_PROPOSE, "GET", "POST")
def propose_one(request: StaffRequest, list_id: int) -> HttpResponse:
    """Put the family of somebody with a NIK on the list."""
    row = lists.list_for(request.actor, list_id, P.LIST_PROPOSE)
    if request.method != "POST":
        return _form_page(request, row, "propose", NikForm())
    form = NikForm(request.POST)
    if not form.is_valid():
        return _form_page(request, row, "propose", form, 422)
    person = find_by_nik(request.actor, form.cleaned_data["nik"], purpose=PURPOSE)
    if person is None:
        form.add_error(
            "nik", _("Nobody in your area has this NIK. Check the 16 digits.")
        )
        return _form_page(request, row, "propose", form, 422)
    try:
        propose(village=row, person=person, by=request.actor, at=now())
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _form_page(request, row, "propose", form, 409)
    words = _("%(name)s is on the list.") % {"name": person.name}
    messages.success(request, words, "ok")
    return redirect("aid_cycles:propose", list_id)


@staff_page(P.CYCLE_PLAN, "GET", "POST")
def quota(request: StaffRequest, list_id: int) -> HttpResponse:
    """Change the places of a village, and the fund behind its cap."""
    row = lists.list_for(request.actor, list_id, P.CYCLE_PLAN)
    if request.method != "POST":
        cap = lists.cap_for(row)
        told = {"quota": row.quota, "fund": cap.fund if cap else None}
        return _form_page(request, row, "quota", QuotaForm(initial=told))
    form = QuotaForm(request.POST)
    if not form.is_valid():
        return _form_page(request, row, "quota", form, 422)
    fund, by, at = form.cleaned_data["fund"], request.actor, now()
    try:
        set_quota(village=row, quota=form.cleaned_data["quota"], by=by, at=at)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _form_page(request, row, "quota", form, 409)
    if fund is not None:
        _keep_fund(row, fund, request)
    messages.success(request, _("Saved."), "ok")
    return redirect("aid_cycles:village", list_id)


def _keep_fund(row: Any, fund: int, request: StaffRequest) -> None:
    set_fund(
        village_code=row.village_code,
        year=row.cycle.since.year,
        amount=fund,
        source="",
        by=request.actor,
        at=now(),
    )


def _form_page(
    request: StaffRequest, row: Any, name: str, form: Any, status: int = 200
) -> HttpResponse:
    context = {**head_of(row), "form": form}
    return render(request, f"aid_cycles/{name}.html", context, status=status)


def head_of(row: Any) -> dict[str, Any]:
    """Return what every page about a list says at its top."""
    programme = row.cycle.programme
    return {
        "village": row,
        "name": present.where([row.village_code])[row.village_code],
        "programme": either(programme.name, programme.name_en),
        "tag": tag(LISTS, row.state),
    }


def village_page(
    request: StaffRequest,
    list_id: int,
    *,
    returning: ReturnForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page of a list."""
    actor, row = request.actor, lists.list_for(request.actor, list_id, P.CYCLE_VIEW)
    state = request.GET.get("state", "")
    people = lists.people_of(actor, row, P.CYCLE_VIEW)
    counts = lists.counts_among(people)
    chosen = people.filter(state=state) if state in counts else people
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [each.person for each in page]
    note_looks(actor, shown, purpose=PURPOSE, permission=P.CYCLE_VIEW)
    whole = actor.may_in(P.CYCLE_VIEW, row.village_code)
    context = {
        **head_of(row),
        **choices_for(actor, row),
        **(_who_will_wait(row, counts) if whole else {}),
        "page": page,
        "items": items_of(page, actor),
        "query": f"?state={state}&" if state in counts else "?",
        "tabs": _tabs(counts, state),
        "cap": _cap(row),
        "whole": whole,
        "plans": actor.may(P.CYCLE_PLAN),
        "returning": returning or ReturnForm(),
        "problem": problem,
    }
    return render(request, "aid_cycles/village.html", context, status=status)


def _who_will_wait(row: Any, counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many families in need there is no place for; nothing once approved."""
    needy = counts.get("verified", 0)
    without = needy - max(0, row.quota - row.taken)
    return {"needy": needy, "without_place": without} if without > 0 else {}


def items_of(page: Any, actor: Actor) -> list[dict[str, Any]]:
    """Return who is on a page of a list, with state, reasons and place."""
    places = present.where({each.region_code for each in page})
    barred = any(each.blocked_by for each in page)
    called = dict(programme_names()) if barred else {}
    return [
        {
            "row": each,
            "name": each.person.name,
            "where": places[each.region_code],
            "tag": tag(PROPOSALS, each.state),
            "reasons": blocks.reasons(
                REASONS,
                each.reasons,
                each.blocked_by,
                components=blocks.sees_components(actor, each.region_code),
                names=called,
            ),
        }
        for each in page
    ]


def _tabs(counts: dict[str, int], state: str) -> list[dict[str, Any]]:
    whole = {"text": _("all"), "url": "?", "current": state not in counts}
    return [{**whole, "count": sum(counts.values())}] + [
        {
            "text": tag(PROPOSALS, each)["text"],
            "url": f"?state={each}",
            "count": counts[each],
            "current": state == each,
        }
        for each in PROPOSALS
        if each in counts
    ]


def _cap(row: Any) -> dict[str, Any] | None:
    """Return what the village's own fund allows, where it pays."""
    if not lists.is_capped(row.cycle):
        return None
    cap, facts = lists.cap_for(row), lists.facts_of(row)
    known = {"percent": cap.percent, "fund": rupiah(cap.fund)} if cap else {}
    limit = rupiah(cap.limit) if cap else ""
    return {**known, "limit": limit, "asked": rupiah(facts.asked)}
