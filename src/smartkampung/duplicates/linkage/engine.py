"""DuckDB, in memory, with no way to the disk or the network."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa
from splink import DuckDBAPI
from splink.internals.splink_dataframe import SplinkDataFrame

MEMORY = "5GB"


@contextmanager
def in_memory(*, memory: str = MEMORY, threads: int = 2) -> Iterator[DuckDBAPI]:
    """Open an engine that forgets everything when it is closed.

    It may not spill to disk: there would be names and birth dates of everybody in an
    unsealed file. What does not fit fails with a clear error instead.
    """
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(f"SET memory_limit = '{memory}'")
        connection.execute(f"SET threads = {threads}")
        connection.execute("SET temp_directory = ''")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET preserve_insertion_order = false")
        logging.getLogger("splink").setLevel(logging.ERROR)
        yield DuckDBAPI(connection)
    finally:
        connection.close()


def registered(
    api: DuckDBAPI, table: pa.Table, name: str = "people"
) -> SplinkDataFrame:
    """Hand a table to the engine."""
    return api.register(table, table_name=name)
