"""How many people live where, and why that changed: from the registry itself.

The present is counted, and life events after a day are taken back; nothing is kept
in a second place that could disagree. A person is counted from their birth date or
arrival on, where the events say they lived, until they died, left or went missing.
A record that was merged never was a person: it is counted on no day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.db import connection
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import inside, level
from smartkampung.regions.queries import names, parts_of, villages_of

# How long the codes of each level are (35.10.09.2003.002.007).
LENGTHS = {
    "province": 2,
    "regency": 5,
    "kecamatan": 8,
    "village": 13,
    "rw": 17,
    "rt": 21,
}
_LIVING = """
    SELECT left(region_code, %(length)s) AS place,
        count(*) FILTER (WHERE {born} <= %(opening)s) AS opening,
        count(*) FILTER (WHERE {born} <= %(closing)s) AS closing,
        count(*) FILTER (WHERE {born} > %(opening)s AND {born} <= %(closing)s)
            AS births
    FROM residents_person
    WHERE status = 'living' AND {within}
    GROUP BY 1
"""
_BORN = "coalesce(born_on, '-infinity'::date)"
# Every event once for the place left (+1 when taken back) and once for that joined.
_STEPS = """
    SELECT e.kind, e.happened_on, p.born_on, left(s.code, %(length)s) AS place, s.step,
        left(e.left_region, %(length)s) = left(e.joined_region, %(length)s) AS stayed,
        e.before ->> 'status' AS was
    FROM residents_lifeevent e
    JOIN residents_person p ON p.id = e.person_id AND p.status <> 'merged'
    CROSS JOIN LATERAL
        (VALUES (e.left_region, 1), (e.joined_region, -1)) AS s(code, step)
    WHERE e.happened_on > %(opening)s AND e.kind <> 'birth' AND s.code <> ''
        AND p.merged_into_id IS NULL
        AND {within}
"""
_FLOWS = """
    WITH steps AS MATERIALIZED (SELECT *, {born} AS born FROM ({steps}) AS all_steps),
    living AS ({living}),
    moved AS (
        SELECT place,
            coalesce(sum(step) FILTER (WHERE born <= %(opening)s), 0) AS opening,
            coalesce(sum(step) FILTER (WHERE born <= %(closing)s
                AND happened_on > %(closing)s), 0) AS closing,
            coalesce(sum(step) FILTER (WHERE born > %(opening)s
                AND born <= %(closing)s), 0) AS births
        FROM steps GROUP BY place
    ),
    flows AS (
        SELECT place,
            count(*) FILTER (WHERE kind = 'death') AS deaths,
            count(*) FILTER (WHERE kind IN ('move_in', 'return')) AS came,
            count(*) FILTER (WHERE kind = 'move' AND step = -1 AND NOT stayed) AS joined,
            count(*) FILTER (WHERE kind = 'move' AND step = 1 AND NOT stayed) AS parted,
            count(*) FILTER (WHERE kind = 'move_out') AS went,
            count(*) FILTER (WHERE kind = 'missing') AS missing,
            count(*) FILTER (WHERE kind = 'found') AS found
        FROM steps WHERE happened_on <= %(closing)s GROUP BY place
    )
    SELECT place,
        coalesce(l.opening, 0) + coalesce(m.opening, 0),
        coalesce(l.births, 0) + coalesce(m.births, 0),
        coalesce(f.deaths, 0), coalesce(f.came, 0), coalesce(f.joined, 0),
        coalesce(f.parted, 0), coalesce(f.went, 0), coalesce(f.missing, 0),
        coalesce(f.found, 0),
        coalesce(l.closing, 0) + coalesce(m.closing, 0)
    FROM living l FULL JOIN moved m USING (place) FULL JOIN flows f USING (place)
    ORDER BY place
"""


_ACROSS = """
    SELECT count(*) FILTER (WHERE comes AND NOT goes),
        count(*) FILTER (WHERE goes AND NOT comes)
    FROM (
        SELECT (e.left_region = %(region)s OR e.left_region LIKE %(below)s) AS goes,
            (e.joined_region = %(region)s OR e.joined_region LIKE %(below)s) AS comes
        FROM residents_lifeevent e
        JOIN residents_person p ON p.id = e.person_id AND p.status <> 'merged'
        WHERE e.kind = 'move' AND e.happened_on > %(opening)s
            AND e.happened_on <= %(closing)s
    ) AS moves
"""


@dataclass(frozen=True)
class Flow:
    """What became of a place between two days: all counts of people.

    ``came`` and ``went``: from and to outside the regency; ``joined`` and ``parted``:
    from and to another place of the same level in it.
    """

    opening: int = 0
    births: int = 0
    deaths: int = 0
    came: int = 0
    joined: int = 0
    parted: int = 0
    went: int = 0
    missing: int = 0
    found: int = 0
    closing: int = 0

    @property
    def moved_in(self) -> int:
        """Return how many moved in, from wherever."""
        return self.came + self.joined

    @property
    def moved_out(self) -> int:
        """Return how many moved out, to wherever."""
        return self.parted + self.went

    @property
    def balanced(self) -> bool:
        """Say whether the opening number and what happened make the closing one."""
        gained = self.births + self.moved_in + self.found
        lost = self.deaths + self.moved_out + self.missing
        return self.opening + gained - lost == self.closing


FIELDS = tuple(each.name for each in fields(Flow))


def flows(*, region: str, length: int, opening: date, closing: date) -> dict[str, Flow]:
    """Return what happened after the day ``opening`` until the end of ``closing``.

    By place inside a region: ``length`` is that of the codes to group by. A move
    within one place of that length is none. Whether the actor may see the region is
    the caller's business (``may_count``).
    """
    sql = _FLOWS.format(
        born=_BORN,
        living=_LIVING.format(born=_BORN, within=_within("region_code")),
        steps=_STEPS.format(within=_within("s.code")),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "region": region,
                "below": f"{region}.%",
                "length": length,
                "opening": opening,
                "closing": closing,
            },
        )
        return {place: Flow(*counts) for place, *counts in cursor.fetchall()}


def whole_of(
    parts: Iterable[Flow], *, region: str, opening: date, closing: date
) -> Flow:
    """Return the flow of a region from those of all its parts, without counting again.

    Only what moved across its border is asked anew: moves between parts are none.
    """
    rows = list(parts)
    sums = {name: sum(getattr(row, name) for row in rows) for name in FIELDS}
    with connection.cursor() as cursor:
        cursor.execute(
            _ACROSS,
            {
                "region": region,
                "below": f"{region}.%",
                "opening": opening,
                "closing": closing,
            },
        )
        joined, parted = cursor.fetchone()
    return Flow(**{**sums, "joined": joined, "parted": parted})


def population(*, region: str, length: int, on: date) -> Mapping[str, int]:
    """Return how many people lived in each place at the end of a day."""
    counted = flows(region=region, length=length, opening=on, closing=on)
    return {place: flow.closing for place, flow in counted.items() if flow.closing}


@dataclass(frozen=True)
class Report:
    """What became of a region and of its parts between two days.

    A move between two parts is counted in both, and not in the whole.
    """

    code: str
    name: str
    opening: date
    closing: date
    names: dict[str, str]
    parts: dict[str, Flow]
    whole: Flow


def report_for(
    actor: Actor, code: str, *, opening: date, closing: date, villages: bool = False
) -> Report:
    """Return the report of a region in the actor's area, by its parts; 404 outside.

    After the day ``opening`` until the end of ``closing``; ``villages``: by village
    wherever the region is larger than one.
    """
    places = _parts(actor, code, villages=villages)
    length = len(next(iter(places), code))
    days = {"opening": opening, "closing": closing}
    found = flows(region=code, length=length, **days)
    return Report(
        code=code,
        name=names([code]).get(code, code),
        **days,
        names=places,
        parts={place: found.get(place, Flow()) for place in places},
        whole=whole_of(found.values(), region=code, **days),
    )


def places_for(actor: Actor) -> tuple[str, ...]:
    """Return the regions whose numbers the actor may see."""
    return actor.regions_where(Permission.POPULATION_VIEW)


def _parts(actor: Actor, code: str, *, villages: bool) -> dict[str, str]:
    """Return code and name of the parts of a region; 404 for what one may not count."""
    known = [len(code) == length for length in LENGTHS.values()]
    if not any(known) or not any(inside(code, own) for own in places_for(actor)):
        raise Http404
    above = level(code) in {"province", "regency", "kecamatan"}
    rows = villages_of(code) if villages and above else parts_of(code)
    return dict(rows.values_list("code", "name")) or names([code])


def _within(column: str) -> str:
    return f"({column} = %(region)s OR {column} LIKE %(below)s)"
