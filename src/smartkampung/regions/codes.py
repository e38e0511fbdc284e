"""Kemendagri codes are the tree: "inside" is a prefix of whole segments.

``35.10.09.2003.002.007`` is RT 007 of RW 002 of village 2003 of kecamatan 09 of
regency 35.10. In the packed code the 7th digit tells kelurahan (1) from desa (2).
"""

from collections.abc import Iterable
from functools import reduce
from itertools import takewhile
from operator import or_

from django.db.models import Q

LEVELS = ("province", "regency", "kecamatan", "village", "rw", "rt")


def inside(code: str, region: str) -> bool:
    """Say whether ``code`` is the region or lies below it."""
    return code == region or code.startswith(region + ".")


def level(code: str) -> str:
    """Return the name of the level that a code stands on."""
    return LEVELS[code.count(".")]


def ancestor(code: str, wanted: str) -> str:
    """Return the enclosing code of a level; raise ValueError when it is below."""
    depth = LEVELS.index(wanted) + 1
    segments = code.split(".")
    if len(segments) < depth:
        raise ValueError(f"{code} lies above the level {wanted}")
    return ".".join(segments[:depth])


def village_of(code: str) -> str:
    """Return the village that a code names or lies in; the code itself above one."""
    return ".".join(code.split(".")[: LEVELS.index("village") + 1])


def around(regions: Iterable[str]) -> set[str]:
    """Return the codes of some regions and of all that enclose them."""
    return {
        ".".join(steps[:depth])
        for steps in (region.split(".") for region in regions)
        for depth in range(1, len(steps) + 1)
    }


def holds_all(regions: Iterable[str]) -> str:
    """Return the smallest place that holds all of these regions."""
    shared = takewhile(
        lambda ways: len(set(ways)) == 1,
        zip(*(code.split(".") for code in regions), strict=False),
    )
    return ".".join(ways[0] for ways in shared)


def spread(field: str, region: str) -> Q:
    """Return the filter "this field lies in the region" as one range of codes.

    The same rows as ``within`` for one region, in a form whose index can also be
    walked in order. ``/`` follows the dot in C collation.
    """
    return Q(**{f"{field}__gte": region, f"{field}__lt": f"{region}/"})


def within(field: str, regions: Iterable[str]) -> Q:
    """Return the filter "this field lies in one of these regions".

    No region means no row. Columns have C collation, so that a prefix test uses
    their ordinary index.
    """
    tests = [
        Q(**{field: region}) | Q(**{f"{field}__startswith": region + "."})
        for region in regions
    ]
    return reduce(or_, tests, Q(pk__in=[]))


def reached(field: str, regions: Iterable[str]) -> Q:
    """Return the filter "this field lies in one of these regions", as ranges.

    The same rows as ``within``. Ranges leak nothing, so that an index serves them even
    where row-level security judges the rows; a prefix test has to wait for its verdict.
    """
    return reduce(or_, (spread(field, region) for region in regions), Q(pk__in=[]))
