"""Letters of the cast's village: some on their way, at every step, and some issued."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Role
from smartkampung.demo.bulk import settle_history
from smartkampung.demo.cast import KECAMATAN, RT, SARIS_FAMILY, VILLAGE
from smartkampung.demo.counters import last_office_day
from smartkampung.demo.letters_keys import OPENS_KEYS
from smartkampung.demo.letters_kin import tell_kin
from smartkampung.demo.staff import Officers
from smartkampung.kernel.clock import start_of_day, telling
from smartkampung.kernel.sealed import blind_index
from smartkampung.letters.requests.actions.asking import Wish, ask_for, ask_own
from smartkampung.letters.requests.actions.cosigning import cosign
from smartkampung.letters.requests.actions.ending import refuse, return_for_completion
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.actions.reading import note_read, shown
from smartkampung.letters.requests.actions.revoking import revoke
from smartkampung.letters.requests.actions.signing import sign_with
from smartkampung.letters.requests.models import Letter, LetterRequest
from smartkampung.letters.requests.queries.drafts import draft_of
from smartkampung.letters.requests.rules.steps import Channel, State
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
    at_counter: bool = False


SKTM = {"income": "1200000"}
INCOME = {"work": "Petani", "income": "1800000", "dependants": "3"}
LOST = {"things": "Dompet berisi KTP", "lost_on": "2026-01-12", "lost_where": "Pasar"}
HOME = {"since": "2015-03-01"}
CROWD = {
    "event": "Resepsi pernikahan",
    "from": "{day}",
    "until": "{day}",
    "hours": "09.00 sampai 22.00 WIB",
    "where": "Halaman rumah",
    "people": "200",
}
AHEAD = timedelta(days=20)
TOLD = (
    Told("sktm", "Keringanan biaya sekolah", SKTM, State.ISSUED, 9),
    Told("domicile", "Membuka rekening bank", HOME, State.ISSUED, 7),
    Told("income", "Beasiswa kuliah anak", INCOME, State.ISSUED, 5),
    Told("crowd", "Mengurus izin ke Polsek", CROWD, State.ISSUED, 4, at_counter=True),
    Told("good_conduct", "Melamar pekerjaan", {}, State.ISSUED, 2),
    Told("sktm", "Pendaftaran KIP", SKTM, State.ISSUED, 1),
    Told("crowd", "Mengurus izin ke Polsek", CROWD, State.COSIGN, 1, at_counter=True),
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
    colleague: Actor
    head: Actor
    pen: OpenedPen
    camat: Actor


def tell_letter_requests(*, at: datetime, officers: Officers) -> None:
    """Let families of one RT ask, and the village office come as far as told."""
    head = officers.of(Role.VILLAGE_HEAD, VILLAGE)
    office = _Village(
        officers.of(Role.RT_HEAD, RT),
        officers.of(Role.VILLAGE_OFFICER, VILLAGE),
        officers.of(Role.VILLAGE_OFFICER, VILLAGE, colleague=True),
        head,
        unlock(staff_id=head.staff_id, passphrase=OPENS_KEYS, at=at),
        officers.of(Role.KECAMATAN_OFFICER, KECAMATAN),
    )
    people = _people()
    for person, told, moment in zip(people, TOLD, _moments(at), strict=False):
        with telling(moment):
            _tell(person, told, office, moment)
    tell_kin(people[-1], rt=office.rt, at=at)
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
    day = (at + AHEAD).date().isoformat()
    wish = Wish(
        form_id=uuid.uuid4(),
        kind=told.kind,
        subject_id=person.pk,
        purpose=told.purpose,
        answers={name: said.format(day=day) for name, said in told.answers.items()},
    )
    row = LetterRequest.objects.get(pk=_asked(wish, person, told, office, at))
    if told.until == State.CONFIRM:
        return
    if row.state == State.CONFIRM:
        row = confirm(request=row, by=office.rt, at=at + timedelta(minutes=3))
    _go_on(row, told, office, at)


def _asked(
    wish: Wish, person: Person, told: Told, office: _Village, at: datetime
) -> int:
    """Let a family ask itself, or at the counter, where its papers are looked at."""
    if told.at_counter:
        by, channel = office.colleague, Channel.COUNTER
        return ask_for(
            wish=wish, applicant_id=person.pk, by=by, channel=channel, at=at
        ).request_id
    subject = Subject(person.pk, person.family_id, person.region_code)
    return ask_own(wish=wish, by=subject, at=at).request_id


def _go_on(row: LetterRequest, told: Told, office: _Village, at: datetime) -> None:
    then = at + timedelta(minutes=6)
    if told.until == State.REFUSED:
        refuse(request=row, reason=WHY[told.until], by=office.officer, at=then)
    elif told.until == State.RETURNED:
        return_for_completion(
            request=row, what=WHY[told.until], by=office.officer, at=then
        )
    elif told.until in (State.SIGN, State.COSIGN, State.ISSUED):
        row = check(request=row, by=office.officer, at=then)
        if told.until != State.SIGN:
            _sign(row, told, office, at + timedelta(minutes=8 + row.pk % 5))


def _sign(row: LetterRequest, told: Told, office: _Village, at: datetime) -> None:
    """Let the head sign, and the kecamatan where it signs, too."""
    read_letter(row, office.head, at)
    sign_with(office.pen, request=row, by=office.head, at=at)
    row.refresh_from_db()
    if told.until == State.ISSUED and row.state == State.COSIGN:
        then = at + timedelta(minutes=20)
        read_letter(row, office.camat, then)
        cosign(request=row, by=office.camat, passphrase=OPENS_KEYS, at=then)


def read_letter(row: LetterRequest, by: Actor, at: datetime) -> None:
    """Let an officer read a letter as their screen shows it."""
    draft = draft_of(row, by=by, at=at)
    assert draft is not None
    note_read(request=row, by=by, proof=shown(row, draft.digest, to=by), at=at)
