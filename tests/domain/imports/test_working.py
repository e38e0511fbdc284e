"""From upload to applied: jobs do the work, nothing plain lies around meanwhile."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from smartkampung.audit.models import Event
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.exports.work import forget_strays
from smartkampung.residents.imports import actions, files, work
from smartkampung.residents.imports.actions import (
    ask_to_apply,
    ask_to_undo,
    discard_import,
    plain_name,
    receive_import,
)
from smartkampung.residents.imports.expiring import expire_imports
from smartkampung.residents.imports.queries import (
    imports_for,
    progress_of,
    rejections_of,
    same_file_before,
)
from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.imports.refusals import (
    CannotDo,
    FileTooLarge,
    OutsideYourArea,
)
from smartkampung.residents.models import Import, ImportReview, Person
from tests.cast import HERE, NEXT_DOOR, places
from tests.importing import AT, bring, kept_files, registry
from tests.population import BUDI, SARI
from tests.workbooks import FAMILY, SITI, SITI_NIK, SLAMET, workbook

pytestmark = pytest.mark.django_db
BROKEN = SLAMET | {"nik": 3510091204850003}


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    places()
    with time_machine.travel(AT, tick=False):
        yield


def upload(*rows: dict[str, Any], data: bytes | None = None) -> Import:
    """Let Sari bring a file; the preview is made."""
    imported = receive_import(
        kind=Format.OPENSID,
        region_code=HERE,
        file_name="C:\\data\\penduduk 3510091204850003.xlsx",
        blocks=[data if data is not None else workbook(*rows)],
        options={},
        by=SARI,
        at=AT,
    )
    run_waiting()
    imported.refresh_from_db()
    return imported


def applied(imported: Import) -> Import:
    ask_to_apply(imported=imported, by=SARI, at=AT)
    run_waiting()
    imported.refresh_from_db()
    return imported


def test_a_preview_is_made_and_applied_as_it_was_shown() -> None:
    imported = upload(*FAMILY)
    assert (imported.state, imported.counts["new"]) == ("ready", 3)
    assert registry() == [[], [], []]

    applied(imported)
    assert (imported.state, imported.applied_by) == ("applied", "sari")
    assert Person.objects.count() == 3
    event = Event.objects.get(name="residents.import_applied")
    assert (event.region_code, event.detail["new"]) == (HERE, 3)


def test_it_is_undone_by_a_job() -> None:
    imported = applied(upload(*FAMILY))
    ask_to_undo(imported=imported, by=SARI)
    run_waiting()
    imported.refresh_from_db()
    assert (imported.state, imported.undone_by) == ("undone", "sari")
    assert registry() == [[], [], []]


def test_no_nik_lies_plain_in_the_tables_or_on_the_disk() -> None:
    imported = upload(SITI, BROKEN)
    assert plain_name(imported.file_name) == imported.file_name
    tables = (
        "residents_import",
        "residents_importrow",
        "procrastinate_jobs",
        "audit_event",
    )
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, '|') FROM {table} t")
            said = cursor.fetchone()[0] or ""
            assert SITI_NIK not in said, table
            assert SITI["nama"] not in said, table
    assert len(kept_files()) >= 2
    for path in kept_files():
        assert b"PK\x03\x04" not in path.read_bytes()


def test_the_file_is_deleted_once_it_is_applied(
    django_capture_on_commit_callbacks: Any,
) -> None:
    imported = upload(*FAMILY)
    path = files._path(imported.path)
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        applied(imported)
    assert not path.exists()
    assert imported.path == ""


def test_a_discarded_preview_leaves_nothing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = kept_files()
    imported = upload(SITI, BROKEN)
    with django_capture_on_commit_callbacks(execute=True):
        discard_import(imported=imported, by=SARI)
    imported.refresh_from_db()
    assert (imported.state, imported.rows.count()) == ("discarded", 0)
    assert kept_files() == before


def test_what_has_expired_is_deleted() -> None:
    before = kept_files()
    imported = upload(SITI, BROKEN)
    assert expire_imports(at=AT + timedelta(days=6)) == 0
    assert expire_imports(at=AT + timedelta(days=7)) == 1
    imported.refresh_from_db()
    assert (imported.state, imported.rows.count()) == ("discarded", 0)
    assert kept_files() == before
    assert expire_imports(at=AT + timedelta(days=8)) == 0


def test_a_file_that_no_row_names_is_deleted_after_a_day() -> None:
    imported = upload(SITI, BROKEN)
    kept = set(kept_files())
    stray = files._path(files.keep([b"of a process that was killed"]))
    os.utime(stray, (AT.timestamp(), AT.timestamp()))
    for path in kept:
        os.utime(path, (AT.timestamp(), AT.timestamp()))
    assert forget_strays(at=AT + timedelta(hours=23)) == 0
    assert forget_strays(at=AT + timedelta(hours=25)) >= 1
    assert not stray.exists()
    assert files._path(imported.path).exists()
    assert files._path(imported.rejections_path).exists()


def test_rejected_rows_come_as_a_workbook() -> None:
    imported = upload(SITI, BROKEN)
    pieces = rejections_of(imported)
    assert pieces is not None
    told = bring(b"".join(pieces), apply=False)
    assert told.summary.as_counts()["rejected"] == 1
    assert rejections_of(upload(SITI)) is None


def test_a_file_that_cannot_be_used_says_why_and_is_deleted(
    django_capture_on_commit_callbacks: Any,
) -> None:
    before = kept_files()
    with django_capture_on_commit_callbacks(execute=True):
        imported = upload(data=b"%PDF-1.7")
    assert (imported.state, imported.problem["code"]) == ("unusable", "not_a_table")
    assert kept_files() == before
    assert upload().problem["code"] == "no_rows"


def test_when_the_registry_has_changed_the_preview_is_made_anew() -> None:
    bring(workbook(*FAMILY))
    imported = upload(SITI | {"pekerjaan_id": 88})
    bring(workbook(SITI | {"pekerjaan_id": 15}))

    ask_to_apply(imported=imported, by=SARI, at=AT)
    run_waiting()
    imported.refresh_from_db()
    assert (imported.state, imported.changed_meanwhile) == ("ready", True)
    assert Person.objects.get(name="SITI AMINAH").occupation == 15
    assert applied(imported).state == "applied"
    assert Person.objects.get(name="SITI AMINAH").occupation == 88


def test_the_same_file_is_known_again() -> None:
    first = applied(upload(*FAMILY))
    again = upload(*FAMILY)
    # A workbook holds the moment of its making; here it is frozen.
    assert same_file_before(again) == first
    with pytest.raises(CannotDo) as refused:
        ask_to_apply(imported=again, by=SARI, at=AT)
    assert refused.value.bar == "nothing_to_do"


def test_reviews_begin_to_wait_when_the_import_is_applied() -> None:
    bring(workbook(SITI))
    imported = upload(SITI | {"tanggallahir": "1991-07-11"})
    assert not ImportReview.objects.exists()
    applied(imported)
    assert ImportReview.objects.get().kind == "birth_date"


@pytest.mark.parametrize(
    ("state", "bar"),
    [
        ("received", "running"),
        ("applying", "running"),
        ("applied", "not_ready"),
        ("undone", "not_ready"),
        ("discarded", "not_ready"),
    ],
)
def test_what_cannot_be_applied(state: str, bar: str) -> None:
    imported = upload(SITI)
    Import.objects.filter(pk=imported.pk).update(state=state)
    with pytest.raises(CannotDo) as refused:
        ask_to_apply(imported=imported, by=SARI, at=AT)
    assert refused.value.bar == bar


def test_an_old_preview_cannot_be_applied() -> None:
    imported = upload(SITI)
    with pytest.raises(CannotDo) as refused:
        ask_to_apply(imported=imported, by=SARI, at=AT + timedelta(days=7))
    assert refused.value.bar == "expired"


def test_what_is_being_worked_on_is_not_undone_or_discarded() -> None:
    imported = upload(SITI)
    for state in ("applying", "undoing"):
        Import.objects.filter(pk=imported.pk).update(state=state)
        with pytest.raises(CannotDo):
            discard_import(imported=imported, by=SARI)
        with pytest.raises(CannotDo):
            ask_to_undo(imported=imported, by=SARI)


def test_jobs_that_come_late_do_nothing() -> None:
    imported = upload(SITI)
    work.read_import(import_id=imported.pk, at=AT, factories={})
    work.apply_import(import_id=imported.pk, by="sari", at=AT, factories={})
    imported.refresh_from_db()
    assert imported.state == "ready"


def test_budi_imports_nothing_for_the_village_of_sari() -> None:
    before = kept_files()
    with pytest.raises(OutsideYourArea):
        receive_import(
            kind=Format.OPENSID,
            region_code=HERE,
            file_name="x.xlsx",
            blocks=[b"x"],
            options={},
            by=BUDI,
            at=AT,
        )
    assert kept_files() == before
    upload(SITI)
    assert not imports_for(BUDI).exists()
    assert NEXT_DOOR not in imports_for(SARI).values_list("region_code", flat=True)


def test_a_file_that_is_too_large_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actions, "LARGEST", 10)
    before = kept_files()
    with pytest.raises(FileTooLarge):
        upload(SITI)
    assert kept_files() == before
    assert not Import.objects.exists()


def test_progress_is_told_beside_the_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("smartkampung.residents.imports.progress.EVERY_SECONDS", -1.0)
    imported = upload(*FAMILY)
    progress = progress_of(imported)
    assert progress is not None
    assert (progress.done, progress.total) == (4, 4)


def test_the_real_child_says_the_same(real_child: None) -> None:
    imported = upload(*FAMILY, BROKEN)
    assert (imported.counts["new"], imported.counts["rejected"]) == (3, 1)


def test_import_applied_by_somebody() -> None:
    imported = upload(SITI)
    with (
        pytest.raises(IntegrityError, match="import_applied_by_somebody"),
        transaction.atomic(),
    ):
        Import.objects.filter(pk=imported.pk).update(applied_at=AT)


def test_import_undone_after_applied() -> None:
    imported = upload(SITI)
    with (
        pytest.raises(IntegrityError, match="import_undone_after_applied"),
        transaction.atomic(),
    ):
        Import.objects.filter(pk=imported.pk).update(undone_at=AT, undone_by="sari")
