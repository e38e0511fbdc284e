"""Ask Splink for the pairs that may be of one person, and say why of each."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from splink import Linker
from splink.internals.splink_dataframe import SplinkDataFrame

from smartkampung.duplicates.linkage.settings import COLUMNS, trained_settings
from smartkampung.duplicates.rules.comparisons import NAMES_ALIKE
from smartkampung.duplicates.rules.traits import Traits
from smartkampung.duplicates.rules.weights import RARE, Evidence, Model, evidence

COMMON = 20  # people who must bear a value before its share is kept
AT_ONCE = 5_000


class Scored(NamedTuple):
    """Two records and the weight that Splink gives to their being one person."""

    first: int
    second: int
    weight: float


class Explained(NamedTuple):
    """Two records that look like one person, and why."""

    first: int
    second: int
    evidence: Evidence


class Search:
    """One search of a table of people by a trained model, on any engine of Splink."""

    def __init__(self, people: SplinkDataFrame, model: Model, *, count: int) -> None:
        self.people = people
        self.model = model
        self.count = count
        settings = trained_settings(model, people=count)
        self.linker = Linker(people, settings, log_level=None)

    def pairs(self, *, threshold: float | None = None) -> list[Scored]:
        """Return the pairs at or above a weight, by id."""
        least = self.model.threshold if threshold is None else threshold
        found = self.linker.inference.predict(
            threshold_match_weight=least, warning_mode="never"
        )
        rows = self._ask(
            "SELECT least(id_l, id_r) AS first, greatest(id_l, id_r) AS second,"
            f" match_weight AS weight FROM {found.physical_name}"
        )
        return sorted(Scored(*row) for row in rows)

    def explained(self, pairs: list[Scored]) -> Iterator[Explained]:
        """Yield the pairs whose names resemble, each with the weight of every field."""
        known = {
            (column, value): share for column, value, share in self.shares(at_least=2)
        }
        for start in range(0, len(pairs), AT_ONCE):
            chunk = pairs[start : start + AT_ONCE]
            people = self.traits({pk for pair in chunk for pk in pair[:2]})
            for first, second, _weight in chunk:
                why = evidence(
                    self.model,
                    people[first],
                    people[second],
                    people=self.count,
                    share=lambda column, value: known.get((column, value)),
                )
                if why.name_level in NAMES_ALIKE:
                    yield Explained(first, second, why)

    def traits(self, ids: set[int]) -> dict[int, Traits]:
        """Return the traits of some people."""
        listed = ", ".join(map(str, sorted(ids)))
        rows = self._ask(
            f"SELECT {', '.join(COLUMNS)} FROM {self.people.physical_name}"
            f" WHERE id IN ({listed})"
        )
        return {
            row[0]: Traits(row[0], *(text or "" for text in row[1:])) for row in rows
        }

    def shares(self, *, at_least: int = COMMON) -> Iterator[tuple[str, str, float]]:
        """Yield column, value and share of the known values, of each common value."""
        for column in sorted(set(RARE.values())):
            rows = self._ask(
                f"SELECT value, bearers * 1.0 / known AS share FROM ("
                f"SELECT {column} AS value, count(*) AS bearers,"
                f" sum(count(*)) OVER () AS known FROM {self.people.physical_name}"
                f" WHERE {column} IS NOT NULL GROUP BY {column}) AS counted"
                f" WHERE bearers >= {at_least}"
            )
            yield from ((column, value, float(share)) for value, share in rows)

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        answer = self.linker.misc.query_sql(sql)
        return [tuple(row.values()) for row in answer.as_record_list()]
