"""Let a resident in to what is recorded about the family: a code to its phone.

Nobody learns from an answer, or from its time, whether two numbers belong together:
asking writes the same rows for all, a job looks, and every pair has a code to get
wrong. Only the recorded phone learns one.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import looked, record
from smartkampung.intake.actions.limits import over, used_up
from smartkampung.intake.actions.one_time import issue_code, issue_decoy, use_code
from smartkampung.intake.rules import ONE_TIME_LIFE, Limit
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.kernel.wording import moment
from smartkampung.notify.actions import send
from smartkampung.residents.models import KK, NIK, CodeRequest, Person, ResidentSession
from smartkampung.residents.queries.own import hashed, person_of_pair
from smartkampung.residents.rules.access import SEEN_EVERY, ends_at
from smartkampung.residents.subject import FAMILY

PURPOSE = "residents.own_data"
PER_PAIR = (
    Limit("residents.own_data.hour", 3, timedelta(hours=1)),
    Limit("residents.own_data.day", 6, timedelta(days=1)),
)
# More members known by name must not be more guesses, nor more messages.
PER_FAMILY = Limit("residents.own_data.family", 12, timedelta(days=1))
KEY_BYTES = 32


class TooManyCodes(Refused):
    """Codes were asked for again and again for the same numbers."""

    code = "too_many_codes"


@dataclass(frozen=True)
class Pair:
    """The NIK and family-card number that somebody typed, 16 digits each."""

    nik: str
    kk: str

    @property
    def subject(self) -> str:
        """Return the keyed fingerprint under which the code of this pair is kept."""
        return blind_index(f"{self.nik}:{self.kk}", "own_data").hex()


def ask_for_code(*, pair: Pair, at: datetime) -> None:
    """Promise a code to the phone recorded for the family, if the numbers agree.

    The registry is not asked here: a job looks. Raises TooManyCodes, whoever the
    numbers belong to.
    """
    if any(over(limit, key=pair.subject, at=at) for limit in PER_PAIR):
        raise TooManyCodes(
            _(
                "At most three codes an hour, and six a day, are sent for the same"
                " numbers, so none is on its way now. Ask for one from %(moment)s on,"
                " or go to the village office with your KTP."
            )
            % {"moment": moment(_again_at(pair, at))}
        )
    row = CodeRequest.objects.create(
        nik=Sealed.of(pair.nik, NIK), kk=Sealed.of(pair.kk, KK), asked_at=at
    )
    later("residents.send_own_code", request_id=row.pk)


def _again_at(pair: Pair, at: datetime) -> datetime:
    """Return when a code may be asked for again, whoever the numbers belong to."""
    full = [one for one in PER_PAIR if used_up(one, key=pair.subject, at=at)]
    return max(one.window_start(at) + one.window for one in full)


def send_code(*, request_id: int, at: datetime) -> None:
    """Send a code where person, family and phone agree; keep a decoy for all others.

    A family's phone gets no more than ``PER_FAMILY``, whichever members are named.
    """
    request = CodeRequest.objects.select_for_update().get(pk=request_id)
    subject = Pair(request.nik.open(), request.kk.open()).subject
    person = person_of_pair(nik=request.nik, kk=request.kk)
    request.delete()
    if person is None or person.family.phone is None or _too_often(person, at):
        issue_decoy(purpose=PURPOSE, subject=subject, at=at)
        return
    send(
        key=f"{PURPOSE}:{request_id}",
        to=person.family.phone,
        template="code",
        context={"minutes": int(ONE_TIME_LIFE.total_seconds() // 60)},
        secret=issue_code(purpose=PURPOSE, subject=subject, at=at),
        language=person.family.language,
    )


def _too_often(person: Person, at: datetime) -> bool:
    return over(PER_FAMILY, key=f"{PURPOSE}:{person.family_id}", at=at)


def open_session(*, pair: Pair, code: str, at: datetime) -> str | None:
    """Return the key of a new session when the code is right, else nothing.

    The same nothing for wrong, expired, spent, never sent and unknown. Let the
    transaction commit either way, or a wrong try would be forgotten.
    """
    if not use_code(purpose=PURPOSE, subject=pair.subject, code=code, at=at):
        return None
    person = person_of_pair(nik=Sealed.of(pair.nik, NIK), kk=Sealed.of(pair.kk, KK))
    if person is None or person.family.phone is None:
        return None
    key = secrets.token_urlsafe(KEY_BYTES)
    ResidentSession.objects.create(
        key_hash=hashed(key),
        person=person,
        family=person.family,
        begun_at=at,
        last_seen_at=at,
        expires_at=ends_at(begun_at=at, seen_at=at),
    )
    _note(person)
    return key


def _note(person: Person) -> None:
    members = Person.objects.filter(family=person.family_id).values_list(
        "pk", flat=True
    )
    looked(person_ids=members, by=FAMILY, role=FAMILY, purpose="own.opened")
    record(
        "residents.own_data_opened",
        target=person,
        by=FAMILY,
        region_code=person.region_code,
    )


def close_session(*, key: str) -> None:
    """End a session; one that has ended already is fine."""
    ResidentSession.objects.filter(key_hash=hashed(key)).delete()


def stay(*, session: ResidentSession, at: datetime) -> None:
    """Put the idle time-out off, at most once a minute."""
    if at - session.last_seen_at < SEEN_EVERY:
        return
    ResidentSession.objects.filter(pk=session.pk).update(
        last_seen_at=at, expires_at=ends_at(begun_at=session.begun_at, seen_at=at)
    )


def forget_ended(*, at: datetime) -> int:
    """Throw away sessions that ended and requests whose job never ran; return how many."""
    old = CodeRequest.objects.filter(asked_at__lt=at - timedelta(days=1)).delete()[0]
    return old + ResidentSession.objects.filter(expires_at__lte=at).delete()[0]
