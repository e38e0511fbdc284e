"""A test of transactions leaves nothing behind, though few tables are emptied."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

from smartkampung.kernel.rls import Kind, act_as
from tests import cases
from tests.cast import places
from tests.emptying import KEPT, empty_what_was_filled


def filled() -> set[str]:
    names = connection.introspection.django_table_names(only_existing=True)
    with transaction.atomic(), connection.cursor() as cursor:
        act_as(Kind.JOB)
        return {name for name in names if has_rows(cursor, name)}


def has_rows(cursor: CursorWrapper, name: str) -> bool:
    cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{name}")')
    return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_no_row_stays_in_a_table_that_was_filled() -> None:
    places()
    with transaction.atomic():
        act_as(Kind.JOB)
        cases.desk()
    assert len(filled() - KEPT) > 3
    known = ContentType.objects.count()

    empty_what_was_filled(TransactionTestCase())

    assert filled() <= KEPT
    assert ContentType.objects.count() == known


def test_what_migrations_wrote_is_kept() -> None:
    """Emptied, it would be missed by every test that comes after."""
    written = [
        apps.get_model(label, name)._meta.db_table
        for path in Path("src/smartkampung").glob("**/migrations/*.py")
        if "objects.bulk_create(" in (text := path.read_text(encoding="utf-8"))
        for label, name in re.findall(r'get_model\("(\w+)", "(\w+)"\)', text)
    ]
    assert len(written) >= 3
    assert set(written) <= KEPT
