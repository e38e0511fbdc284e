"""Letters of the cast's village: some on their way, at every step, and some issued."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.demo.bulk import settle_history
from smartkampung.demo.cast import RT, SARIS_FAMILY, VILLAGE
from smartkampung.demo.counters import last_office_day
from smartkampung.demo.letters_keys import OPENS_KEYS
from smartkampung.demo.staff import Officers
from smartkampung.kernel.clock import start_of_day, telling
from smartkampung.kernel.sealed import blind_index
from smartkampung.letters.requests.actions.asking import Wish, ask_own
from smartkampung.letters.requests.actions.ending import refuse, return_for_completion
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.actions.reading import note_read, shown
from smartkampung.letters.requests.actions.revoking import revoke
from smartkampung.letters.requests.actions.signing import sign_with
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.queries.drafts import draft_of
from smartkampung.letters.requests.rules.steps import State
from smartkampung.letters.signing.actions.sign import OpenedPen, unlock
from smartkampung.residents.models import KK, Person
from smartkampung.residents.subject import Subject

HEAD = 1


class Told(NamedTuple):
    """One request: what for, how far it came, how many office days ago it was asked."""

    kind: str
    purpose: str
    answers: dict[str, str]
    until: State
    days: int = 0


SKTM = {"income": "1200000"}
INCOME = {"work": "Petani", "income": "1800000", "dependants": "3"}
LOST = {"things": "Dompet berisi KTP", "lost_on": "2026-01-12", "lost_where": "Pasar"}
HOME = {"since": "2015-03-01"}
TOLD = (
    Told("sktm", "Keringanan biaya sekolah", SKTM, State.ISSUED, 9),
    Told("domicile", "Membuka rekening bank", HOME, State.ISSUED, 7),
    Told("income", "Beasiswa kuliah anak", INCOME, State.ISSUED, 5),
    Told("good_conduct", "Melamar pekerjaan", {}, State.ISSUED, 2),
    Told("sktm", "Pendaftaran KIP", SKTM, State.ISSUED, 1),
    Told("sktm", "Keringanan biaya listrik", SKTM, State.REFUSED, 3),
    Told("income", "Pengajuan kredit usaha", INCOME, State.RETURNED, 1),
    Told("sktm", "Seragam sekolah anak", SKTM, State.SIGN),
    Told("good_conduct", "Pengurusan SKCK", {}, State.SIGN),
    Told("lost", "Mengurus KTP baru", LOST, State.CHECK),
    Told("domicile", "Pindah puskesmas", HOME, State.CHECK),
    Told("sktm", "Bantuan alat dengar", SKTM, State.CONFIRM),
)
WHY = {
    State.REFUSED: "Penghasilan keluarga di atas batas; mintalah surat penghasilan.",
    State.RETURNED: "Foto kartu keluarga tidak terbaca, mohon difoto ulang.",
}
REVOKED = "Nama pada surat keliru; surat pengganti sudah diserahkan."


class _Village(NamedTuple):
    rt: Actor
    officer: Actor
    head: Actor
    pen: OpenedPen


def tell_letter_requests(*, at: datetime, officers: Officers) -> None:
    """Let families of one RT ask, and the village office come as far as told."""
    head = officers.of(Role.VILLAGE_HEAD, VILLAGE)
    office = _Village(
        officers.of(Role.RT_HEAD, RT),
        officers.of(Role.VILLAGE_OFFICER, VILLAGE),
        head,
        unlock(staff_id=head.staff_id, passphrase=OPENS_KEYS, at=at),
    )
    for person, told, moment in zip(_people(), TOLD, _moments(at), strict=False):
        with telling(moment):
            _tell(person, told, office, moment)
    first = Letter.objects.order_by("signed_at").first()
    if first is not None:
        with telling(at - timedelta(days=1)):
            revoke(
                letter=first, reason=REVOKED, by=office.head, at=at - timedelta(days=1)
            )
    settle_history(before=at)


def _people() -> list[Person]:
    """Return heads of families of the RT that is played, the first ones.

    Not of the officer's own: nobody checks a letter of the own card.
    """
    rows = Person.objects.filter(
        region_code=RT,
        relation=HEAD,
        status=Person.Status.LIVING,
        nik__isnull=False,
        born_on__isnull=False,
    )
    others = rows.exclude(family__kk_index=blind_index(SARIS_FAMILY, KK))
    return list(others.order_by("-pk")[: len(TOLD)])


def _moments(at: datetime) -> Iterator[datetime]:
    """Yield when each was asked: in office hours, and never after the demo begins."""
    for number, told in enumerate(TOLD):
        on = last_office_day(at - timedelta(days=told.days))
        morning = start_of_day(on) + timedelta(hours=9, minutes=7 * number)
        yield min(morning, at - timedelta(minutes=40))


def _tell(person: Person, told: Told, office: _Village, at: datetime) -> None:
    subject = Subject(person.pk, person.family_id, person.region_code)
    wish = Wish(
        form_id=uuid.uuid4(),
        kind=told.kind,
        subject_id=person.pk,
        purpose=told.purpose,
        answers=told.answers,
    )
    asked = ask_own(wish=wish, by=subject, at=at)
    row = LetterRequest.objects.get(pk=asked.request_id)
    if told.until == State.CONFIRM:
        return
    if row.state == State.CONFIRM:
        row = confirm(request=row, by=office.rt, at=at + timedelta(minutes=3))
    _go_on(row, told, office, at)


def _go_on(row: LetterRequest, told: Told, office: _Village, at: datetime) -> None:
    then = at + timedelta(minutes=6)
    if told.until == State.REFUSED:
        refuse(request=row, reason=WHY[told.until], by=office.officer, at=then)
    elif told.until == State.RETURNED:
        return_for_completion(
            request=row, what=WHY[told.until], by=office.officer, at=then
        )
    elif told.until in (State.SIGN, State.ISSUED):
        row = check(request=row, by=office.officer, at=then)
        if told.until == State.ISSUED:
            signed = at + timedelta(minutes=8 + row.pk % 5)
            read_letter(row, office.head, signed)
            sign_with(office.pen, request=row, by=office.head, at=signed)


def read_letter(row: LetterRequest, by: Actor, at: datetime) -> None:
    """Let an officer read a letter as their screen shows it."""
    draft = draft_of(row, by=by, at=at)
    assert draft is not None
    note_read(request=row, by=by, proof=shown(row, draft.digest, to=by), at=at)
