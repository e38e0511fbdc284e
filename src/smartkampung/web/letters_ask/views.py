"""A family asks for a letter: one question a screen."""

import uuid
from datetime import datetime, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import now
from smartkampung.letters.catalogue.words import UNFIT
from smartkampung.letters.requests.actions.asking import ask_own
from smartkampung.letters.requests.queries.household import own_household
from smartkampung.web.letters_ask.screens import CHOOSE, Letter, sheet_of
from smartkampung.web.letters_ask.sheet import Sheet
from smartkampung.web.letters_ask.wizard import Asking
from smartkampung.web.limits import limited
from smartkampung.web.pages import ResidentRequest, resident_page

SCREENS = Limit("letters.screens", 2400, timedelta(minutes=10))
SENT = Limit("letters.sent", 120, timedelta(minutes=10))
SENT_BY_ALL = Limit("letters.sent_by_all", 7200, timedelta(minutes=1))


@limited(address=SCREENS)
@resident_page(resumes=True)
def begin(request: ResidentRequest, kind: str) -> HttpResponse:
    """Begin a letter for the own family; say why where it can be about nobody."""
    at, household = now(), own_household(request.subject)
    sheet = sheet_of(kind, household, at)
    if sheet is None:
        raise Http404
    if not sheet.fitting:
        return render(request, "letters_ask/nobody.html", told_of_nobody(sheet))
    return Letter(household).begin(request, sheet, at)


@limited(address=SCREENS)
@resident_page("GET", "HEAD", "POST")
def form(request: ResidentRequest) -> HttpResponse:
    """Take one screen's answers; lead to the next."""
    if request.method != "POST":
        return redirect(CHOOSE)
    return Letter(own_household(request.subject)).receive(request)


@limited(address=SCREENS)
@resident_page()
def screen(request: ResidentRequest, form_id: uuid.UUID, step: str) -> HttpResponse:
    """Show a screen as its form stands: the next one, or what Back returns to."""
    return Letter(own_household(request.subject)).fetch(request, form_id, step)


@limited(address=SENT, everybody=SENT_BY_ALL)
@resident_page("POST")
def send(request: ResidentRequest) -> HttpResponse:
    """Ask for the letter as reviewed; the same form sent twice is one request."""
    subject = request.subject

    def write(wizard: Asking, at: datetime) -> str:
        return ask_own(wish=wizard.wish(), by=subject, at=at).code

    moves = Letter(own_household(subject))
    return moves.send(request, write, leads_to="letters_ask:slip")


def told_of_nobody(sheet: Sheet) -> dict[str, object]:
    """Return why a letter can be about nobody of a family."""
    who = sheet.kind.who
    ages = {"least": who.least_age, "most": who.most_age}
    return {
        "letter": sheet.title,
        "about": sheet.kind.about.of(sheet.lang),
        "elsewhere": sheet.of_the_dead,
        "themself": sheet.themself,
        "people": [
            {
                "name": fit.person.name,
                "reasons": [str(UNFIT[one]) % ages for one in fit.reasons],
            }
            for fit in sheet.fits
        ],
    }
