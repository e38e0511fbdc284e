"""What happened: choose it, write it down, and the list of a village."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.residents import queries
from smartkampung.residents.actions.arrivals import open_family
from smartkampung.residents.actions.happening import Act, CannotRecord
from smartkampung.residents.life.words import BARS
from smartkampung.residents.queries.events import events_for
from smartkampung.residents.rules.families import HEAD
from smartkampung.residents.rules.life import Bar
from smartkampung.web.life import present
from smartkampung.web.life.deeds import OF_FAMILY, OF_PERSON, Deed, newcomer_of
from smartkampung.web.life.forms import NewFamilyForm, Subject
from smartkampung.web.life.from_letter import told_by_letter
from smartkampung.web.pages import StaffRequest, staff_page

RECORD = Permission.LIFE_EVENT_RECORD
ON_A_PAGE = 50
# Under which field of a form a bar is shown; the others stand above the form.
FIELD_OF = {
    Bar.IN_FUTURE: "on",
    Bar.BEFORE_BIRTH: "on",
    Bar.BEFORE_LAST_EVENT: "on",
    Bar.NOBODY_CHOSEN: "who",
    Bar.HEAD_NEEDED: "head_of_rest",
    Bar.NEW_CARD_HEAD_NEEDED: "new_head",
    Bar.SAME_HEAD: "new_head",
    Bar.SAME_PLACE: "rt",
    Bar.NO_SUCH_RT: "rt",
    Bar.ALL_MUST_GO: "card",
    Bar.CARD_TAKEN: "kk",
    Bar.CARD_UNKNOWN: "kk",
    Bar.CARD_ELSEWHERE: "kk",
    Bar.SAME_CARD: "kk",
    Bar.RELATION_NEEDED: "relation",
    Bar.SPOUSE_MARRIED: "spouse",
    Bar.SPOUSE_ELSEWHERE: "spouse",
    Bar.SAME_SEX: "spouse",
    Bar.SAME_PERSON: "spouse",
    Bar.NIK_LIVES_HERE: "nik",
    Bar.NIK_RETURNS: "nik",
    Bar.ALREADY_RECORDED: "name",
    Bar.MOTHER_TOO_YOUNG: "mother",
    Bar.MOTHER_NOT_A_WOMAN: "mother",
    Bar.NO_PLACE_NAMED: "elsewhere",
}


@staff_page(Permission.RESIDENT_VIEW)
def events(request: StaffRequest) -> HttpResponse:
    """List what happened in the officer's area, the latest first."""
    page = Paginator(events_for(request.actor), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    people = {event.person_id: event.person for event in page}
    queries.note_looks(request.actor, people.values(), purpose="resident.life_events")
    context = {
        "page": page,
        "items": present.events(request.actor, page),
        "may_record": request.actor.may(RECORD),
    }
    return render(request, "life/events.html", context)


@staff_page(RECORD)
def person_events(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask what happened to a person or to their family."""
    about = _of_person(request, pk)
    return _choice(request, about)


@staff_page(RECORD)
def family_events(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask what happened to a family."""
    return _choice(request, _of_family(request, pk))


@staff_page(RECORD, "GET", "POST")
def person_event(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Write down what happened to one person."""
    return _write_down(request, kind, _deed(OF_PERSON, kind), _of_person(request, pk))


@staff_page(RECORD, "GET", "POST")
def family_event(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Write down what happened to a family or to members of it."""
    return _write_down(request, kind, _deed(OF_FAMILY, kind), _of_family(request, pk))


@staff_page(RECORD, "GET", "POST")
def new_family(request: StaffRequest) -> HttpResponse:
    """Write down a family that moved in from outside the regency."""
    form = NewFamilyForm(request.POST or None, actor=request.actor)
    status = 200 if request.method == "GET" else 422
    if request.method == "POST" and form.is_valid():
        try:
            family = _arrive(request, form)
        except Refused as refusal:
            add_refusal(form, refusal)
            status = 409
        else:
            messages.success(request, _("Written down. Now add the others."), "ok")
            return redirect("people:family", family)
    return render(request, "life/new_family.html", {"form": form}, status=status)


def _arrive(request: StaffRequest, form: NewFamilyForm) -> int:
    data = form.cleaned_data
    event = open_family(
        act=Act(
            id=data["form_id"],
            on=data["on"],
            by=request.actor.username,
            at=now(),
            note=data["note"],
            elsewhere=data["elsewhere"],
        ),
        region_code=form.code(),
        kk=data["kk"],
        address=data["address"],
        head=newcomer_of(data, born_on=data["born_on"], relation=HEAD),
    )
    return event.family_id


def _of_person(request: StaffRequest, pk: int) -> Subject:
    person = queries.person_for(
        request.actor, pk, purpose="resident.life_event", permission=RECORD
    )
    card = queries.family_for(
        request.actor, person.family_id, purpose="resident.life_event"
    )
    return Subject(request.actor, card.family, card.members, person)


def _of_family(request: StaffRequest, pk: int) -> Subject:
    card = queries.family_for(request.actor, pk, purpose="resident.life_event")
    if not request.actor.may_in(RECORD, card.family.region_code):
        raise Http404
    chosen = request.GET.get("who", "")
    person = next((one for one in card.members if str(one.pk) == chosen), None)
    return Subject(request.actor, card.family, card.members, person)


def _deed(deeds: Mapping[str, Deed], kind: str) -> Deed:
    if kind not in deeds:
        raise Http404
    return deeds[kind]


def _choice(request: StaffRequest, about: Subject) -> HttpResponse:
    return render(request, "life/what.html", present.choice(about))


def _write_down(
    request: StaffRequest, kind: str, deed: Deed, about: Subject
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    if data is None:
        told = told_by_letter(request.actor, request.GET.get("letter", ""), kind)
        form = deed.form(subject=about, initial=told)
        return _page(request, deed, about, form, told=bool(told))
    form = deed.form(data, subject=about)
    if not form.is_valid():
        return _page(request, deed, about, form, status=422)
    try:
        deed.do(form)
    except Refused as refusal:
        add_refusal(form, refusal)
        return _page(request, deed, about, form, status=409)
    messages.success(request, _("Written down: %(what)s.") % {"what": deed.title}, "ok")
    # A move may have taken the family out of the officer's area.
    if queries.families_for(request.actor).filter(pk=about.family.pk).exists():
        return redirect("people:family", about.family.pk)
    return redirect("life:events")


def add_refusal(form: Any, refusal: Refused) -> None:
    """Show a refusal where it can be mended."""
    bars = refusal.bars if isinstance(refusal, CannotRecord) else []
    for bar in bars:
        field = FIELD_OF.get(bar)
        form.add_error(field if field in form.fields else None, str(BARS[bar]))
    if not bars:
        form.add_error(None, str(refusal.message))


def _page(
    request: StaffRequest,
    deed: Deed,
    about: Subject,
    form: Any,
    *,
    status: int = 200,
    told: bool = False,
) -> HttpResponse:
    context = {
        "told": told,
        "deed": deed,
        # A birth into the family of Tiara is not the birth of Tiara.
        "alone": deed in OF_PERSON.values(),
        "form": form,
        "about": present.about(about),
        "person": about.person,
        "family": about.family,
    }
    return render(request, "life/event.html", context, status=status)
