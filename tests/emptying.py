"""Empties the tables that a test committed to: its neighbours are hundreds more.

Django truncates every table after a test of transactions, and then makes content
types and permissions anew: half a second, where most tests fill a dozen tables.
"""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase

from smartkampung.cli.embedded import Cluster
from smartkampung.isolation.models import Protocol
from smartkampung.isolation.protocol.queries import forget
from smartkampung.recovery.affected.models import Sector
from smartkampung.recovery.economy.models import Setting
from smartkampung.recovery.programmes.models import KindPair
from smartkampung.reopening.guidance.models import Guidance
from smartkampung.reopening.places.models import ProtocolVersion
from tests.database import HOME

# They come with the schema, and no test writes to them.
WITH_THE_SCHEMA = (
    *(ContentType, Permission, Protocol, KindPair, Sector, Setting),
    *(Guidance, ProtocolVersion),
)
KEPT = {model._meta.db_table for model in WITH_THE_SCHEMA}
# A table that was truncated, or never filled, has not a single page.
FILLED = """SELECT relname, pg_relation_size(oid) FROM pg_class
WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace
AND pg_relation_size(oid) > 0"""
# Rows of some hundred people; more are truncated, or pages would pile up.
FEW = 512 * 1024


def empty_what_was_filled(_case: TransactionTestCase) -> None:
    """Leave no row in any table of a model, as ``flush`` would.

    TRUNCATE makes new files for a table, its indexes and for all that may refer to it:
    a thousand files and a second. A few rows are deleted in a hundredth of that.
    """
    tables = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        cursor.execute(FILLED, [[name for name in tables if name not in KEPT]])
        sizes = cursor.fetchall()
        filled = [connection.ops.quote_name(name) for name, _ in sizes]
        if sum(size for _, size in sizes) > FEW:
            cursor.execute(f"TRUNCATE {', '.join(filled)} CASCADE")
    if filled and sum(size for _, size in sizes) <= FEW:
        _delete(filled)


def _delete(tables: list[str]) -> None:
    """Delete all rows, past row-level security and triggers that forbid or cascade."""
    with (
        Cluster(HOME / "db", HOME / "s").superuser(
            connection.settings_dict["NAME"]
        ) as superuser,
        superuser.transaction(),
    ):
        superuser.execute("SET LOCAL session_replication_role = replica")
        for table in tables:
            superuser.execute(f"DELETE FROM {table}".encode())


def remember_nothing() -> None:
    """Drop the names and maps of regions, and counts of requests, kept in memory."""
    caches["local"].clear()
    caches["houses"].clear()
    forget()
