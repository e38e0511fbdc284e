"""How often which wording of a rule left somebody out, or let somebody in, wrongly."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.aid.grievances.queries import SEES
from smartkampung.aid.models import Programme, TargetingError
from smartkampung.kernel.rls import as_job
from smartkampung.regions.codes import within


@dataclass(frozen=True)
class ErrorCount:
    """Upheld objections about one wording of a rule in one village.

    ``version`` is None where the programme had no rule, ``programme`` where none had
    been chosen yet.
    """

    programme: Programme | None
    version: int | None
    village: str
    exclusion: int
    inclusion: int


def errors_for(actor: Actor) -> list[ErrorCount]:
    """Return the errors proved in the actor's area, by programme, wording, village."""
    regions = actor.regions_where(SEES)
    return _counts(TargetingError.objects.filter(within("region_code", regions)))


def error_counts() -> list[ErrorCount]:
    """Return the errors proved everywhere, for a job that publishes them.

    Whoever shows them hides small counts first (``kernel.small_cells``).
    """
    with as_job():
        return _counts(TargetingError.objects.all())


def _counts(rows: QuerySet[TargetingError]) -> list[ErrorCount]:
    grouped = rows.values_list("programme", "version__number", "region_code", "kind")
    table: dict[tuple[str | None, int | None, str], dict[str, int]] = {}
    for code, version, village, kind, count in grouped.annotate(n=Count("pk")):
        table.setdefault((code, version, village), {})[kind] = count
    programmes = Programme.objects.in_bulk({key[0] for key in table if key[0]})
    order = sorted(table, key=lambda key: (key[0] or "", key[1] or 0, key[2]))
    return [
        ErrorCount(
            programmes.get(code or ""),
            version,
            village,
            table[code, version, village].get("exclusion", 0),
            table[code, version, village].get("inclusion", 0),
        )
        for code, version, village in order
    ]
