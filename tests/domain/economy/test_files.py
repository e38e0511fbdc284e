"""A file of the budget system is read, looked at, and taken; the same twice is nothing."""

import pytest
from django.db import IntegrityError, transaction

from smartkampung.kernel.errors import constraint_name
from smartkampung.recovery.economy.models import FigureFile
from tests.economy import NOW

pytestmark = pytest.mark.django_db


def broken(**values: object) -> str | None:
    """Write a file past every action; return which promise it breaks."""
    row = {"kind": "revenue", "name": "pad.csv", "brought_by": "test"}
    try:
        with transaction.atomic():
            FigureFile.objects.create(**row | {"brought_at": NOW} | values)
    except IntegrityError as error:
        return constraint_name(error)
    return None


def test_economy_file_end_is_signed() -> None:
    assert broken() is None
    assert broken(state="taken") == "economy_file_end_is_signed"
    assert broken(state="ready", ended_by="x") == "economy_file_end_is_signed"
    assert broken(state="left", ended_by="lestari", ended_at=NOW) is None
