"""What leaves the office: marks of printed letters, and the list of a lottery."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from smartkampung.kernel.rls import as_job
from smartkampung.recovery.targeting.models import Ranked, Scenario
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
    return rows.filter(pk=number).first() if len(number) <= LONGEST else None


def lottery_rows(pk: UUID) -> tuple[str, list[tuple[int, int, int]]] | None:
    """Return seed and (tier, number, place) of an approved scenario with a lot."""
    row = Scenario.objects.filter(pk=pk, state=Scenario.State.APPROVED).first()
    if row is None or row.spec.get("last") != Last.LOT:
        return None
    affected = row.population == Scenario.Population.AFFECTED
    column = "affected_id" if affected else "family_id"
    with as_job():
        rows = Ranked.objects.filter(scenario=row).order_by("place")
        return row.seed, list(rows.values_list("tier", column, "place"))
