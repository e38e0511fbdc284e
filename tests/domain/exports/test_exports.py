"""A large file of people needs a second pair of eyes; every file says whose it is."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from smartkampung.audit.models import Access, Event
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.exports import rules, work
from smartkampung.residents.exports.actions import (
    CannotExport,
    ask_export,
    decide_export,
    fetch_export,
)
from smartkampung.residents.exports.queries import (
    exports_for,
    file_name_of,
    pieces_of,
)
from smartkampung.residents.imports.refusals import OutsideYourArea
from smartkampung.residents.models import Export
from smartkampung.worklist.models import WorkItem
from tests.cast import HERE, NEXT_DOOR, places
from tests.importing import AT, bring, counts, kept_files
from tests.population import BUDI, SARI, actor
from tests.workbooks import FAMILY, SITI_NIK, workbook

pytestmark = pytest.mark.django_db
HEAD = actor(SARI.posts[0].role, HERE, username="kades")
LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _village() -> Iterator[None]:
    places()
    bring(workbook(*FAMILY))
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three people be many."""
    monkeypatch.setattr(rules, "LARGE", 2)


def asked(form: str = "xlsx", **changes: Any) -> Export:
    given: dict[str, Any] = {
        "region_code": HERE,
        "reason": "laporan tahunan",
        "by": SARI,
        "at": AT,
    }
    export = ask_export(form=form, **(given | changes))
    run_waiting()
    export.refresh_from_db()
    return export


def content(export: Export) -> bytes:
    return b"".join(pieces_of(fetch_export(export=export, by=SARI, at=LATER)))


def test_a_small_export_is_made_at_once_and_fetched() -> None:
    export = asked()
    assert (export.state, export.people, export.large) == ("ready", 3, False)
    assert counts(content(export), apply=False) == {"unchanged": 3}
    assert file_name_of(export) == f"penduduk-3510092003-{export.mark}.xlsx"
    names = list(Event.objects.order_by("pk").values_list("name", flat=True))
    assert names[-2:] == ["residents.export_asked", "residents.export_fetched"]


def test_everybody_in_it_is_written_down_as_seen_in_full() -> None:
    asked()
    rows = Access.objects.filter(purpose="export", revealed=True, by="sari")
    assert rows.count() == 3
    assert set(rows.values_list("reason", flat=True)) == {"laporan tahunan"}


def test_the_file_lies_sealed() -> None:
    export = asked("csv")
    assert SITI_NIK.encode() in content(export)
    assert not any(SITI_NIK.encode() in path.read_bytes() for path in kept_files())


def test_the_workbook_says_whose_it_is() -> None:
    export = asked()
    archive = zipfile.ZipFile(io.BytesIO(content(export)))
    for part in (
        "docProps/core.xml",
        "docProps/custom.xml",
        "xl/worksheets/sheet1.xml",
    ):
        assert export.mark in archive.read(part).decode()
    assert b"Keterangan" in archive.read("xl/workbook.xml")


@pytest.mark.parametrize("form", ["csv", "people"])
def test_the_csv_says_whose_it_is_below_the_end_mark(form: str) -> None:
    export = asked(form)
    last = content(export).decode("utf-8-sig").strip().splitlines()[-1]
    assert export.mark in last
    assert "sari" in last
    assert last.endswith("###")


def test_a_large_export_waits_for_somebody_else(large: None) -> None:
    export = asked()
    assert export.state == "waiting"
    item = WorkItem.objects.get(kind="residents.export_approval")
    with pytest.raises(CannotExport):
        decide_export(export=export, allow=True, by=SARI, at=LATER)

    decide_export(export=export, allow=True, by=HEAD, at=LATER)
    run_waiting()
    export.refresh_from_db()
    item.refresh_from_db()
    assert (export.state, export.decided_by, item.closed_by) == (
        "ready",
        "kades",
        "kades",
    )


@pytest.mark.closes("residents.export_approval")
def test_a_refused_export_is_never_made(large: None) -> None:
    export = decide_export(export=asked(), allow=False, by=HEAD, at=LATER)
    run_waiting()
    assert export.state == "refused"
    with pytest.raises(CannotExport):
        fetch_export(export=export, by=SARI, at=LATER)
    with pytest.raises(CannotExport):
        decide_export(export=export, allow=True, by=HEAD, at=LATER)


def test_only_whoever_asked_fetches_it_and_only_for_a_day() -> None:
    export = asked()
    with pytest.raises(CannotExport):
        fetch_export(export=export, by=HEAD, at=LATER)
    with pytest.raises(CannotExport):
        fetch_export(export=export, by=SARI, at=AT + timedelta(hours=24))


def test_the_file_is_deleted_after_a_day(large: None) -> None:
    before = kept_files()
    waiting, made = asked(), asked()
    decide_export(export=made, allow=True, by=HEAD, at=AT)
    run_waiting()
    assert work.expire_exports(at=AT + timedelta(hours=24)) == 1
    assert kept_files() == before
    assert work.expire_exports(at=AT + timedelta(days=7)) == 1
    waiting.refresh_from_db()
    assert waiting.state == "expired"


def test_budi_takes_nobody_out_of_the_village_of_sari(large: None) -> None:
    export = asked()
    with pytest.raises(OutsideYourArea):
        asked(by=BUDI)
    with pytest.raises(OutsideYourArea):
        decide_export(export=export, allow=True, by=BUDI, at=LATER)
    assert not exports_for(BUDI).exists()


def test_an_empty_village_has_nothing_to_take_out() -> None:
    with pytest.raises(CannotExport):
        asked(region_code=NEXT_DOOR, by=BUDI)


def test_a_job_that_comes_late_does_nothing() -> None:
    export = asked()
    made = export.made_at
    work.make_export(export_id=export.pk, at=LATER)
    export.refresh_from_db()
    assert export.made_at == made


@pytest.mark.parametrize(("people", "large"), [(500, False), (501, True)])
def test_more_than_500_people_are_many(people: int, large: bool) -> None:
    assert rules.is_large(people) is large


def test_export_approved_by_another(large: None) -> None:
    export = asked()
    with (
        pytest.raises(IntegrityError, match="export_approved_by_another"),
        transaction.atomic(),
    ):
        Export.objects.filter(pk=export.pk).update(decided_by="sari")


def test_export_large_needs_approval(large: None) -> None:
    export = asked()
    with (
        pytest.raises(IntegrityError, match="export_large_needs_approval"),
        transaction.atomic(),
    ):
        Export.objects.filter(pk=export.pk).update(made_at=AT)
