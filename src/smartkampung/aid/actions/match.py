"""Say who in the registry a claim is about, where the NIK alone did not tell."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.aid.actions.locks import case_locks, fresh
from smartkampung.aid.models import Claim, Finding
from smartkampung.aid.queries.conflicts import aid_received
from smartkampung.aid.rules.claims import LIFE, State
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.residents.models import Person

BUSY = _("Somebody else is working on this claim. Please try again in a moment.")


class CannotMatch(Refused):
    """The claim is past checking, has its person, or the person has another claim."""

    code = "cannot_match"


def match_claim(*, claim: Claim, person: Person, by: Actor, at: datetime) -> None:
    """Say that a claim is about this person; the village answers for it.

    The person comes through the actor's own door (``residents.queries``), so they
    live in the actor's area. Raises CannotMatch.
    """

    def take() -> None:
        case = fresh(claim)
        _may_match(case, person)
        case.person = person
        case.save(update_fields=["person"])
        _note(case, person, at)
        record(
            "aid.claim_matched",
            target=case,
            by=by.username,
            region_code=case.region_code,
            person=person.pk,
        )

    claim_scarce(locks=case_locks(claim), take=take, refusals={}, busy=Busy(BUSY))


def look_again(*, person_id: int, at: datetime) -> None:
    """Note anew, on the open claims of a person, what their family receives.

    For when the registry changed under a claim: records merged, or parted again. The
    red lights themselves are always asked anew. Safe to repeat.
    """
    person = Person.objects.get(pk=person_id)
    for claim in Claim.objects.filter(person=person, closed_at=None):
        Finding.objects.bulk_create(_received(claim, person, at), ignore_conflicts=True)


def _may_match(case: Claim, person: Person) -> None:
    if case.state != State.TO_CHECK or case.person is not None:
        raise CannotMatch(
            _("This claim already has its person, or was checked meanwhile.")
        )
    others = Claim.objects.filter(person=person, closed_at=None).exclude(pk=case.pk)
    if others.exists():
        raise CannotMatch(
            _("This person already has another open claim. Go on with that one.")
        )


def _note(case: Claim, person: Person, at: datetime) -> None:
    codes = [Finding.Code.MATCHED_BY_VILLAGE]
    if person.status in LIFE:
        codes.append(Finding.Code(person.status))
    found = [Finding(claim=case, code=code, found_at=at) for code in codes]
    found += _received(case, person, at)
    Finding.objects.bulk_create(found, ignore_conflicts=True)


def _received(case: Claim, person: Person, at: datetime) -> list[Finding]:
    return [
        Finding(
            claim=case,
            code=Finding.Code.ALREADY_RECEIVING,
            enrolment_id=aid.enrolment_id,
            found_at=at,
        )
        for aid in aid_received(family_id=person.family_id, on=day(at))
    ]
