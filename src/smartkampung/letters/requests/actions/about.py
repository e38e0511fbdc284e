"""Whether a letter can be about somebody: when it is asked for, checked and signed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import day
from smartkampung.letters.catalogue.rules.kinds import unfit
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.words import UNFIT
from smartkampung.letters.requests.actions.refusals import NotAbout
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.facts import years_old
from smartkampung.regions.codes import village_of
from smartkampung.residents.models import Person


def about(
    wording: Wording,
    subject: Person,
    applicant: Person,
    *,
    village_code: str,
    at: datetime,
) -> None:
    """Raise NotAbout with every reason why a letter cannot be about somebody."""
    who = wording.kind.who
    relation = "self" if subject.pk == applicant.pk else "family"
    allowed = {one.value for one in who.subjects}
    if relation not in allowed and not ("deceased" in allowed and relation == "family"):
        raise NotAbout(
            _("This letter is asked for by the person whom it is about.")
            if relation == "family"
            else _("This letter is about somebody else of the family: choose whom.")
        )
    if {village_of(one.region_code) for one in (subject, applicant)} != {village_code}:
        raise NotAbout(
            _("They live in another village by now. Refuse it; that village writes it.")
        )
    if subject.family_id != applicant.family_id or not _lives(applicant):
        raise NotAbout(
            _(
                "Whoever asked is no longer on the card of whom it is about, or has died."
                " Refuse it and say who may ask."
            )
        )
    born = subject.born_on
    reasons = unfit(
        who,
        age=years_old(born, day(at)) if born else None,
        marital=subject.marital_status,
        sex=subject.sex,
        living=_lives(subject),
    )
    if reasons:
        ages = {"least": who.least_age, "most": who.most_age}
        raise NotAbout(" ".join(str(UNFIT[one]) % ages for one in reasons))


def still_about(row: LetterRequest, wording: Wording, at: datetime) -> None:
    """Raise NotAbout when a letter can no longer be about its person."""
    people = {
        one.pk: one
        for one in Person.objects.filter(
            pk__in={row.subject_id, row.applicant_id}, merged_into=None
        )
    }
    if len(people) != len({row.subject_id, row.applicant_id}):
        raise NotAbout(
            _("The registry no longer holds this person here. Refuse it, and ask anew.")
        )
    about(
        wording,
        people[row.subject_id],
        people[row.applicant_id],
        village_code=row.village_code,
        at=at,
    )


def _lives(person: Person) -> bool:
    return person.status == Person.Status.LIVING
