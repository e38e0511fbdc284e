"""The board of one place. Who may mend here sees every count, others no small ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.small_cells import TOTAL, protected, small
from smartkampung.quality.queries.tallies import tally_by
from smartkampung.quality.queries.trend import Point, months, newest, scores_before
from smartkampung.quality.rules import Fault, Tally, together
from smartkampung.regions.codes import LEVELS, ancestor, level

VIEW, MEND = Permission.QUALITY_VIEW, Permission.QUALITY_MEND
PARTS = {
    "province": "kecamatan",
    "regency": "kecamatan",
    "kecamatan": "village",
    "village": "rt",
    "rw": "rt",
    "rt": "rt",
}
# Judging a kecamatan anew takes a second, a regency ten: their boards show what the
# job counted.
KEPT_ABOVE = "village"
FAULTLESS, FAULTY, ERRORS, DOUBTS = "faultless", "faulty", "errors", "doubts"


@dataclass(frozen=True)
class Row:
    """What is shown of one place; None is hidden because it is about few people."""

    people: int | None
    score: float | None
    before: float | None
    errors: int | None
    doubts: int | None


@dataclass(frozen=True)
class Board:
    """Everything that the board of a place shows.

    ``counted_at`` is empty when everything was judged just now.
    """

    region: str
    total: Row
    parts: dict[str, Row]
    faults: dict[Fault, int | None]
    trend: list[Point]
    trend_of: str
    counted_at: datetime | None
    may_mend: bool


def places_for(actor: Actor) -> tuple[str, ...]:
    """Return the places whose boards the actor may open."""
    return actor.regions_where(VIEW)


def board_for(actor: Actor, region: str, *, on: date) -> Board:
    """Return the board of a place within the actor's area; 404 elsewhere."""
    if not actor.may_in(VIEW, region):
        raise Http404
    depth = level(region)
    parts, counted_at = _tallies(region, depth, on)
    total = together(parts.values())
    village = region if depth not in {"rw", "rt"} else ancestor(region, "village")
    open_ = actor.may_in(MEND, region)
    trend = [
        point for point in months(village, on=on) if open_ or not _few(point.tally)
    ]
    before = scores_before(region, before=on.replace(day=1))
    inner = parts if _has_parts(depth, open_) else {}
    rows = _rows(inner or {region: total}, total, _by_part(before, depth), exact=open_)
    return Board(
        region=region,
        total=rows[TOTAL],
        parts={code: rows[code] for code in inner},
        faults=_faults(total, exact=open_),
        trend=trend,
        trend_of=village,
        counted_at=counted_at,
        may_mend=open_,
    )


def _has_parts(depth: str, open_: bool) -> bool:
    """Say whether the board goes on to smaller places: to villages for who only looks."""
    return depth != "rt" and (open_ or LEVELS.index(depth) < LEVELS.index(KEPT_ABOVE))


def _tallies(
    region: str, depth: str, on: date
) -> tuple[dict[str, Tally], datetime | None]:
    if LEVELS.index(depth) >= LEVELS.index(KEPT_ABOVE):
        return tally_by(PARTS[depth], region=region, on=on), None
    kept = newest(region)
    return _by_part(kept.villages, depth), kept.counted_at


def _by_part(villages: Mapping[str, Tally], depth: str) -> dict[str, Tally]:
    """Add counts of villages up to the parts that the board of a level shows."""
    if PARTS[depth] == "rt":
        return {}
    groups: dict[str, list[Tally]] = {}
    for code, tally in villages.items():
        groups.setdefault(ancestor(code, PARTS[depth]), []).append(tally)
    return {code: together(tallies) for code, tallies in groups.items()}


def _rows(
    parts: Mapping[str, Tally],
    total: Tally,
    before: Mapping[str, Tally],
    *,
    exact: bool,
) -> dict[str, Row]:
    everything = {**parts, TOTAL: total}
    if not exact:
        return _safe_rows(parts, everything, before)
    return {
        code: Row(
            tally.people,
            tally.score,
            before[code].score if code in before else None,
            tally.errors,
            tally.doubts,
        )
        for code, tally in everything.items()
    }


def _safe_rows(
    parts: Mapping[str, Tally],
    everything: Mapping[str, Tally],
    before: Mapping[str, Tally],
) -> dict[str, Row]:
    people = protected(
        {
            code: {FAULTLESS: tally.faultless, FAULTY: tally.people - tally.faultless}
            for code, tally in parts.items()
        }
    )
    errors = protected({code: {ERRORS: tally.errors} for code, tally in parts.items()})
    doubts = protected({code: {DOUBTS: tally.doubts} for code, tally in parts.items()})
    rows = {}
    for code in everything:
        told = everything[code] if None not in people[code].values() else None
        rows[code] = Row(
            told.people if told else None,
            told.score if told else None,
            _score_before(before, code) if told else None,
            errors[code].get(ERRORS),
            doubts[code].get(DOUBTS),
        )
    return rows


def _score_before(before: Mapping[str, Tally], code: str) -> float | None:
    earlier = before.get(code)
    return earlier.score if earlier is not None and not _few(earlier) else None


def _few(tally: Tally) -> bool:
    return small(tally.people - tally.faultless)


def _faults(total: Tally, *, exact: bool) -> dict[Fault, int | None]:
    counts = {fault: total.found.get(fault, 0) for fault in Fault}
    if exact:
        return dict(counts)
    shown = protected({fault: {"found": count} for fault, count in counts.items()})
    return {fault: shown[fault]["found"] for fault in Fault}
