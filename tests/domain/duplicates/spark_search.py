"""Search a small set on Spark and print the pairs; run by ``test_spark`` as a process."""

import json
import sys
from collections.abc import Iterator
from datetime import date

from smartkampung.duplicates.linkage.find import Search
from smartkampung.duplicates.rules.traits import Facts, Traits, traits_of
from smartkampung.duplicates.rules.weights import current_model

THRESHOLD = -14.0
FIRST = [
    "adi",
    "bayu",
    "citra",
    "dewi",
    "eko",
    "fajar",
    "gita",
    "hadi",
    "indra",
    "joko",
]
LAST = ["santoso", "wijaya", "lestari", "pratama", "nugroho", "utami"]


def people() -> Iterator[Facts]:
    """Yield sixty people, and four of them a second time, each otherwise written."""
    for number in range(60):
        yield _person(number, f"{FIRST[number % 10]} {LAST[number // 10]}")
    yield _person(0, "adi", at=100)
    yield _person(11, "bayu wijayya", at=101)
    yield _person(22, "citra lestari", at=102, born_on=date(1952, 11, 3))
    yield _person(33, "d pratama", at=103)


def _person(
    number: int, name: str, *, at: int | None = None, born_on: date | None = None
) -> Facts:
    return Facts(
        id=number if at is None else at,
        name=name,
        sex="LP"[number % 2],
        born_on=born_on or date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
        region_code=f"35.10.09.{2000 + number % 5}.001.001",
        family=str(number if at is None else at),
        mother_name=LAST[number % 6],
        father_name=FIRST[number % 10],
    )


def main() -> None:
    """Search with Spark on this machine alone."""
    from pyspark.sql import SparkSession, types
    from splink import SparkAPI

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        # Too short a life to pay for a compiler that makes long lives quick.
        .config(
            "spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        )
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    columns = [types.StructField(name, types.StringType()) for name in Traits._fields]
    columns[0] = types.StructField("id", types.LongType())
    rows = [
        (traits.id, *(text or None for text in traits[1:]))
        for traits in map(traits_of, people())
    ]
    engine = SparkAPI(
        spark_session=spark,
        break_lineage_method="persist",
        num_partitions_on_repartition=1,
        register_udfs_automatically=False,
    )
    table = engine.register(
        spark.createDataFrame(rows, types.StructType(columns)), table_name="people"
    )
    pairs = Search(table, current_model(), count=len(rows)).pairs(threshold=THRESHOLD)
    json.dump(pairs, sys.stdout)
    spark.stop()


if __name__ == "__main__":
    main()
