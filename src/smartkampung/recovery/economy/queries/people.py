"""How many were hit by the crisis in each sector, of the registry of the affected."""

from datetime import datetime

from django.db.models import Count, QuerySet

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.language import either
from smartkampung.kernel.small_cells import Shown, protected
from smartkampung.recovery.affected.models import Affected, Sector
from smartkampung.recovery.affected.queries.records import affected_for
from smartkampung.recovery.economy.models import SectorCount
from smartkampung.recovery.economy.queries.here import must_see

State = Affected.State
COLUMNS = (State.TO_VERIFY, State.VERIFIED, State.RECOVERED)
Table = dict[str, dict[str, int]]


def sectors() -> dict[str, str]:
    """Return the sectors by code, in the language of whoever reads."""
    rows = Sector.objects.order_by("-tourism", "name")
    return {row.code: either(row.name, row.name_en) for row in rows}


def sector_named(text: str, known: dict[str, str]) -> str:
    """Return the code of a sector that is written as a code or a name; "" for none."""
    said = " ".join(text.casefold().split())
    rows = Sector.objects.filter(code__in=known).values_list("code", "name", "name_en")
    for code, *names in rows:
        if said in {code, *(name.casefold() for name in names)}:
            return str(code)
    return ""


def affected_by_sector(actor: Actor) -> Shown:
    """Return counts by sector and state, with totals; small ones hidden (None).

    Who may see the people sees every count.
    """
    must_see(actor)
    table = _counted(affected_for(actor, Permission.ECONOMY_VIEW))
    return with_totals(table) if actor.may(Permission.AFFECTED_VIEW) else hidden(table)


def hidden(table: Table) -> Shown:
    """Return a table with its sums, without what points at people."""
    return protected(table) if table else {}


def with_totals(table: Table) -> Shown:
    """Return a table with its sums, nothing hidden."""
    if not table:
        return {}
    shown: Shown = {
        sector: {**row, "total": sum(row.values())} for sector, row in table.items()
    }
    names = [*map(str, COLUMNS), "total"]
    sums: dict[str, int | None] = {
        name: sum(row[name] or 0 for row in shown.values()) for name in names
    }
    return {**shown, "total": sums}


def everybody() -> Table:
    """Return the counts of the whole regency; for the job that publishes."""
    return _counted(Affected.objects.all())


def _counted(people: QuerySet[Affected]) -> Table:
    rows = people.filter(state__in=COLUMNS).select_related(None)
    found: Table = {}
    for sector, state, count in rows.values_list("sector", "state").annotate(
        count=Count("pk")
    ):
        found.setdefault(sector, dict.fromkeys(map(str, COLUMNS), 0))[state] = count
    return found


def published() -> tuple[dict[str, SectorCount], datetime | None]:
    """Return what the last night's count may show to anybody, and when it was."""
    rows = {row.sector: row for row in SectorCount.objects.all()}
    return rows, next((row.counted_at for row in rows.values()), None)
