"""What officers ask for on the pages; the work itself is done by jobs (``work``)."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import PurePosixPath, PureWindowsPath

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.later import later
from smartkampung.residents.imports import files
from smartkampung.residents.imports.models import Import
from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.imports.refusals import (
    CannotDo,
    FileTooLarge,
    OutsideYourArea,
)
from smartkampung.residents.imports.rules import (
    LARGEST,
    bar_to_apply,
    bar_to_discard,
    bar_to_undo,
)

PREVIEW_LIVES = timedelta(days=7)
LONG_NUMBER = re.compile(r"\d{9,}")
State = Import.State


def receive_import(
    *,
    kind: Format,
    region_code: str,
    file_name: str,
    blocks: Iterable[bytes],
    options: dict[str, str],
    by: Actor,
    at: datetime,
) -> Import:
    """Take a file in, sealed, and have its preview made.

    Raises OutsideYourArea, or FileTooLarge; then nothing is kept.
    """
    if not by.may_in(Permission.REGISTRY_IMPORT, region_code):
        raise OutsideYourArea
    content = files.Measured(
        blocks,
        most=LARGEST,
        too_large=FileTooLarge(
            _("The file is larger than 200 MB. Split it, for instance by hamlet.")
        ),
    )
    path = files.keep(content)
    try:
        with transaction.atomic():
            imported = Import.objects.create(
                format=kind.value,
                region_code=region_code,
                file_name=plain_name(file_name),
                file_size=content.size,
                file_hash=content.print(),
                path=path,
                options=options,
                received_by=by.username,
                received_at=at,
                expires_at=at + PREVIEW_LIVES,
            )
            _note("residents.import_received", imported, by)
            later("residents.read_import", import_id=imported.pk)
    except BaseException:
        files.forget(path)
        raise
    return imported


def ask_to_apply(*, imported: Import, by: Actor, at: datetime) -> Import:
    """Have a preview applied as it was shown. Raises CannotDo with the reason."""
    with transaction.atomic():
        row = _locked(imported)
        counts = row.counts
        bar = bar_to_apply(
            state=row.state,
            to_do=sum(counts.get(name, 0) for name in ("new", "changed", "review")),
            expired=row.expires_at <= at,
        )
        if bar is not None:
            raise CannotDo(bar)
        _set(row, State.APPLYING)
        later("residents.apply_import", import_id=row.pk, by=by.username)
    return row


def ask_to_undo(*, imported: Import, by: Actor) -> Import:
    """Have an import undone. Raises CannotDo with the reason."""
    with transaction.atomic():
        row = _locked(imported)
        bar = bar_to_undo(state=row.state)
        if bar is not None:
            raise CannotDo(bar)
        _set(row, State.UNDOING)
        later("residents.undo_import", import_id=row.pk, by=by.username)
    return row


def discard_import(*, imported: Import, by: Actor) -> None:
    """Throw a preview away, with its file and rows. Raises CannotDo."""
    with transaction.atomic():
        row = _locked(imported)
        bar = bar_to_discard(state=row.state)
        if bar is not None:
            raise CannotDo(bar)
        paths = (row.path, row.rejections_path)
        row.path = row.rejections_path = ""
        row.state = State.DISCARDED
        row.save(update_fields=["path", "rejections_path", "state"])
        row.rows.all().delete()
        _note("residents.import_discarded", row, by)
        transaction.on_commit(lambda: files.forget(*paths))


def plain_name(file_name: str) -> str:
    """Return a file's name without folders, and without numbers of people in it."""
    name = PureWindowsPath(PurePosixPath(file_name).name).name
    return LONG_NUMBER.sub("\u2026", name)[:120]


def _locked(imported: Import) -> Import:
    return Import.objects.select_for_update(no_key=True).get(pk=imported.pk)


def _set(row: Import, state: Import.State) -> None:
    row.state = state
    row.save(update_fields=["state"])


def _note(name: str, imported: Import, by: Actor) -> None:
    record(
        name,
        target=imported,
        by=by.username,
        region_code=imported.region_code,
        format=imported.format,
    )
