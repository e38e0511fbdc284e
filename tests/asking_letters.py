"""What tests of letters need: Wayan's family, its village office, and a wish."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import WIB, day
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.letters.requests.actions.asking import Wish, ask_own
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.actions.reading import note_read, shown
from smartkampung.letters.requests.actions.signing import sign
from smartkampung.letters.requests.models import (
    Letter,
    LetterRequest,
    VillageRule,
)
from smartkampung.letters.requests.queries.drafts import draft_of
from smartkampung.letters.signing.models import Authority
from smartkampung.residents.models import Person
from smartkampung.residents.subject import Subject
from tests.cast import HERE, RT_HERE, sari, staff
from tests.reporting import wayan
from tests.signing import PASSPHRASE, authority, signer

# A Tuesday morning within office hours.
MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
LATER = MORNING + timedelta(minutes=5)
SKTM = "sktm"


def actor(account: Staff, at: datetime = MORNING) -> Actor:
    """Return the rights of an account on the day of the tests."""
    return actor_for(account, on=day(at))


def village_head(username: str = "darmo", name: str = "Darmo Wijoyo") -> Staff:
    """Make the head of the village here."""
    return staff(username, Role.VILLAGE_HEAD, HERE, name=name)


def rt_head() -> Staff:
    """Make the head of the RT where Wayan lives."""
    return staff("tini", Role.RT_HEAD, RT_HERE, name="Tini Rahayu")


def secretary() -> Staff:
    """Make a second officer of the village office."""
    return staff("gusti", Role.VILLAGE_OFFICER, HERE, name="Gusti Ayu Lestari")


def wayan_with_child() -> tuple[Person, Person]:
    """Register Wayan with all that letters print, and his daughter."""
    father = wayan(birth_place="Banyuwangi", religion=1, marital_status=2, occupation=9)
    child = Person.objects.create(
        name="Putu Sudarma",
        name_folded="putu sudarma",
        sex="P",
        born_on=date(2012, 3, 4),
        birth_place="Banyuwangi",
        relation=4,
        marital_status=1,
        family=father.family,
        region_code=father.region_code,
    )
    act_as(Acting.JOB)
    return father, child


def subject_of(person: Person) -> Subject:
    """Return a person as one who proved to be family."""
    return Subject(person.pk, person.family_id, person.region_code)


def wish(person: Person, **changes: Any) -> Wish:
    """Return what Wayan asks for: a letter that says that he is poor."""
    return replace(
        Wish(
            form_id=uuid.uuid4(),
            kind=SKTM,
            subject_id=person.pk,
            purpose="Beasiswa sekolah Putu",
            answers={"income": "1500000"},
            rt_paper="",
        ),
        **changes,
    )


def more_steps(*steps: str, kind: str = SKTM) -> None:
    """Let the village here ask for more steps than a letter has elsewhere."""
    VillageRule.objects.create(
        village_id=HERE,
        steps={kind: list(steps)},
        changed_by="darmo",
        changed_at=MORNING,
    )


def asked(person: Person, at: datetime = MORNING, **changes: Any) -> LetterRequest:
    """Let a family ask; return the request as a job sees it."""
    found = ask_own(wish=wish(person, **changes), by=subject_of(person), at=at)
    act_as(Acting.JOB)
    return LetterRequest.objects.get(pk=found.request_id)


def checked(
    person: Person, *, officer: Staff | None = None, at: datetime = MORNING
) -> LetterRequest:
    """Let a family ask, the RT confirm and the village office check."""
    row = asked(person, at=at)
    row = confirm(request=row, by=actor(rt_head()), at=at)
    return check(request=row, by=actor(officer or sari()), at=at)


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Say that what is done inside breaks a promise of the database."""
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        yield


def pen_of(account: Staff, nip: str = "") -> Staff:
    """Give an officer a certificate to sign with; the authority exists afterwards."""
    if not Authority.objects.exists():
        authority(at=MORNING - timedelta(days=2))
    signer(account, at=MORNING - timedelta(days=1), nip=nip)
    return account


def read_by(row: LetterRequest, account: Staff, at: datetime = MORNING) -> Actor:
    """Let an officer read a letter; return them."""
    who = actor(account)
    draft = draft_of(row, by=who, at=at)
    assert draft
    note_read(request=row, by=who, proof=shown(row, draft.digest, to=who), at=at)
    return who


def signed(row: LetterRequest, account: Staff, at: datetime = LATER) -> Letter:
    """Let an officer read and sign a letter."""
    return sign(request=row, by=read_by(row, account), passphrase=PASSPHRASE, at=at)
