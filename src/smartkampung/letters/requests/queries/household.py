"""For whom of a family a letter can be asked, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.models import Upload
from smartkampung.intake.queries import case_by_code
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.catalogue.rules.kinds import (
    ADULT,
    Unfit,
    Who,
    concerns,
    unfit,
)
from smartkampung.letters.requests.models import LetterRequest as LetterRequest
from smartkampung.letters.requests.models import LetterStep as LetterStep
from smartkampung.letters.requests.queries.facts import age_of, family_of
from smartkampung.letters.requests.queries.requests import (
    CASE_KIND,
    PURPOSE,
    own_request,
)
from smartkampung.regions.codes import village_of
from smartkampung.residents.models import Person
from smartkampung.residents.queries import note_looks
from smartkampung.residents.subject import Subject


@dataclass(frozen=True)
class Household:
    """Who asks, and everybody on the own family card: the head first.

    With ``about`` they are of another card, that of somebody who died.
    """

    applicant: Person
    members: Sequence[Person]
    about: Person | None = None

    @property
    def place(self) -> str:
        """Return where the letter is dealt with."""
        return (self.about or self.applicant).region_code

    @property
    def village(self) -> str:
        """Return which village writes their letters."""
        return village_of(self.place)

    @property
    def living(self) -> list[Person]:
        """Return who lives, as far as the registry knows."""
        return [one for one in self.members if one.status == Person.Status.LIVING]


@dataclass(frozen=True)
class Fit:
    """Whether a letter can be about somebody; ``reasons`` is complete."""

    person: Person
    is_self: bool
    reasons: tuple[Unfit, ...]


def own_household(subject: Subject) -> Household:
    """Return the family of a resident who proved to be of it."""
    applicant = _people().get(pk=subject.person_id)
    return _household(applicant)


def household_for(actor: Actor, person_id: int) -> Household:
    """Return the family of somebody for whom an officer asks; 404 outside their places.

    The look is written down.
    """
    found = _household(_reached(actor, person_id))
    note_looks(actor, found.members, purpose=PURPOSE, permission=Permission.LETTER_ASK)
    return found


def kin_household_for(actor: Actor, deceased_id: int, asker_id: int) -> Household:
    """Return the card of somebody who died, and who asks from another; 404 outside.

    Both live, or lived, where the officer asks for letters. The look is written down.
    """
    asker, found = _reached(actor, asker_id), household_for(actor, deceased_id)
    note_looks(actor, [asker], purpose=PURPOSE, permission=Permission.LETTER_ASK)
    return Household(asker, found.members, about=found.applicant)


def kin_of(row: LetterRequest) -> Household | None:
    """Return who asked about somebody of another card; None within one card.

    Nobody of that card stands there: what was answered of them stays.
    """
    kin = row.kinship is not None
    return Household(row.applicant, [], about=row.subject) if kin else None


def _reached(actor: Actor, person_id: int) -> Person:
    person = get_object_or_404(_people(), pk=person_id)
    if not actor.may_in(Permission.LETTER_ASK, person.region_code):
        raise Http404
    return person


def grown_up(person: Person, *, on: date) -> bool:
    """Say whether somebody goes about letters by themself; so does an unknown age."""
    age = age_of(person, on)
    return age is None or age >= ADULT


def grown_ups_beside(person: Person, *, on: date) -> list[Person]:
    """Return who lives on somebody's card beside them, and is grown up."""
    others = [one for one in family_of(person) if one.pk != person.pk]
    return [one for one in others if grown_up(one, on=on)]


def fits(household: Household, who: Who, *, on: date) -> list[Fit]:
    """Return everybody of a family whom such a letter may be about at all.

    Those of the wrong age, sex or status stand there with every reason.
    """
    people = [household.about] if household.about else household.members
    found = [_fit(person, household.applicant, who, on) for person in people]
    return [fit for fit in found if fit]


def _fit(person: Person, applicant: Person, who: Who, on: date) -> Fit | None:
    age = age_of(person, on)
    is_self = person.pk == applicant.pk
    if not concerns(who, is_self=is_self, age=age):
        return None
    reasons = unfit(
        who,
        age=age,
        marital=person.marital_status,
        sex=person.sex,
        living=person.status == Person.Status.LIVING,
    )
    return Fit(person, is_self, tuple(reasons))


def _people() -> QuerySet[Person]:
    rows = Person.objects.filter(merged_into=None)
    return rows.select_related("family").order_by("relation", "born_on", "pk")


def _household(applicant: Person) -> Household:
    return Household(applicant, list(_people().filter(family=applicant.family_id)))


def letter_followed(
    code: str, *, at: datetime
) -> tuple[LetterRequest, list[LetterStep]] | None:
    """Return the letter that a code follows, and its history; None for other codes.

    The code opens where the letter is, and nothing of whom it is about.
    """
    case = case_by_code(code, at=at)
    if case is None or case.kind != CASE_KIND:
        return None
    act_as(Kind.PUBLIC, tracking=case.code_hash)
    row = LetterRequest.objects.filter(code_hash=case.code_hash).first()
    return (row, list(row.history.order_by("at", "pk"))) if row else None


def own_photo(subject: Subject, request_id: int, file_id: int, *, on: date) -> Upload:
    """Return a photo that a family handed in; 404 for any other."""
    files = own_request(subject, request_id, on=on).files.select_related("upload")
    return get_object_or_404(files, pk=file_id).upload
