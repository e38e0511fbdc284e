"""NIKs and the claims to them, when two records turn out to be one person."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from smartkampung.duplicates.bulk import change
from smartkampung.duplicates.models import Merge, MergeChange
from smartkampung.residents.actions.nik import flags_of, open_claim_work
from smartkampung.residents.models import NikClaim, Person
from smartkampung.worklist.actions import close_work

PEOPLE = Person._meta.db_table
CLAIMS = NikClaim._meta.db_table
NIK = "nik"


def settle_claims_between(merge: Merge, *, by: str, at: datetime) -> None:
    """Decide the open claim of one record to the NIK of the other: it is one person's."""
    two = [merge.survivor_id, merge.absorbed_id]
    for claim in NikClaim.objects.filter(
        Q(claimant__in=two) & Q(holder__in=two), decided_at=None
    ):
        takes = claim.claimant_id == merge.survivor_id and merge.survivor.nik is None
        decision = (
            NikClaim.Decision.CLAIMANT_TAKES
            if takes
            else NikClaim.Decision.HOLDER_KEEPS
        )
        values = {
            "decision": decision.value,
            "decided_at": at,
            "decided_by": by,
            "reason": _("Both records are of one person, and were merged."),
        }
        change(merge, NikClaim, claim.pk, values)
        close_work(target=claim, by=by)


def reopen_claims(merge: Merge) -> None:
    """Put the claims that a merge had settled back on the list."""
    settled = merge.changes.filter(table=CLAIMS, column="decided_at", kept=False)
    for claim in NikClaim.objects.filter(
        pk__in=[int(row) for row in settled.values_list("row", flat=True)]
    ):
        open_claim_work(claim)


def move_nik(merge: Merge, *, giver: Person, taker: Person) -> None:
    """Give one record the NIK of the other, which must not hold it for a moment longer.

    What is written down is the fingerprint: the sealed value moves by itself, so that
    a change of keys in between does no harm.
    """
    nik, index = giver.nik, giver.nik_index
    if nik is None or index is None:
        return
    _set(giver.pk, nik=None, nik_index=None, nik_flags=0)
    _set(taker.pk, nik=nik, nik_index=index, nik_flags=flags_of(nik, taker))
    MergeChange.objects.create(
        merge=merge,
        table=PEOPLE,
        row=str(taker.pk),
        column=NIK,
        before=None,
        after=bytes(index).hex(),
    )


def move_nik_back(merge: Merge) -> MergeChange | None:
    """Return the NIK that a merge moved, unless either has another one by now.

    Returns the change that was left alone, if any.
    """
    moved = merge.changes.filter(column=NIK).first()
    if moved is None:
        return None
    taker = Person.objects.get(pk=merge.survivor_id)
    giver = Person.objects.get(pk=merge.absorbed_id)
    nik, index = taker.nik, bytes.fromhex(moved.after or "")
    if nik is None or giver.nik is not None or index not in nik.indexes():
        moved.kept = True
        moved.save(update_fields=["kept"])
        return moved
    _set(taker.pk, nik=None, nik_index=None, nik_flags=0)
    _set(giver.pk, nik=nik, nik_index=taker.nik_index, nik_flags=flags_of(nik, giver))
    return None


def _set(pk: int, **values: object) -> None:
    Person.objects.filter(pk=pk).update(**values)
