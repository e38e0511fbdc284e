"""The heavy part of exports: what jobs and the command line do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from smartkampung.audit.actions import record, revealed_in_bulk
from smartkampung.regions.queries import places
from smartkampung.residents.exports.models import Export
from smartkampung.residents.exports.rows import Given, count_people, people_of
from smartkampung.residents.exports.writing import (
    Watermark,
    opensid_csv,
    opensid_workbook,
    people_csv,
)
from smartkampung.residents.imports import files
from smartkampung.residents.imports.models import Import
from smartkampung.residents.imports.reading.records import PersonDraft

READY_FOR = timedelta(hours=24)
STRAY_AFTER = timedelta(days=1)
PURPOSE = "export"
State = Export.State
Writer = Callable[[Iterable[PersonDraft], Watermark], bytes]
WRITERS: Mapping[str, Writer] = {
    Export.Format.WORKBOOK: opensid_workbook,
    Export.Format.CSV: opensid_csv,
    Export.Format.PEOPLE: people_csv,
}


def make_export(*, export_id: int, at: datetime) -> None:
    """Make the file of an allowed export, sealed, and write down whose data it holds."""
    export = Export.objects.select_for_update(no_key=True).get(pk=export_id)
    if export.state != State.MAKING:
        return
    content = write_people(
        region_code=export.region_code,
        form=export.format,
        mark=export.mark,
        by=export.asked_by,
        role="",
        reason=export.reason,
        at=at,
    )
    export.path = files.keep([content])
    export.state, export.made_at = State.READY, at
    export.expires_at = at + READY_FOR
    export.save()


def write_people(
    *,
    region_code: str,
    form: str,
    mark: str,
    by: str,
    role: str,
    reason: str,
    at: datetime,
) -> bytes:
    """Return the file of an area's people; every one of them is written down as seen."""
    place = places([region_code])[region_code]
    watermark = Watermark(
        mark=mark,
        by=by,
        at=at.strftime("%d-%m-%Y %H.%M WIB"),
        place=f"{place.village} ({region_code})",
        reason=reason,
    )
    seen: list[int] = []
    content = WRITERS[form](_noting(people_of(region_code), seen), watermark)
    revealed_in_bulk(person_ids=seen, by=by, role=role, purpose=PURPOSE, reason=reason)
    return content


def bring_out(
    *, region_code: str, form: str, mark: str, by: str, reason: str, at: datetime
) -> tuple[bytes, int]:
    """Return an export for the command line, with the number of people in it."""
    with transaction.atomic():
        people = count_people(region_code)
        content = write_people(
            region_code=region_code,
            form=form,
            mark=mark,
            by=by,
            role="",
            reason=reason,
            at=at,
        )
        export = Export.objects.create(
            region_code=region_code,
            format=form,
            reason=reason,
            people=people,
            large=False,
            state=State.EXPIRED,
            asked_by=by,
            asked_at=at,
            made_at=at,
            expires_at=at,
            mark=mark,
        )
        record(
            "residents.export_fetched",
            target=export,
            by=by,
            region_code=region_code,
            people=people,
            mark=mark,
        )
    return content, people


def expire_exports(*, at: datetime) -> int:
    """Delete files and requests whose time is over; return how many."""
    over = Export.objects.filter(
        expires_at__lte=at, state__in=[State.WAITING, State.READY]
    )
    count = 0
    for export in over:
        files.forget(export.path)
        export.path, export.state = "", State.EXPIRED
        export.save(update_fields=["path", "state"])
        count += 1
    return count


def forget_strays(*, at: datetime) -> int:
    """Delete the files that neither an import nor an export names; return how many.

    A process that was killed between writing a file and its row leaves such.
    """
    named = [
        Import.objects.values_list("path", flat=True),
        Import.objects.values_list("rejections_path", flat=True),
        Export.objects.values_list("path", flat=True),
    ]
    known = {path for paths in named for path in paths if path}
    return files.forget_strays(known=known, older_than=at - STRAY_AFTER)


def _noting(people: Iterator[Given], seen: list[int]) -> Iterator[PersonDraft]:
    for given in people:
        seen.append(given.person_id)
        yield given.draft
