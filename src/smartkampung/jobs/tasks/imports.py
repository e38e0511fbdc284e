"""Imports and exports of village files: read, apply, undo, make, expire."""

from datetime import timedelta

from procrastinate.contrib.django import app

from smartkampung.aid.imports import FACTORIES, undo_recipients
from smartkampung.jobs.registry import Backoff, job
from smartkampung.kernel.clock import now
from smartkampung.residents.exports import work as exports
from smartkampung.residents.imports import work
from smartkampung.residents.imports.expiring import expire_imports

# A file that cannot be read three times will not be read a fourth time.
FEW = Backoff(longest=timedelta(minutes=1), tries=3)


@job("residents.read_import", retry=FEW)
def read_import(import_id: int) -> None:
    """Make the preview of an uploaded file."""
    work.read_import(import_id=import_id, at=now(), factories=FACTORIES)


@job("residents.apply_import", retry=FEW)
def apply_import(import_id: int, by: str) -> None:
    """Apply what a preview showed."""
    work.apply_import(import_id=import_id, by=by, at=now(), factories=FACTORIES)


@job("residents.undo_import", retry=FEW)
def undo_import(import_id: int, by: str) -> None:
    """Put back what an import changed."""
    work.undo_import(import_id=import_id, by=by, at=now(), undoers=[undo_recipients])


@job("residents.make_export", retry=FEW)
def make_export(export_id: int) -> None:
    """Make the file of an export that was allowed."""
    exports.make_export(export_id=export_id, at=now())


@job("residents.expire_files")
def expire_files(timestamp: int) -> None:
    """Delete files and rows whose time is over, and files that nothing names."""
    expire_imports(at=now())
    exports.expire_exports(at=now())
    exports.forget_strays(at=now())


app.periodic(cron="17 * * * *")(app.tasks["residents.expire_files"])
