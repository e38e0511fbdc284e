"""An RT head or village officer asks for a letter in the name of somebody."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.offices import holders_of
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.errors import Refused
from smartkampung.letters.catalogue.queries import kinds_offered, wording_for
from smartkampung.letters.catalogue.rules.kinds import Subject as About
from smartkampung.letters.requests.actions.asking import ask_for
from smartkampung.letters.requests.queries.household import (
    Household,
    household_for,
    kin_household_for,
)
from smartkampung.letters.requests.queries.requests import File, file_for
from smartkampung.letters.requests.rules.steps import Channel, State
from smartkampung.residents.queries import Person
from smartkampung.web.letters_ask.choosing import LONGEST_SEARCH, groups_of
from smartkampung.web.letters_ask.completing import (
    Completion,
    SheetForm,
    completion_of,
    has_it_again,
    note_of,
)
from smartkampung.web.letters_ask.follow import BY
from smartkampung.web.letters_ask.kinship import KinshipPart, kinship_photo
from smartkampung.web.letters_ask.parts import Clean, Part
from smartkampung.web.letters_ask.searching import matching
from smartkampung.web.letters_ask.sheet import Sheet
from smartkampung.web.letters_ask.views import told_of_nobody
from smartkampung.web.pages import StaffRequest, staff_page

ASK, SERVE = Permission.LETTER_ASK, Permission.LETTER_SERVE
LONGEST_PAPER = 120


@dataclass
class RtPaperPart(Part):
    """What the introduction of the RT says, when it was shown on paper."""

    step = "rt_paper"
    title = term = _("Introduction of the RT on paper")

    def fields(self) -> dict[str, forms.Field]:
        """Ask for its number and date."""
        return {
            "rt_paper": forms.CharField(
                label=self.title,
                required=False,
                max_length=LONGEST_PAPER,
                help_text=_(
                    "Its number and date. Left empty, the head of the RT is asked first."
                ),
                error_messages={"max_length": _("At most 120 letters.")},
            )
        }

    def said(self, clean: Clean) -> Any:
        """Return what it says."""
        return clean["rt_paper"] or _("None")


@staff_page(ASK)
def begin(request: StaffRequest) -> HttpResponse:
    """Say how somebody is asked for, and lead to finding them."""
    may_find = request.actor.may(Permission.RESIDENT_FIND)
    return render(request, "letters_assist/begin.html", {"may_find": may_find})


@staff_page(ASK)
def choose(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer the letters of somebody's village."""
    household = household_for(request.actor, pk)
    dead = household.applicant.status == Person.Status.DEAD
    typed = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    offered = [
        one
        for one in kinds_offered(household.village, day(now()))
        if not dead or About.DECEASED in one.kind.who.subjects
    ]
    context = {
        "person": household.applicant,
        "dead": dead,
        "typed": typed,
        "groups": groups_of(matching(offered, typed), best_first=bool(typed)),
    }
    return render(request, "letters_assist/choose.html", context)


@never_cache
@staff_page(ASK, "GET", "HEAD", "POST")
def ask(request: StaffRequest, pk: int, kind: str) -> HttpResponse:
    """Ask what the registry does not know, on one page, and send it."""
    return asking(request, household_for(request.actor, pk), kind)


def asking(request: StaffRequest, household: Household, kind: str) -> HttpResponse:
    """Ask for one kind of letter of a household; the form comes back with its faults."""
    actor, at = request.actor, now()
    posted = request.method == "POST"
    sent = (request.POST, request.FILES) if posted else (None, None)
    asked = _sheet(actor, household, kind, *sent, at=at)
    if not asked.sheet.fitting:
        context = {
            "person": household.applicant,
            **told_of_nobody(asked.sheet),
            **_others(asked.sheet),
        }
        return render(request, "letters_assist/nobody.html", context)
    if not posted:
        return _page(request, asked)
    files = asked.photos()
    if asked.form.errors:
        return _page(request, asked, status=422)
    clean = asked.form.cleaned_data
    try:
        found = ask_for(
            wish=asked.sheet.wish(clean["form_id"], clean, files),
            applicant_id=household.applicant.pk,
            by=actor,
            channel=Channel.COUNTER,
            at=at,
        )
    except Refused as refusal:
        asked.refused(refusal)
        return _page(request, asked, status=409)
    slip = reverse("letters_ask:slip", args=[found.code])
    return redirect(f"{slip}?{BY}={'counter' if actor.may(SERVE) else 'rt'}")


@never_cache
@staff_page(ASK, "GET", "HEAD", "POST")
def complete(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand in what is missing in the name of a family: at the counter, or by its RT."""
    file = file_for(request.actor, pk, ASK)
    if file.shut or file.request.state != State.RETURNED:
        raise Http404
    row = file.request
    household = (
        kin_household_for(request.actor, row.subject_id, row.applicant_id)
        if row.kinship
        else household_for(request.actor, row.applicant_id)
    )
    posted = request.method == "POST"
    sent = (request.POST, request.FILES) if posted else (None, None)
    asked = completion_of(file, household, *sent, at=now())
    if asked is None:
        raise Http404
    if not posted:
        return _completing(request, file, asked)
    done, status = asked.handed_in(file.request, by=request.actor, at=now())
    if done is None:
        return _completing(request, file, asked, status=status)
    messages.success(request, has_it_again(done), "ok")
    return redirect("letters_staff:request", pk)


def _completing(
    request: StaffRequest, file: File, asked: Completion, *, status: int = 200
) -> HttpResponse:
    context = {
        "row": file.request,
        "letter": asked.sheet.title,
        "person": file.request.applicant,
        "note": note_of(file),
        "told": bool(file.request.applicant.family.phone),
        "form": asked.form,
    }
    return render(request, "letters_assist/complete.html", context, status=status)


def _sheet(
    actor: Actor,
    household: Household,
    kind: str,
    data: Any,
    files: Any,
    *,
    at: datetime,
) -> Completion:
    wording = wording_for(kind, household.village, day(at))
    if wording is None:
        raise Http404
    is_rt = actor.may_in(Permission.LETTER_CONFIRM, household.place)
    lang = (get_language() or "id")[:2]
    sheet = Sheet(household, wording, lang, day(at), from_afar=is_rt, whole=True)
    paper = [] if is_rt or "confirm" not in wording.kind.steps else [RtPaperPart()]
    kin = [KinshipPart(), kinship_photo(lang, needed=is_rt)] if household.about else []
    form = SheetForm(data, files, parts=[*kin, *sheet.parts, *paper])
    form.initial = {
        "form_id": uuid.uuid4(),
        "who": str(household.applicant.pk),
        "tongue": "id",
    }
    return Completion(sheet, form)


def _alone(actor: Actor, household: Household) -> bool:
    """Say whether nobody but whoever asks could check the letter afterwards."""
    check, where = Permission.LETTER_CHECK, household.place
    holders = holders_of(check, where, on=day(now()))
    return all(one.username == actor.username for one in holders)


def _others(sheet: Sheet) -> dict[str, Any]:
    """Return which other ways there are to this letter: for kin, for other adults."""
    kin = sheet.household.about
    return {
        "kin": kin,
        "code": sheet.kind.code,
        "elsewhere": sheet.of_the_dead and kin is None,
        "themself": sheet.themself,
    }


def _page(
    request: StaffRequest, asked: Completion, *, status: int = 200
) -> HttpResponse:
    sheet = asked.sheet
    context = {
        "alone": _alone(request.actor, sheet.household),
        "letter": sheet.title,
        "about": sheet.about,
        "person": sheet.household.applicant,
        "ready": [one.words.of(sheet.lang) for one in sheet.ready],
        "form": asked.form,
        **_others(sheet),
    }
    return render(request, "letters_assist/ask.html", context, status=status)
