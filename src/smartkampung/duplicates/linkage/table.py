"""The table that Splink searches: one row of traits a person, in memory only."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import pyarrow as pa

from smartkampung.duplicates.rules.traits import Facts, Traits, traits_of

AT_ONCE = 50_000
SCHEMA = pa.schema(
    [("id", pa.int64()), *((name, pa.string()) for name in Traits._fields[1:])]
)


def table_of(
    people: Iterable[Facts], *, tell: Callable[[int], None] = lambda done: None
) -> pa.Table:
    """Return the traits of everybody; what is not known is null."""
    return pa.Table.from_batches(_batches(iter(people), tell), schema=SCHEMA)


def _batches(
    people: Iterator[Facts], tell: Callable[[int], None]
) -> Iterator[pa.RecordBatch]:
    done = 0
    while chunk := list(islice(people, AT_ONCE)):
        done += len(chunk)
        tell(done)
        columns = zip(*(traits_of(facts) for facts in chunk), strict=True)
        yield pa.record_batch(
            [pa.array(next(columns), pa.int64()), *map(_texts, columns)], schema=SCHEMA
        )


def _texts(values: tuple[str, ...]) -> pa.Array:
    return pa.array([value or None for value in values], pa.string())
