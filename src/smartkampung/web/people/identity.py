"""What Dukcapil says of a person, and the button that asks."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from smartkampung.accounts.roles import Permission
from smartkampung.identity.actions import ask
from smartkampung.identity.adapters import configured
from smartkampung.identity.queries import Standing, standing_of
from smartkampung.identity.rules import (
    Purpose,
    Verdict,
    bars_to_ask,
    worth_asking,
)
from smartkampung.identity.words import (
    FIELDS,
    VERDICTS,
    VILLAGE_AGREES,
    VILLAGE_DIFFERS,
)
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.wording import moment
from smartkampung.residents import queries
from smartkampung.residents.queries import Person
from smartkampung.residents.rules import NikFlag
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.web.people import present

ASK = Permission.IDENTITY_ASK
PERSONAL_FLAGS = NikFlag.BIRTH_DATE | NikFlag.SEX
Part = dict[str, Any]


@staff_page(ASK, "POST")
def ask_identity(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a question about this person into the queue, and go back to their page."""
    person = queries.person_for(
        request.actor, pk, purpose="identity.page", permission=ASK
    )
    actor = request.actor
    try:
        waits = ask(
            person=person,
            purpose=Purpose.RECORD,
            by=actor.username,
            role=actor.role_for(ASK),
            at=now(),
        )
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("people:person", pk)
    if waits is None:
        messages.info(request, _("There is a fresh answer already: see below."))
    else:
        messages.success(request, _("Dukcapil is asked. The answer appears here."))
    return redirect("people:person", pk)


def identity_of(request: StaffRequest, person: Person) -> Part:
    """Return what the page of a person says about identity, for who sees the NIK."""
    actor, code = request.actor, person.region_code
    if "nik" not in present.seen_by(actor, code) or person.nik is None:
        return {}
    standing = standing_of(person)
    bars = bars_to_ask(
        on=configured(), has_nik=True, living=person.status == Person.Status.LIVING
    )
    may = actor.may_in(ASK, code) and not bars
    fresh = worth_asking(standing.verdict, answered_at=standing.at, at=now())
    village = not person.nik_flags & PERSONAL_FLAGS
    return {
        "identity": tags(standing, village_agrees=village),
        "may_ask_identity": may and fresh,
    }


def tags(standing: Standing, *, village_agrees: bool) -> list[Part]:
    """Return one tag for the village's own data and one for Dukcapil's answer."""
    here = {
        "text": VILLAGE_AGREES if village_agrees else VILLAGE_DIFFERS,
        "state": "info" if village_agrees else "wait",
    }
    if standing.verdict is Verdict.NEVER and not configured():
        return [here]
    words, state = VERDICTS[standing.verdict]
    differing = [str(FIELDS[name]) for name in standing.differing]
    text = str(words) % {
        "at": moment(standing.at) if standing.at else "",
        "fields": ", ".join(differing),
    }
    return [here, {"text": text, "state": state}]
