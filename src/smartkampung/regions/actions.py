"""Writes to regions that a person asks for one by one."""

from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.regions.geojson import MultiPolygon, read_shapes
from smartkampung.regions.models import Region
from smartkampung.regions.tables import BadTable

SHOWN_PROBLEMS = 20


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


def _store(polygons: dict[str, MultiPolygon], *, source: str) -> None:
    rows = [
        Region(code=code, boundary=polygon, boundary_source=source)
        for code, polygon in polygons.items()
    ]
    Region.objects.bulk_update(rows, ["boundary", "boundary_source"], batch_size=200)
