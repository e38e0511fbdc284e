"""Reads polygons of regions from GeoJSON, and says which shapes are unfit and why."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from smartkampung.regions.rules import NotACode, dotted, kind_of
from smartkampung.regions.tables import BadTable

CODE_NAMES = ("kode", "code", "kode_kemendagri", "kode_desa", "id")
# Indonesia with some sea around it; catches swapped and projected coordinates.
WEST, EAST, SOUTH, NORTH = 94.0, 142.0, -12.0, 7.0
Ring = list[list[float]]
MultiPolygon = list[list[Ring]]


class Unfit(ValueError):
    """Why one shape cannot be taken."""


@dataclass
class Shapes:
    """What a file holds: polygons by region code, and what is wrong with the rest."""

    polygons: dict[str, MultiPolygon] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_shapes(path: Path) -> Shapes:
    """Read a FeatureCollection of Polygons and MultiPolygons.

    Every feature ends in ``polygons`` or is named in ``problems``. Raises
    ``BadTable`` when the file as a whole is not GeoJSON.
    """
    shapes = Shapes()
    for number, feature in enumerate(_features(path), start=1):
        where = str(number)
        try:
            code = _code(feature)
            where = f"{number} ({code})"
            if code in shapes.polygons:
                raise Unfit(_("this code stands twice in the file"))
            shapes.polygons[code] = _multipolygon(feature.get("geometry"))
        except Unfit as unfit:
            shapes.problems.append(
                _("Shape %(where)s: %(why)s.") % {"where": where, "why": unfit}
            )
    return shapes


def _features(path: Path) -> list[Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        why = error.strerror or str(error)
        raise BadTable(
            _("%(file)s cannot be read: %(why)s.") % {"file": path.name, "why": why}
        ) from None
    except (ValueError, RecursionError):
        raise BadTable(
            _("%s is not a GeoJSON file. Export the boundaries as “GeoJSON”.")
            % path.name
        ) from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise BadTable(
            _("%s holds no shapes: a GeoJSON “FeatureCollection” is needed.")
            % path.name
        )
    return features


def _code(feature: Any) -> str:
    if not isinstance(feature, dict):
        raise Unfit(_("it is not a GeoJSON “Feature”"))
    properties = feature.get("properties")
    known = properties if isinstance(properties, dict) else {}
    lowered = {str(name).lower(): value for name, value in known.items()}
    candidates = [lowered.get(name) for name in CODE_NAMES] + [feature.get("id")]
    for candidate in candidates:
        code = dotted(str(candidate or ""))
        try:
            kind_of(code)
        except NotACode:
            continue
        return code
    raise Unfit(
        _("no region code was found; write it in the property “%s”") % CODE_NAMES[0]
    )


def _multipolygon(geometry: Any) -> MultiPolygon:
    geometry = geometry if isinstance(geometry, dict) else {}
    coordinates = geometry.get("coordinates")
    match geometry.get("type"):
        case "Polygon":
            polygons = [coordinates]
        case "MultiPolygon":
            polygons = coordinates
        case other:
            raise Unfit(
                _("it is %s, but a Polygon or MultiPolygon is needed") % (other or "-")
            )
    if not polygons or not isinstance(polygons, list):
        raise Unfit(_("it has no coordinates"))
    return [_polygon(polygon) for polygon in polygons]


def _polygon(rings: Any) -> list[Ring]:
    if not rings or not isinstance(rings, list):
        raise Unfit(_("it has no coordinates"))
    return [_ring(ring) for ring in rings]


def _ring(points: Any) -> Ring:
    if not isinstance(points, list) or len(points) < 4:
        raise Unfit(_("a ring has fewer than 4 points"))
    ring = [_point(point) for point in points]
    if ring[0] != ring[-1]:
        raise Unfit(_("a ring does not end where it begins"))
    return ring


def _point(point: Any) -> list[float]:
    if not isinstance(point, list) or len(point) < 2 or not _numbers(point[:2]):
        raise Unfit(_("a point is not [longitude, latitude]"))
    lng, lat = point[0], point[1]
    if not (WEST <= lng <= EAST and SOUTH <= lat <= NORTH):
        raise Unfit(
            _(
                "the point [%(lng)s, %(lat)s] lies outside Indonesia; longitude comes"
                " first, in degrees"
            )
            % {"lng": lng, "lat": lat}
        )
    return [lng, lat]


def _numbers(values: Iterable[Any]) -> bool:
    return all(
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        for value in values
    )
