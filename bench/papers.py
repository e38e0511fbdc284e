"""A village office with families that want letters, for measuring; needs Django."""

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.db import connections, transaction

from smartkampung.accounts.actions import assign, create_staff
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import WIB, day, telling
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.letters.catalogue.drawing import Proof, render_letter
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests import files
from smartkampung.letters.requests.actions.asking import Wish, ask_own
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.actions.numbers import enter, next_number
from smartkampung.letters.requests.actions.orders import order_signing
from smartkampung.letters.requests.actions.reading import note_read, shown
from smartkampung.letters.requests.actions.signing import sign
from smartkampung.letters.requests.models import Letter, LetterRequest, OrderItem
from smartkampung.letters.requests.queries.drafts import complete_facts, draft_of
from smartkampung.letters.requests.queries.facts import kept_facts
from smartkampung.letters.requests.queries.offices import Office as Title
from smartkampung.letters.requests.queries.villages import Rule
from smartkampung.letters.signing.actions.authority import make_authority
from smartkampung.letters.signing.actions.certificates import (
    answer_request,
    ask_for_certificate,
    make_certificate,
)
from smartkampung.letters.signing.actions.proving import seal_payload
from smartkampung.letters.signing.actions.sign import unlock
from smartkampung.letters.signing.ports import Words
from smartkampung.regions.models import Region
from smartkampung.residents.models import KK, NIK, Family, Person
from smartkampung.residents.subject import Subject

HERE = "35.10.09.2003"
RT = f"{HERE}.001.001"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
PHRASE = "surat untuk mengukur"
BY = "bench"


@dataclass
class Office:
    """A head with a key, and letters that were checked and read."""

    head: Actor
    rows: list[LetterRequest]
    wording: Wording
    _next: Iterator[int] = field(default_factory=itertools.count)

    def sign_next(self) -> bytes:
        """Sign the next letter as the page does; return the file that the head gets."""
        with transaction.atomic():
            act_as(Kind.STAFF, scope=[HERE], by=self.head.username)
            row = LetterRequest.objects.get(pk=self.rows[next(self._next)].pk)
            letter = sign(request=row, by=self.head, passphrase=PHRASE, at=AT)
        return files.read(letter.file)

    def bare(self, count: int) -> None:
        """Draw and sign so many letters, and nothing else."""
        with transaction.atomic():
            act_as(Kind.JOB)
            pen = unlock(staff_id=self.head.staff_id, passphrase=PHRASE, at=AT)
            rows = self.rows[-count:]
            known = [kept_facts(row) or {} for row in rows]
            link = self._link()
            for facts in known:
                whole = complete_facts(
                    facts,
                    self.wording,
                    number="401/001/2003/XI/2026",
                    signer="Darmo Wijoyo",
                    office=Title("Kepala Desa Sumberwangi"),
                    on=day(AT),
                )
                proof = Proof(link, "http://localhost/v/", "K7QF-2M9X-TB4C", "A1B2C3")
                pdf = render_letter(self.wording, whole, lang="id", at=AT, proof=proof)
                words = Words("401/001", proof=link)
                pen.sign(pdf, region_code=HERE, at=AT, words=words)

    def _link(self) -> str:
        return seal_payload(
            code="K7QF2M9XTB4C",
            village_code=HERE,
            kind="sktm",
            number="401/001/2003/XI/2026",
            issued_on=day(AT),
            valid_until=day(AT) + timedelta(days=90),
            facts_print=b"x" * 16,
        )

    def order(self, count: int) -> None:
        """Order the signature of the last so many."""
        with transaction.atomic(), telling(AT):
            act_as(Kind.JOB)
            order_signing(
                requests=self.rows[-count:], by=self.head, passphrase=PHRASE, at=AT
            )

    def work(self) -> int:
        """Do what the worker does, each job in its own transaction; count letters."""
        with telling(AT):
            run_waiting()
        with transaction.atomic():
            act_as(Kind.JOB)
            return OrderItem.objects.filter(state=OrderItem.State.SIGNED).count()

    def numbers(self, count: int) -> list[int]:
        """Give numbers of a village next door, each in a transaction."""
        rule, given = Rule("35.10.09.2004"), []
        for _ in range(count):
            with transaction.atomic():
                number = next_number(rule, self.wording, on=day(AT))
                enter(rule, self.wording, number, on=day(AT))
            given.append(number)
        connections.close_all()
        return given

    def addresses(self) -> list[str]:
        """Return the pages that prove the letters, by their code."""
        with transaction.atomic():
            act_as(Kind.JOB)
            codes = Letter.objects.values_list("code", flat=True)
            return [urlsplit(f"/v/{code}/").path for code in codes]


def office_with(*, letters: int) -> Office:
    """Make a village with so many letters that wait for the head, all read."""
    with transaction.atomic(), telling(AT - timedelta(days=1)):
        act_as(Kind.JOB)
        _places()
        made = [
            _staff("rt", Role.RT_HEAD, RT),
            _staff("sari", Role.VILLAGE_OFFICER, HERE),
            _staff("darmo", Role.VILLAGE_HEAD, HERE),
        ]
        _key(made[-1].staff_id)
    wording = wording_for("sktm", HERE, day(AT))
    if wording is None:
        raise RuntimeError("no such letter")
    with transaction.atomic(), telling(AT):
        act_as(Kind.JOB)
        rows = [_read(number, *made) for number in range(letters)]
    return Office(made[-1], rows, wording)


def _places() -> None:
    for code, name, kind in (
        ("35", "Jawa Timur", "province"),
        ("35.10", "Blambangan", "regency"),
        ("35.10.09", "Lereng", "kecamatan"),
        (HERE, "Sumberwangi", "desa"),
        (f"{HERE}.001", "RW 001", "rw"),
        (RT, "RT 001", "rt"),
    ):
        above = code.rpartition(".")[0] or None
        Region.objects.create(code=code, name=name, kind=kind, parent_id=above)


def _staff(username: str, role: Role, region: str) -> Actor:
    staff = create_staff(username=username, full_name=username.title(), by=BY)
    assign(staff=staff, role=role, region_code=region, since=date(2026, 1, 1), by=BY)
    return actor_for(staff, on=day(AT))


def _key(staff_id: int) -> None:
    before = AT - timedelta(days=1)
    make_authority(regency="Kabupaten Blambangan", by=BY, at=before)
    asked = ask_for_certificate(
        staff=Staff.objects.get(pk=staff_id),
        title="Kepala Desa/Lurah",
        region_code=HERE,
        office="Desa Sumberwangi",
        at=before,
    )
    answer_request(request=asked, yes=True, by="indra", at=before)
    make_certificate(request=asked, passphrase=PHRASE, by="darmo", at=before)


def _read(number: int, rt: Actor, officer: Actor, head: Actor) -> LetterRequest:
    nik, kk = f"351009{170890 + number % 9:06}{number + 1:04}", f"35100901{number:08}"
    family = Family.objects.create(
        kk=Sealed.of(kk, KK), kk_index=blind_index(kk, KK), region_code=RT
    )
    person = Person.objects.create(
        nik=Sealed.of(nik, NIK),
        nik_index=blind_index(nik, NIK),
        name=f"Wayan Sudarma {number}",
        name_folded=f"wayan sudarma {number}",
        sex="L",
        born_on=date(1990, 8, 17),
        birth_place="Banyuwangi",
        religion=1,
        marital_status=2,
        occupation=9,
        relation=1,
        family=family,
        region_code=RT,
    )
    wish = Wish(
        uuid.uuid4(), "sktm", person.pk, "Beasiswa sekolah", {"income": "1500000"}
    )
    asked = ask_own(wish=wish, by=Subject(person.pk, family.pk, RT), at=AT)
    row = LetterRequest.objects.get(pk=asked.request_id)
    row = confirm(request=row, by=rt, at=AT)
    row = check(request=row, by=officer, at=AT)
    draft = draft_of(row, by=head, at=AT)
    assert draft
    note_read(request=row, by=head, proof=shown(row, draft.digest, to=head), at=AT)
    return row
