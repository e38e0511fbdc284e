"""Say that two records are of two people, or that one cannot tell yet."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.duplicates.actions.work import close_pair_work, open_pair_work
from smartkampung.duplicates.models import Pair
from smartkampung.duplicates.rules.review import Bar, bars_to_decide, region_above
from smartkampung.duplicates.words import BARS
from smartkampung.kernel.errors import Refused
from smartkampung.residents.rules.quarantine import reason_bars
from smartkampung.residents.words import BARS as REASON_BARS

DECIDES = Permission.DUPLICATES_DECIDE
BUSY = _("Somebody else is working on one of the two. Please try again in a moment.")


class CannotDecide(Refused):
    """This pair cannot be decided by this officer now; ``message`` says every reason."""

    code = "cannot_decide_pair"

    def __init__(self, bars: Sequence[Bar], *, others: Sequence[str] = ()) -> None:
        super().__init__(" ".join([*(str(BARS[bar]) for bar in bars), *others]))
        self.bars = list(bars)


def decide_different(*, pair: Pair, reason: str, by: Actor, at: datetime) -> Pair:
    """Remember that two records are of two people; they are not proposed again.

    Raises CannotDecide.
    """
    with transaction.atomic():
        case = locked(pair)
        refuse_if_barred(case, reason, by)
        close(case, Pair.Decision.DIFFERENT, reason, by, at)
    return case


def decide_later(*, pair: Pair, reason: str, by: Actor, at: datetime) -> Pair:
    """Pass a pair on to the office above, because papers or people are needed.

    Who belongs to the regency already keeps it, with a new date. Raises CannotDecide.
    """
    with transaction.atomic():
        case = locked(pair)
        refuse_if_barred(case, reason, by)
        case.region_code = region_above(case.region_code)
        case.unsure_by, case.reason = by.username, reason.strip()
        case.save(update_fields=["region_code", "unsure_by", "reason"])
        close_pair_work(case, by=by.username)
        open_pair_work(case, at=at)
        note("duplicates.passed_on", case, by)
    return case


def locked(pair: Pair) -> Pair:
    """Return the pair as it is now, locked until the transaction ends."""
    rows = Pair.objects.select_related("first", "second")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=pair.pk)


def refuse_if_barred(pair: Pair, reason: str, by: Actor) -> None:
    """Raise CannotDecide with everything that stands in the way."""
    people = (pair.first, pair.second)
    bars = bars_to_decide(
        decided=pair.decided_at is not None,
        inside=all(by.may_in(DECIDES, person.region_code) for person in people),
        statuses=(pair.first.status, pair.second.status),
    )
    typed = [str(REASON_BARS[bar]) for bar in reason_bars(reason)]
    if bars or typed:
        raise CannotDecide(bars, others=typed)


def close(
    pair: Pair, decision: Pair.Decision, reason: str, by: Actor, at: datetime
) -> None:
    """Write a decision down and take the pair off the list."""
    pair.decision, pair.decided_at = decision, at
    pair.decided_by, pair.reason = by.username, reason.strip()
    pair.save(update_fields=["decision", "decided_at", "decided_by", "reason"])
    close_pair_work(pair, by=by.username)
    note("duplicates.decided", pair, by, decision=str(decision))


def note(name: str, pair: Pair, by: Actor, **detail: str | int) -> None:
    """Write a business event about a pair down."""
    record(name, target=pair, by=by.username, region_code=pair.region_code, **detail)
