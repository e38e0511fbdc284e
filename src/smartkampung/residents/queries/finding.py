"""Find people by name, birth and place, with typing mistakes forgiven (ADR 0012).

Never sorts more than ``CANDIDATES`` rows: a name that thousands carry is answered
with "narrow it down" and not with a slow page.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.residents.models import Person
from smartkampung.residents.queries.people import note_looks, residents_for
from smartkampung.residents.rules.searching import (
    all_of,
    birth_query,
    name_query,
    one_typo_away,
    region_query,
    splits,
    words_to_find,
)

PAGE = 20
SHOWN = 100
CANDIDATES = 1000
READINGS = 4  # of each kind, for one word
SIMILAR = 0.35

_RANKED = """
    WITH hits AS MATERIALIZED (
        SELECT id, name_folded FROM residents_person
        WHERE resident_search_keys(name_folded, region_code, born_on)
            @@ %(query)s::tsquery
        AND (region_code = ANY(%(regions)s) OR region_code LIKE ANY(%(below)s))
        LIMIT %(candidates)s
    )
    SELECT id, count(*) OVER () FROM hits
    ORDER BY name_folded = %(name)s DESC, similarity(name_folded, %(name)s) DESC,
        name_folded, id
    LIMIT %(shown)s
"""
_SIMILAR_WORDS = """
    SELECT typed.word, near.word
    FROM unnest(%(words)s::text[]) AS typed(word) CROSS JOIN LATERAL (
        SELECT word FROM residents_nameword WHERE word %% typed.word
        ORDER BY similarity(word, typed.word) DESC, people DESC LIMIT %(readings)s
    ) AS near
"""
_KNOWN_WORDS = """
    SELECT word FROM residents_nameword WHERE word = ANY(%(words)s)
    ORDER BY people DESC
"""


@dataclass(frozen=True)
class Wanted:
    """What is known of the person looked for; ``region`` narrows to a part of the area.

    Enough to search with is a name, or a birth date.
    """

    name: str = ""
    born_on: date | None = None
    born_year: int | None = None
    region: str = ""

    @property
    def words(self) -> list[str]:
        """Return the words of the name that can be asked for."""
        return words_to_find(self.name)

    @property
    def is_enough(self) -> bool:
        """Say whether this narrows to people at all."""
        return bool(self.words) or self.born_on is not None


@dataclass(frozen=True)
class Found:
    """One page of people. ``more`` means that there are more than can be shown."""

    people: list[Person] = field(default_factory=list)
    total: int = 0
    page: int = 1
    pages: int = 1
    more: bool = False


def search(actor: Actor, wanted: Wanted, *, page: int = 1) -> Found:
    """Return a page of the people who fit, the nearest spelling first.

    Only inside the actor's area; each person shown is written down as a look. At
    most ``SHOWN`` people can be paged through; ``total`` counts no further than
    ``CANDIDATES``.
    """
    regions = actor.regions_where(Permission.RESIDENT_FIND)
    if not regions or not wanted.is_enough:
        return Found()
    with connection.cursor() as cursor:
        # A common name looks to the planner as if any page of the table held it.
        cursor.execute(
            "SELECT set_config('enable_seqscan', 'off', true),"
            " set_config('pg_trgm.similarity_threshold', %s, true)",
            [str(SIMILAR)],
        )
    ids, total = _ranked(wanted, name_query(wanted.words), regions)
    # A page full of exact names needs narrowing, not more of the same.
    if wanted.words and len(ids) < PAGE:
        ids, total = _ranked(wanted, _with_typos(wanted.words), regions)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('enable_seqscan', 'on', true)")
    return _page(actor, ids, total, page)


def _ranked(wanted: Wanted, name: str, regions: Sequence[str]) -> tuple[list[int], int]:
    narrowed = [wanted.region] if wanted.region else regions
    query = all_of(
        name,
        birth_query(born_on=wanted.born_on, born_year=wanted.born_year),
        region_query(narrowed),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            _RANKED,
            {
                "query": query,
                "regions": list(regions),
                "below": [f"{region}.%" for region in regions],
                "candidates": CANDIDATES,
                "name": " ".join(wanted.words),
                "shown": SHOWN,
            },
        )
        rows = cursor.fetchall()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def _with_typos(words: Sequence[str]) -> str:
    """Return the query that also accepts what the words may have been meant to be."""
    slips = {word: one_typo_away(word) for word in words}
    halves = {word: splits(word) for word in words}
    asked = {spelling for spellings in slips.values() for spelling in spellings}
    asked |= {half for pairs in halves.values() for pair in pairs for half in pair}
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR_WORDS, {"words": list(words), "readings": READINGS})
        near = defaultdict(list)
        for word, similar in cursor.fetchall():
            near[word].append(similar)
        cursor.execute(_KNOWN_WORDS, {"words": list(asked)})
        known = [row[0] for row in cursor.fetchall()]
    for word in words:
        common = [slip for slip in known if slip in slips[word]]
        near[word] += common[:READINGS]
        near[word] += [
            f"{left} {right}"
            for left, right in halves[word]
            if left in known and right in known
        ]
    return name_query(words, near)


def _page(actor: Actor, ids: list[int], total: int, page: int) -> Found:
    pages = max(1, -(-len(ids) // PAGE))
    page = min(max(page, 1), pages)
    shown = ids[(page - 1) * PAGE : page * PAGE]
    rows = residents_for(actor, permission=Permission.RESIDENT_FIND).in_bulk(shown)
    people = [rows[pk] for pk in shown if pk in rows]
    note_looks(
        actor, people, purpose="resident.search", permission=Permission.RESIDENT_FIND
    )
    return Found(people, total, page, pages, more=total > len(ids))
