"""Give people their NIK; when two claim one, the second waits for a human."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused, constraint_name
from smartkampung.kernel.sealed import Sealed, blind_index, blind_indexes
from smartkampung.residents.models import NIK, NikClaim, Person
from smartkampung.residents.rules import nik_flags
from smartkampung.residents.rules.quarantine import Bar, bars_to_decide
from smartkampung.residents.words import BARS
from smartkampung.worklist.actions import close_work, open_work

DECIDE_WITHIN = timedelta(days=30)
BUSY = _("Somebody else is working on this person. Please try again in a moment.")


class ClaimWaits(Refused):
    """This person already claims another NIK; that is decided first."""

    code = "nik_claim_waits"


class CannotDecideClaim(Refused):
    """This claim cannot be decided so by this officer now; ``bars`` says why."""

    code = "cannot_decide_nik_claim"

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__(" ".join(str(BARS[bar]) for bar in bars))
        self.bars = list(bars)


def set_nik(*, person: Person, nik: str, by: str, at: datetime) -> NikClaim | None:
    """Write down a person's NIK (16 digits of a possible shape).

    Returns nothing when it is theirs now, and the claim in quarantine when somebody
    else has it. Raises ClaimWaits when the person already stands in quarantine.
    """
    try:
        return _set_nik(person, nik, by, at)
    except IntegrityError as error:
        # Another desk gave the same NIK away between our look and our write; now it
        # is seen, and this person is the second claimant.
        if constraint_name(error) != "person_nik_unique":
            raise
    return _set_nik(person, nik, by, at)


def _set_nik(person: Person, nik: str, by: str, at: datetime) -> NikClaim | None:
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        holder = Person.objects.filter(nik_index__in=blind_indexes(nik, NIK)).first()
        if holder is not None and holder.pk != person.pk:
            return _quarantine(person, holder, nik, at)
        person.nik = Sealed.of(nik, NIK)
        person.nik_index = blind_index(nik, NIK)
        person.nik_flags = _flags(nik, person)
        person.save(update_fields=["nik", "nik_index", "nik_flags"])
        _note("residents.nik_set", person, by, flags=person.nik_flags)
        return None


def _quarantine(claimant: Person, holder: Person, nik: str, at: datetime) -> NikClaim:
    if NikClaim.objects.filter(claimant=claimant, decided_at=None).exists():
        raise ClaimWaits(
            _(
                "This person already waits for a decision about a NIK. Decide that first."
            )
        )
    claim = NikClaim.objects.create(
        claimant=claimant,
        holder=holder,
        nik=Sealed.of(nik, NIK),
        nik_index=blind_index(nik, NIK),
        nik_flags=_flags(nik, claimant),
        region_code=claimant.region_code,
        raised_at=at,
    )
    open_claim_work(claim)
    return claim


def open_claim_work(claim: NikClaim) -> None:
    """Put a claim on the list of whoever decides it."""
    open_work(
        kind="residents.nik_claim",
        target=claim,
        permission=Permission.NIK_CLAIM_DECIDE,
        region_code=claim.region_code,
        due_at=claim.raised_at + DECIDE_WITHIN,
    )


def flags_of(nik: Sealed, person: Person) -> int:
    """Return what a sealed NIK disagrees with on a record; nobody sees the digits."""
    return _flags(nik.open(), person)


def decide_nik_claim(
    *, claim: NikClaim, claimant_takes: bool, reason: str, by: Actor, at: datetime
) -> NikClaim:
    """Say whose a contested NIK is, and why.

    When the claimant takes it, the holder is left without a NIK. Raises
    CannotDecideClaim with every bar, or Busy.
    """

    def take() -> NikClaim:
        case = NikClaim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        people = Person.objects.in_bulk([case.claimant_id, case.holder_id])
        _refuse_if_barred(case, people[case.holder_id], claimant_takes, reason, by)
        if claimant_takes:
            _hand_over(case, people[case.claimant_id], by)
        return _close(case, claimant_takes, reason, by, at)

    both = Person.objects.filter(pk__in=[claim.claimant_id, claim.holder_id])
    return claim_scarce(
        locks=[Lock(Rank.PERSON, both)],
        take=take,
        refusals={},
        busy=Busy(BUSY),
    )


def _refuse_if_barred(
    case: NikClaim, holder: Person, takes: bool, reason: str, by: Actor
) -> None:
    bars = bars_to_decide(
        decided=case.decided_at is not None,
        claimant_takes=takes,
        holder_inside=by.may_in(Permission.NIK_CLAIM_DECIDE, holder.region_code),
        reason=reason,
    )
    if bars:
        raise CannotDecideClaim(bars)


def _hand_over(case: NikClaim, claimant: Person, by: Actor) -> None:
    """Empty the holder first: the NIK must not stand twice for a moment."""
    case.holder.refresh_from_db()
    if case.holder.nik_index is not None and (
        bytes(case.holder.nik_index) in case.nik.indexes()
    ):
        Person.objects.filter(pk=case.holder_id).update(
            nik=None, nik_index=None, nik_flags=0
        )
        _note("residents.nik_taken_away", case.holder, by.username, claim=case.pk)
    Person.objects.filter(pk=claimant.pk).update(
        nik=case.nik, nik_index=case.nik_index, nik_flags=case.nik_flags
    )
    _note("residents.nik_set", claimant, by.username, claim=case.pk)
    # Whoever else claims this NIK now claims it from its new holder.
    NikClaim.objects.filter(
        ~Q(pk=case.pk),
        nik_index__in=case.nik.indexes(),
        decided_at=None,
    ).update(holder=claimant)


def _close(
    case: NikClaim, takes: bool, reason: str, by: Actor, at: datetime
) -> NikClaim:
    outcome = NikClaim.Decision
    case.decision = outcome.CLAIMANT_TAKES if takes else outcome.HOLDER_KEEPS
    case.decided_at, case.decided_by, case.reason = at, by.username, reason.strip()
    case.save(update_fields=["decision", "decided_at", "decided_by", "reason"])
    close_work(target=case, by=by.username)
    record(
        "residents.nik_claim_decided",
        target=case,
        by=by.username,
        region_code=case.region_code,
        decision=str(case.decision),
    )
    return case


def _flags(nik: str, person: Person) -> int:
    return int(
        nik_flags(
            nik,
            region_code=person.region_code,
            born_on=person.born_on,
            sex=person.sex,
        )
    )


def renew_flags(person: Person) -> None:
    """Compare a person's NIK with their record again, after the record changed."""
    person.nik_flags = _flags(person.nik.open(), person) if person.nik else 0


def _note(name: str, person: Person, by: str, **detail: int) -> None:
    record(name, target=person, by=by, region_code=person.region_code, **detail)
