"""An empty database gets its tables fast, and exactly those that Django would make."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.db import connection

from smartkampung.cli.embedded import OWNER, Cluster
from tests.database import HOME

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SHAPE = """
    SELECT 'column', table_name || '.' || column_name, data_type || is_nullable
        || coalesce(collation_name, '') || coalesce(column_default, '')
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname,
        pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger
    WHERE NOT tgisinternal
    UNION ALL SELECT 'function', proname, prosrc FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'policy', tablename || '.' || policyname, permissive || cmd
        || coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies
    UNION ALL SELECT 'permission', codename, name FROM auth_permission
"""
MAKE = (
    "import django; django.setup();"
    "from smartkampung.kernel.tables import has_seen_none, make_tables;"
    "assert has_seen_none(); make_tables(); assert not has_seen_none()"
)


def test_the_tables_are_those_that_django_makes() -> None:
    cluster = Cluster(HOME / "db", HOME / "s")
    with cluster.superuser("postgres") as server:
        server.autocommit = True
        server.execute(f"CREATE DATABASE sparing OWNER {OWNER}")
    url = cluster.url(role=OWNER).replace("/smartkampung", "/sparing")
    command = [sys.executable, "-c", MAKE]
    environment = {**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": url}
    subprocess.run(command, check=True, env=environment)
    with psycopg.connect(url) as made:
        found = set(made.execute(SHAPE).fetchall())
    with connection.cursor() as cursor:
        cursor.execute(SHAPE)
        wanted = set(cursor.fetchall())
    assert len(wanted) > 1000
    assert found == wanted
