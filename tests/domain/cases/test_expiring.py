"""A file of who is ill is not kept for longer than it is needed."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.reopening.cases.actions.files import KEPT, expire_files
from smartkampung.reopening.cases.models import CaseFile
from smartkampung.reopening.cases.models.files import ROWS
from smartkampung.reopening.cases.queries.files import rejected_rows
from smartkampung.residents.imports import files
from tests.cast import HERE, dr_ratna, places
from tests.confirmed import DAY, noon

pytestmark = pytest.mark.django_db
State = CaseFile.State


def brought(state: str, **more: object) -> CaseFile:
    """Return a file that was read at noon, with a workbook of rejected rows."""
    return CaseFile.objects.create(
        region_code=HERE,
        state=state,
        rejected_path=files.keep([b"names"], folder="case-files"),
        problems=[["A2", "nama", "Komang", "x"]],
        brought_by=dr_ratna(),
        brought_at=noon(DAY),
        **more,
    )


@pytest.mark.parametrize("state", [State.READY, State.TAKEN])
def test_after_thirty_days_nothing_of_a_file_is_left(
    state: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    places()
    act_as(Kind.JOB)
    taken = {"ended_by": "ratna", "ended_at": noon(DAY), "written": 1}
    more = taken if state == State.TAKEN else {"rows": Sealed.of("[]", ROWS)}
    row = brought(state, **more)
    assert expire_files(at=noon(DAY) + KEPT) == 0
    assert rejected_rows(row) == b"names"
    path = row.rejected_path
    later = noon(DAY) + KEPT + timedelta(seconds=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert expire_files(at=later) == 1
    row.refresh_from_db()
    assert row.state == (State.TAKEN if state == State.TAKEN else State.LEFT)
    assert (row.rows, row.problems, row.rejected_path) == (None, [], "")
    with pytest.raises(FileNotFoundError):
        list(files.blocks_of(path))
    assert expire_files(at=later) == 0
