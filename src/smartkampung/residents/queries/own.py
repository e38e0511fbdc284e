"""Reads of a resident about the own family: the door takes a ``Subject``, no actor."""

import hashlib
from datetime import datetime

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.audit.models import Access
from smartkampung.audit.queries import looks_at
from smartkampung.kernel.sealed import Sealed
from smartkampung.residents.models import Correction as Correction
from smartkampung.residents.models import FamilyDecile as FamilyDecile
from smartkampung.residents.models import LifeEvent as LifeEvent
from smartkampung.residents.models import Person, ResidentSession
from smartkampung.residents.queries.people import FamilyWithMembers
from smartkampung.residents.subject import FAMILY, Subject


def person_of_pair(*, nik: Sealed, kk: Sealed) -> Person | None:
    """Return who holds both numbers, alive, with the family; else nothing."""
    rows = Person.objects.select_related("family").exclude(status=Person.Status.DEAD)
    return rows.filter(
        nik_index__in=nik.indexes(), family__kk_index__in=kk.indexes()
    ).first()


def live_session(key: str, *, at: datetime) -> ResidentSession | None:
    """Return the session of a cookie unless it ended, or the person left the family."""
    rows = ResidentSession.objects.select_related("person").filter(
        key_hash=hashed(key), expires_at__gt=at, person__family=F("family")
    )
    return rows.exclude(person__status=Person.Status.DEAD).first()


def subject_of(session: ResidentSession) -> Subject:
    """Return as whom a session reads."""
    person = session.person
    return Subject(person.pk, session.family_id, person.region_code)


def own_person(subject: Subject) -> Person:
    """Return the subject's own record with the family card."""
    return _members(subject).get(pk=subject.person_id)


def own_family(subject: Subject) -> FamilyWithMembers:
    """Return the subject's family card with its members, the head first.

    The look was written down when the session was opened.
    """
    members = list(_members(subject))
    return FamilyWithMembers(members[0].family, members)


def own_looks(subject: Subject) -> QuerySet[Access]:
    """Return who looked at the subject's own record, the newest first.

    Not at the records of the family: whom one goes to is one's own business.
    """
    return looks_at(subject.person_id)


def own_corrections(subject: Subject) -> QuerySet[Correction]:
    """Return every wish to correct the family's record, the newest first."""
    rows = Correction.objects.filter(person__family=subject.family_id)
    return rows.select_related("person").order_by("-asked_at", "pk")


def own_life_events(subject: Subject) -> QuerySet[LifeEvent]:
    """Return what happened to the subject, as it was written down, the newest first."""
    rows = LifeEvent.objects.filter(person=subject.person_id)
    return rows.order_by("-happened_on", "-pk")


def own_decile(subject: Subject) -> FamilyDecile | None:
    """Return the welfare decile that a national list gives the family, if any."""
    return FamilyDecile.objects.filter(family=subject.family_id).first()


def member_of_own_family(subject: Subject, pk: int) -> Person:
    """Return one person of the own family with the card; 404 for anybody else."""
    return get_object_or_404(_members(subject), pk=pk)


def _members(subject: Subject) -> QuerySet[Person]:
    rows = Person.objects.select_related("family").filter(family=subject.family_id)
    return rows.order_by("relation", "born_on", "pk")


def looks_of_others(subject: Subject) -> QuerySet[Access]:
    """Return who else than the family looked, the newest first."""
    return own_looks(subject).exclude(role=FAMILY)


def hashed(key: str) -> bytes:
    """Return what the table keeps of a cookie."""
    return hashlib.sha256(key.encode()).digest()
