"""Lists of employers and associations: whose rows they are, and what is wrong."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.sealed import keyring
from smartkampung.recovery.affected.models import Affected, AffectedList
from smartkampung.recovery.affected.rules.registration import same_name
from smartkampung.regions.codes import reached
from smartkampung.residents.imports import files
from smartkampung.residents.imports.reading.records import AffectedDraft, Fault, Issue
from smartkampung.residents.imports.rejections import RejectionBook
from smartkampung.residents.imports.source import Batch, Head
from smartkampung.residents.models import NIK, Person
from smartkampung.residents.rules.names import fold_name

Found = tuple[int, str, str, str, str]  # id, folded name, birth date, status, place


def lists_for(actor: Actor) -> QuerySet[AffectedList]:
    """Return the lists inside the actor's regions or their own, the latest first."""
    inside = reached("region_code", actor.regions_where(Permission.AFFECTED_IMPORT))
    own = Q(brought_by=actor.staff_id)
    return (
        AffectedList.objects.filter(inside | own)
        .select_related("sector")
        .order_by("-pk")
    )


def list_for(actor: Actor, list_id: int) -> AffectedList:
    """Return one list; 404 outside the actor's area."""
    return get_object_or_404(lists_for(actor), pk=list_id)


def stale_lists(*, before: datetime) -> QuerySet[AffectedList]:
    """Return the lists that nobody took over for so long; for the job that tidies."""
    ready = AffectedList.State.READY
    return AffectedList.objects.filter(state=ready, brought_at__lt=before)


class Row(NamedTuple):
    """One row that holds: whose it is, and what it tells."""

    line: int
    person_id: int
    place: str
    nik: str
    name: str
    born_on: str
    kind: str
    happened_on: str
    income_before: int | None
    income_after: int | None
    dependants: int | None
    skills: str


class Checker:
    """Looks at a list batch by batch: what holds, who is known, what is wrong."""

    def __init__(self, regions: Sequence[str], *, most_shown: int) -> None:
        self._inside = reached("region_code", regions)
        self._seen: dict[str, int] = {}
        self._keys = keyring()
        self._most = most_shown
        self.book = RejectionBook()
        self.rows: list[Row] = []
        self.problems: list[Issue] = []
        self.wrong_cells = self.rejected = self.known = self.read = 0

    def look_at(self, batch: Batch) -> None:
        """Check some thousand rows with two statements."""
        self.read += len(batch.drafts) + len(batch.rejected)
        for rejected in batch.rejected:
            self._reject(batch.head, rejected.raw, rejected.issues)
        drafts: list[AffectedDraft] = batch.drafts
        indexes = [self._keys.index(draft.nik, NIK) for draft in drafts]
        people = self._people(indexes)
        open_now = self._open({person[0] for person in people.values()})
        for draft, index in zip(drafts, indexes, strict=True):
            self._row(batch.head, draft, people.get(index), open_now)

    def _row(
        self, head: Head, draft: AffectedDraft, found: Found | None, open_now: set[int]
    ) -> None:
        issues = self._issues(head, draft, found)
        if issues or found is None:
            self._reject(head, list(draft.raw), issues)
            return
        self.known += found[0] in open_now
        self.rows.append(_row_of(draft, found))

    def _issues(
        self, head: Head, draft: AffectedDraft, found: Found | None
    ) -> list[Issue]:
        before = self._seen.setdefault(draft.nik, draft.line)
        if before != draft.line:
            return [head.issue(draft.line, "nik", Fault.REPEATED_ROW, before=before)]
        if found is None:
            return [head.issue(draft.line, "nik", Fault.NOBODY_HERE)]
        issues = []
        if found[3] != Person.Status.LIVING:
            issues.append(head.issue(draft.line, "nik", Fault.LIVES_NOT_HERE))
        born_agrees = bool(draft.born_on) and draft.born_on == found[2]
        if not born_agrees and not same_name(fold_name(draft.name), found[1]):
            issues.append(head.issue(draft.line, "nama", Fault.OTHER_NAME))
        return issues

    def _reject(self, head: Head, raw: list[str], issues: list[Issue]) -> None:
        self.rejected += 1
        self.wrong_cells += len(issues)
        self.book.add(head, raw, issues)
        if len(self.problems) < self._most:
            self.problems += issues

    def _people(self, indexes: list[bytes]) -> dict[bytes, Found]:
        rows: Any = Person.objects.filter(self._inside, nik_index__in=indexes)
        fields = ("nik_index", "pk", "name_folded", "born_on", "status", "region_code")
        return {
            bytes(index): (key, name, born.isoformat() if born else "", status, place)
            for index, key, name, born, status, place in rows.values_list(*fields)
        }

    def _open(self, people: set[int]) -> set[int]:
        rows = Affected.objects.filter(person__in=people, state__in=Affected.OPEN)
        return set(rows.values_list("person", flat=True))


def _row_of(draft: AffectedDraft, found: Found) -> Row:
    return Row(
        line=draft.line,
        person_id=found[0],
        place=found[4],
        nik=draft.nik,
        name=draft.name,
        born_on=draft.born_on,
        kind=draft.kind,
        happened_on=draft.happened_on,
        income_before=draft.income_before,
        income_after=draft.income_after,
        dependants=draft.dependants,
        skills=draft.skills,
    )


def rejected_rows(row: AffectedList) -> bytes | None:
    """Return the workbook of the rows that cannot be taken, if there are any."""
    if not row.rejected_path:
        return None
    return b"".join(files.blocks_of(row.rejected_path))
