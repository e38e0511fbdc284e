"""Part two records again, as they were, unless somebody built upon the merge."""

from collections.abc import Sequence
from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.duplicates.actions.claims import move_nik_back, reopen_claims
from smartkampung.duplicates.actions.decide import BUSY, DECIDES, note
from smartkampung.duplicates.actions.work import open_pair_work, open_pairs_of
from smartkampung.duplicates.bulk import put_back
from smartkampung.duplicates.models import Merge, MergeChange
from smartkampung.duplicates.rules.review import Bar, bars_to_undo
from smartkampung.duplicates.words import BARS
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.rls import as_job
from smartkampung.residents.models import Person
from smartkampung.residents.rules.quarantine import reason_bars
from smartkampung.residents.words import BARS as REASON_BARS


class CannotUndo(Refused):
    """This merge cannot be undone by this officer now; ``message`` says every reason."""

    code = "cannot_undo_merge"

    def __init__(self, bars: Sequence[Bar], *, others: Sequence[str] = ()) -> None:
        super().__init__(" ".join([*(str(BARS[bar]) for bar in bars), *others]))
        self.bars = list(bars)


def undo_merge(
    *, merge: Merge, reason: str, by: Actor, at: datetime
) -> list[MergeChange]:
    """Restore both records and every link; return what was left alone, changed since.

    What was new since the merge stays with the record that stood. The pair waits for a
    decision again. Raises CannotUndo or Busy.
    """

    def take() -> list[MergeChange]:
        case = Merge.objects.select_for_update(no_key=True).get(pk=merge.pk)
        _refuse_if_barred(case, reason, by)
        kept = put_back(case)
        if Person.objects.get(pk=case.absorbed_id).merged_into_id is not None:
            raise CannotUndo([Bar.BUILT_UPON])
        kept += filter(None, [move_nik_back(case)])
        reopen_claims(case)
        case.undone_at, case.undone_by, case.reason = at, by.username, reason.strip()
        case.save(update_fields=["undone_at", "undone_by", "reason"])
        _ask_again(case, at)
        note("duplicates.unmerged", case.pair, by, merge=case.pk, kept=len(kept))
        for person_id in (case.survivor_id, case.absorbed_id):
            later("duplicates.merged", person_id=person_id)
        return kept

    both = Person.objects.filter(pk__in=[merge.survivor_id, merge.absorbed_id])
    with as_job():
        return claim_scarce(
            locks=[Lock(Rank.PERSON, both)], take=take, refusals={}, busy=Busy(BUSY)
        )


def _refuse_if_barred(merge: Merge, reason: str, by: Actor) -> None:
    survivor, absorbed = merge.survivor, merge.absorbed
    bars = bars_to_undo(
        undone=merge.undone_at is not None,
        inside=by.may_in(DECIDES, survivor.region_code)
        and by.may_in(DECIDES, absorbed.region_code),
        survivor_status=survivor.status,
    )
    typed = [str(REASON_BARS[bar]) for bar in reason_bars(reason)]
    if bars or typed:
        raise CannotUndo(bars, others=typed)


def _ask_again(merge: Merge, at: datetime) -> None:
    pair = merge.pair
    pair.decision, pair.decided_at, pair.decided_by = "", None, ""
    pair.save(update_fields=["decision", "decided_at", "decided_by"])
    for waiting in open_pairs_of(merge.absorbed_id):
        open_pair_work(waiting, at=at)
