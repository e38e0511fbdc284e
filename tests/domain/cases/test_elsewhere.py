"""A nurse of one kecamatan learns nothing of who is ill in another."""

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access, Event
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from smartkampung.reopening.cases.actions.files import check_file, receive_file
from smartkampung.reopening.cases.actions.recording import (
    CaseKnown,
    Told,
    record_case,
    withdraw_case,
)
from smartkampung.reopening.cases.models import Case, CaseFile
from smartkampung.residents.imports import source
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.cast import FAR_AWAY, HERE, REGENCY
from tests.confirmed import DAY, RATNA, case, noon
from tests.domain.imports.conftest import read_here
from tests.population import WAYAN_NIK, actor, wayan

pytestmark = pytest.mark.django_db
NIK = "3510101505800003"
MAYA = actor(Role.DINKES, REGENCY, username="maya")


@pytest.fixture
def nurse() -> Actor:
    """Somebody who tells of cases in a village far away."""
    cast.places()
    staff = cast.staff("komang_nurse", Role.PUSKESMAS_OFFICER, FAR_AWAY)
    return actor_for(staff, on=DAY)


def brought(by: Actor, place: str, *niks: str) -> CaseFile:
    """Return a file of somebody that was read."""
    village = Region.objects.get(code=place).name
    rows = "".join(f"Orang,{DAY},{nik},{village}\n" for nik in niks)
    text = "nama,tanggal_konfirmasi,nik,desa\n" + rows
    act_as(Kind.JOB)
    row = receive_file(blocks=[text.encode()], by=by, at=noon(DAY))
    check_file(file_id=row.pk, at=noon(DAY))
    row.refresh_from_db()
    return row


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "read", read_here)


def test_a_file_does_not_tell_who_is_ill_elsewhere(nurse: Actor) -> None:
    case(nik=NIK)
    row = brought(nurse, FAR_AWAY, NIK, "3510101505800004")
    assert (row.total, row.rejected, row.problems) == (2, 0, [])


def test_a_file_that_asks_of_ones_own_cases_is_a_look() -> None:
    ratna = cast.dr_ratna()
    resident = wayan()
    case(nik=WAYAN_NIK, name="Wayan")
    stranger = case(nik=NIK)
    by = actor_for(ratna, on=DAY)
    row = brought(by, HERE, NIK, WAYAN_NIK)
    assert row.rejected == 2
    assert Access.objects.filter(person_id=resident.pk, by="ratna").exists()
    seen = Event.objects.filter(name="cases.seen", by="ratna")
    assert [one.target_id for one in seen] == [str(stranger.pk)]


def test_a_case_of_elsewhere_is_taken_and_dinkes_decides(nurse: Actor) -> None:
    first = case(nik=NIK)
    told = Told(name="Komang", place=FAR_AWAY, confirmed_on=DAY, nik=NIK)
    second = record_case(told=told, by=nurse, at=noon(DAY))
    work = WorkItem.objects.get(kind="cases.twice")
    assert (work.region_code, work.target) == (REGENCY, f"cases.case:{second.pk}")
    with pytest.raises(CaseKnown):
        record_case(told=told, by=nurse, at=noon(DAY))
    with pytest.raises(CaseKnown):
        record_case(told=told, by=MAYA, at=noon(DAY))
    withdraw_case(case=first, reason="Pindah", by=RATNA, at=noon(DAY))
    work.refresh_from_db()
    assert work.closed_at is not None
    assert Case.objects.filter(withdrawn_at=None).get() == second
