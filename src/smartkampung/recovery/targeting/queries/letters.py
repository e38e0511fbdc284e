"""What leaves the office: marks of printed letters, and the list of a lottery."""

from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, Signer

from smartkampung.kernel.rls import as_job
from smartkampung.recovery.targeting.models import Ranked, Scenario
from smartkampung.recovery.targeting.queries.lots import list_of
from smartkampung.recovery.targeting.rules.priority import Last

SALT = "targeting.letter"
LONGEST = 18  # digits of a number that the database holds


def mark_of(ranked_id: int) -> str:
    """Return the mark that proves a letter to be ours."""
    return Signer(salt=SALT).sign(str(ranked_id))


def issued(mark: str) -> Ranked | None:
    """Return the row that a printed letter is about; nothing for a mark not ours."""
    try:
        number = Signer(salt=SALT).unsign(mark)
    except BadSignature:
        return None
    rows = Ranked.objects.select_related("scenario")
    with as_job():  # the mark is the key
        return rows.filter(pk=number).first() if len(number) <= LONGEST else None


@dataclass(frozen=True)
class Lottery:
    """The public list of a lottery; places and seed stand in it once it is drawn."""

    seed: str
    rows: list[tuple[int, int, int | None]]  # tier, number, place


def lottery_of(pk: UUID) -> Lottery | None:
    """Return the list of a lottery since it was proposed; nothing where no lot is."""
    row = Scenario.objects.filter(pk=pk, spec__last=Last.LOT.value).first()
    if row is None or not row.list_hash:
        return None
    if row.state != Scenario.State.APPROVED:
        return Lottery("", [(tier, number, None) for tier, number in list_of(row)])
    affected = row.population == Scenario.Population.AFFECTED
    column = "affected_id" if affected else "family_id"
    with as_job():
        rows = Ranked.objects.filter(scenario=row).order_by("place")
        return Lottery(row.seed, list(rows.values_list("tier", column, "place")))
