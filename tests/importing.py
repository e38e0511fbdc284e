"""Brings files in as the command line does, and says what came of it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from smartkampung.aid.imports import FACTORIES
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.residents.imports import bringing, work
from smartkampung.residents.imports.bringing import Done
from smartkampung.residents.imports.handling import Task
from smartkampung.residents.imports.progress import Reporter
from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.models import Family, Import, Person, PersonDetail
from tests.cast import HERE, places

AT = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


def bring(
    data: bytes,
    *,
    kind: Format = Format.OPENSID,
    scope: str = HERE,
    apply: bool = True,
    at: datetime = AT,
    by: str = "cli:test",
    **options: str,
) -> Done:
    """Import a file in one transaction, as a command does."""
    with transaction.atomic():
        act_as(Kind.JOB)
        places()
        return bringing.bring(
            task=Task(kind, scope, at, options),
            file_name="penduduk.xlsx",
            blocks=[data],
            by=by,
            apply=apply,
            factories=FACTORIES,
            reporter=Reporter(None),
        )


def counts(data: bytes, **options: Any) -> dict[str, int]:
    """Import a file; return the counts that are not zero."""
    summary = bring(data, **options).summary.as_counts()
    return {name: count for name, count in summary.items() if count}


def undo(imported: Import | None, *, by: str = "cli:test", at: datetime = AT) -> Import:
    """Undo an import."""
    assert imported is not None
    return work.undo_import(import_id=imported.pk, by=by, at=at)


def registry() -> list[Any]:
    """Return everything that the registry says, comparable before and after."""
    return [
        list(Person.objects.order_by("pk").values_list()),
        list(Family.objects.order_by("pk").values_list()),
        list(PersonDetail.objects.order_by("pk").values_list()),
    ]


def kept_files() -> list[Path]:
    """Return the sealed files that wait on the disk."""
    folder = Path(settings.UPLOADS) / "sealed"
    return sorted(folder.glob("*")) if folder.exists() else []
