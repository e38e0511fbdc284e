"""What the database promises about cases and zones, each by its name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Model

from smartkampung.accounts.models import Staff
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.reopening.cases.actions.deciding import decide_day
from smartkampung.reopening.cases.models import (
    Case,
    CaseFile,
    Heard,
    House,
    ZoneDay,
    ZoneRow,
)
from smartkampung.residents.models import NIK
from tests.cast import HERE, RT_HERE, dr_ratna
from tests.confirmed import DAY, case, noon
from tests.population import WAYAN_NIK, family

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Case:
    return case(address="Mawar 5", nik=WAYAN_NIK)


def broken(act: Callable[[], object]) -> str | None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return constraint_name(caught.value)


def another(row: Case, **changes: Any) -> Callable[[], object]:
    """Return how to write a row like one, but for some fields."""
    told = {
        field.name: getattr(row, field.name)
        for field in Case._meta.concrete_fields
        if field.name not in ("id", "nik", "nik_index")
    }
    return lambda: Case.objects.create(**{**told, **changes})


def sealed() -> dict[str, Any]:
    return {"nik": Sealed.of(WAYAN_NIK, NIK), "nik_index": blind_index(WAYAN_NIK, NIK)}


def test_case_house_once(row: Case) -> None:
    same = {"region_code": RT_HERE, "key": row.house.key}
    assert broken(lambda: House.objects.create(**same)) == "case_house_once"


def test_case_house_of_family_once() -> None:
    card = family()
    act_as(Kind.JOB)
    House.objects.create(region_code=RT_HERE, key="a", family=card)
    again = {"region_code": RT_HERE, "key": "b", "family": card}
    assert broken(lambda: House.objects.create(**again)) == "case_house_of_family_once"


def test_case_of_a_nik_once(row: Case) -> None:
    later = another(row, **sealed(), confirmed_on=DAY - timedelta(days=89))
    assert broken(later) == "case_of_a_nik_once"
    another(row, **sealed(), confirmed_on=DAY - timedelta(days=90))()


def test_case_nik_is_indexed(row: Case) -> None:
    assert broken(another(row, nik=sealed()["nik"])) == "case_nik_is_indexed"


def test_case_confirmed_by_then(row: Case) -> None:
    tomorrow = another(row, confirmed_on=DAY + timedelta(days=1))
    assert broken(tomorrow) == "case_confirmed_by_then"


def test_case_end_says_when(row: Case) -> None:
    assert broken(another(row, outcome="died")) == "case_end_says_when"
    early = another(row, outcome="died", outcome_on=DAY - timedelta(days=1))
    assert broken(early) == "case_end_says_when"


def test_case_withdrawn_says_why(row: Case) -> None:
    rows = Case.objects.filter(pk=row.pk)
    nameless = broken(lambda: rows.update(withdrawn_at=noon(DAY)))
    assert nameless == "case_withdrawn_says_why"


def test_case_withdrawn_for_good(row: Case) -> None:
    rows = Case.objects.filter(pk=row.pk)
    rows.update(withdrawn_at=noon(DAY), withdrawn_by="ratna", withdrawn_reason="Salah")
    restored = {"withdrawn_at": None, "withdrawn_by": "", "withdrawn_reason": ""}
    assert broken(lambda: rows.update(**restored)) == "case_withdrawn_for_good"


def test_case_corrected_once(row: Case) -> None:
    another(row, replaces=row)()
    assert broken(another(row, replaces=row)) == "case_corrected_once"


def test_case_only_withdrawn(row: Case) -> None:
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Case.objects.filter(pk=row.pk).update(confirmed_on=DAY - timedelta(days=1))


def test_case_kept(row: Case) -> None:
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        Case.objects.filter(pk=row.pk).delete()


def test_heard_once(row: Case) -> None:
    same = {"village_code": HERE, "day": DAY, "at": noon(DAY), "by": "ratna"}
    assert broken(lambda: Heard.objects.create(**same)) == "heard_once"


def refuses_change(model: type[Model], **changes: Any) -> None:
    rows = model._default_manager.all()
    assert rows.exists()
    with (
        pytest.raises(DatabaseError, match="Cannot update or delete"),
        transaction.atomic(),
    ):
        rows.update(**changes)
    with (
        pytest.raises(DatabaseError, match="Cannot update or delete"),
        transaction.atomic(),
    ):
        rows._raw_delete(rows.db)


def test_heard_append_only(row: Case) -> None:
    refuses_change(Heard, by="somebody")


def test_zone_day_append_only(row: Case) -> None:
    decide_day(on=DAY, at=noon(DAY + timedelta(days=1)))
    refuses_change(ZoneDay, rts=0)


def test_zone_row_append_only(row: Case) -> None:
    decide_day(on=DAY, at=noon(DAY + timedelta(days=1)))
    refuses_change(ZoneRow, houses=0)


def test_zone_row_once(row: Case) -> None:
    kept = decide_day(on=DAY, at=noon(DAY + timedelta(days=1))).rows.get(
        region_code=RT_HERE
    )
    same = {"day": kept.day, "region_code": RT_HERE, "houses": 1, "colour": "red"}
    assert broken(lambda: ZoneRow.objects.create(**same)) == "zone_row_once"


def test_case_file_end_is_signed() -> None:
    brought: Staff = dr_ratna()
    act_as(Kind.JOB)
    told = {"region_code": HERE, "brought_by": brought, "brought_at": noon(DAY)}
    unsigned = broken(lambda: CaseFile.objects.create(**told, state="taken"))
    assert unsigned == "case_file_end_is_signed"
