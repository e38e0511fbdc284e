"""Writes to regions that a person asks for one by one."""

from datetime import date
from pathlib import Path
from typing import NamedTuple, TypedDict

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.regions.geojson import MultiPolygon, read_shapes
from smartkampung.regions.models import HeadTerm, Region
from smartkampung.regions.tables import BadTable

SHOWN_PROBLEMS = 20
NAME = 120  # letters of the name of a head


class Head(TypedDict):
    """A term of heading a region, as it is kept beside what changed it."""

    name: str
    since: str
    until: str | None


class BoundariesUnfit(Refused):
    """Some shapes of a file cannot be taken; ``problems`` names every one of them."""

    code = "boundaries_unfit"

    def __init__(self, problems: list[str], good: int) -> None:
        self.problems = problems
        shown = problems[:SHOWN_PROBLEMS]
        more = len(problems) - len(shown)
        lines = [
            _("Nothing was stored: %(bad)d shapes cannot be taken, %(good)d are good.")
            % {"bad": len(problems), "good": good},
            *shown,
            *([_("... and %d more.") % more] if more else []),
            _("Mend the file, or load only the good ones with --skip."),
        ]
        super().__init__("\n".join(lines))


class Imported(NamedTuple):
    """What an import stored, and what it left out because it was told to."""

    stored: int
    skipped: list[str]


def import_boundaries(*, path: Path, skip: bool, by: str) -> Imported:
    """Store the polygons of a GeoJSON file with the regions they belong to.

    A region keeps every point of its shape, as MultiPolygon coordinates. All or
    nothing, unless ``skip``. Raises ``BoundariesUnfit``, or ``BadTable`` when the
    file is not GeoJSON or the table of regions is empty.
    """
    shapes = read_shapes(path)
    known = set(
        Region.objects.filter(code__in=shapes.polygons).values_list("code", flat=True)
    )
    good = {code: shapes.polygons[code] for code in sorted(known)}
    problems = shapes.problems + [
        _("Region %s is not known here.") % code
        for code in sorted(set(shapes.polygons) - known)
    ]
    if not Region.objects.exists():
        raise BadTable(_("No regions yet. Load them first: smartkampung regions load"))
    if problems and not skip:
        raise BoundariesUnfit(problems, len(good))
    with transaction.atomic():
        _store(good, source=path.name[:120])
        root = Region.objects.order_by("code")[0]
        record("regions.boundaries_imported", target=root, by=by, shapes=len(good))
    return Imported(len(good), problems)


def let_follow(
    *, region_code: str, name: str, on: date, until: date | None
) -> list[Head]:
    """End who heads a region on a day, and let somebody else begin.

    A term that was to begin on that very day is this one; a later one stays, and this
    one ends before it. Returns the terms that changed as they stood, for ``let_stay``.
    """
    terms = HeadTerm.objects.filter(region=region_code)
    then = terms.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    before = [_head(row) for row in then.order_by("since")]
    then.filter(since__lt=on).update(until=on)
    later = terms.filter(since__gt=on).order_by("since").first()
    ends = [day for day in (until, later and later.since) if day]
    terms.update_or_create(
        since=on,
        defaults={
            "region_id": region_code,
            "name": name[:NAME],
            "until": min(ends, default=None),
        },
    )
    return before


class HeadsChanged(Refused):
    """Who heads the region was written down anew meanwhile."""

    code = "heads_changed"


def let_stay(*, region_code: str, on: date, before: list[Head]) -> None:
    """Undo ``let_follow``: the terms that it changed stand as they stood.

    Raises HeadsChanged when something else was written down since.
    """
    changed = HeadsChanged(
        _("Who heads this place was changed meanwhile. Write it down anew.")
    )
    with atomic_or_refuse({"region_has_one_head": changed}):
        HeadTerm.objects.filter(region=region_code, since=on).delete()
        for head in before:
            HeadTerm.objects.update_or_create(
                region_id=region_code,
                since=date.fromisoformat(head["since"]),
                defaults={
                    "name": head["name"],
                    "until": head["until"] and date.fromisoformat(head["until"]),
                },
            )


def _head(row: HeadTerm) -> Head:
    until = row.until.isoformat() if row.until else None
    return {"name": row.name, "since": row.since.isoformat(), "until": until}


def _store(polygons: dict[str, MultiPolygon], *, source: str) -> None:
    rows = [
        Region(code=code, boundary=polygon, boundary_source=source)
        for code, polygon in polygons.items()
    ]
    Region.objects.bulk_update(rows, ["boundary", "boundary_source"], batch_size=200)
