"""Whether a letter can be about somebody: when it is asked for, checked and signed."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.kernel.clock import day
from smartkampung.letters.catalogue.rules.kinds import (
    Subject,
    Who,
    concerns,
    unfit,
)
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.words import UNFIT
from smartkampung.letters.requests.actions.refusals import NotAbout
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.queries.facts import age_of
from smartkampung.letters.requests.queries.household import grown_up, grown_ups_beside
from smartkampung.regions.codes import village_of
from smartkampung.residents.models import Person


def about(
    wording: Wording,
    subject: Person,
    applicant: Person,
    *,
    village_code: str,
    at: datetime,
    kin: bool = False,
) -> None:
    """Raise NotAbout with every reason why a letter cannot be about somebody.

    Who asks stands on the same card; or is ``kin`` of somebody who died.
    """
    who, own = wording.kind.who, subject.pk == applicant.pk
    age = age_of(subject, day(at))
    if not concerns(who, is_self=own, age=age):
        raise NotAbout(
            _("This letter is about somebody else of the family: choose whom.")
            if own
            else _("This letter is asked for by the person whom it is about.")
        )
    if {village_of(one.region_code) for one in (subject, applicant)} != {village_code}:
        raise NotAbout(
            _("They live in another village by now. Refuse it; that village writes it.")
        )
    if kin:
        _may_be_kin(who, subject, applicant, at)
    apart = subject.family_id != applicant.family_id and not kin
    if apart or not _lives(applicant):
        raise NotAbout(
            _(
                "Whoever asked is no longer on the card of whom it is about, or has died."
                " Refuse it and say who may ask."
            )
        )
    reasons = unfit(
        who,
        age=age,
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
        kin=row.kinship is not None,
    )


def closed_to_kin(subject: Person, *, on: date, asker_id: int | None = None) -> str:
    """Return why nobody of another card asks about somebody; nothing where they may.

    Who is grown up and lives on that card asks; and a death is on record before.
    """
    if any(one.pk != asker_id for one in grown_ups_beside(subject, on=on)):
        return str(
            _(
                "Somebody of 17 years or more lives on the family card of who died. They"
                " ask, on their own phone or at the counter; nobody of another card does."
            )
        )
    if subject.status != Person.Status.DEAD:
        return str(
            _(
                "The registry does not say that this person died. The village office"
                " records the death first; then a relative of another card may ask."
            )
        )
    return ""


def _may_be_kin(who: Who, subject: Person, applicant: Person, at: datetime) -> None:
    """Raise NotAbout unless somebody of another card may ask for such a letter."""
    if Subject.DECEASED not in who.subjects:
        raise NotAbout(
            _("From another family card only a letter about who died is asked for.")
        )
    if not grown_up(applicant, on=day(at)):
        raise NotAbout(_("Who asks about somebody who died is 17 years old or more."))
    closed = closed_to_kin(subject, on=day(at), asker_id=applicant.pk)
    if closed:
        raise NotAbout(closed)


def _lives(person: Person) -> bool:
    return person.status == Person.Status.LIVING
