"""Whatever people a registry holds, a file takes all of them there and back."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from smartkampung.residents.exports.rows import people_of
from smartkampung.residents.exports.writing import (
    Watermark,
    opensid_csv,
    opensid_workbook,
    people_csv,
)
from smartkampung.residents.imports.giving_back import person_cells
from smartkampung.residents.imports.reading.cells import guard, unguard
from smartkampung.residents.imports.reading.fields import KEPT_TEXTS
from smartkampung.residents.imports.reading.records import Format, PersonDraft
from smartkampung.residents.models import Person
from tests.cast import HERE
from tests.importing import bring, registry, undo
from tests.workbooks import workbook

pytestmark = pytest.mark.django_db
CASES = settings(max_examples=15)
MARK = Watermark("ABC", "sari", "24-11-2026", "Sumberwangi", "=uji; @coba")
# Letters and signs that spreadsheets, encodings and formulas stumble over.
letters = st.text(
    st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg '=+-@,;\"éñ.\u0645\U0001f476"),
    min_size=1,
    max_size=20,
)
words = letters.map(lambda t: " ".join(t.split())).filter(
    lambda t: t not in ("", "-") and unguard(t) == t
)
codes = st.none() | st.integers(1, 120)
births = st.none() | st.dates(date(1900, 1, 1), date(2026, 11, 24))


@st.composite
def villages(draw: Any) -> list[PersonDraft]:
    """A village: people with NIK, with a temporary id, or with neither."""
    people = []
    for number in range(draw(st.integers(1, 12))):
        born, sex = draw(births), draw(st.sampled_from("LP"))
        kind = draw(st.sampled_from(["nik", "nik", "temporary", "none"]))
        card = draw(st.integers(0, 3))
        day = (born or date(1990, 1, 1)).day + (40 if sex == "P" else 0)
        month = (born or date(1990, 1, 1)).month
        extra = draw(st.dictionaries(st.sampled_from(KEPT_TEXTS), words, max_size=3))
        people.append(
            PersonDraft(
                line=0,
                nik=f"351009{day:02}{month:02}90{number + 1:04}"
                if kind == "nik"
                else "",
                temporary_id=f"03510092003{number:05}" if kind == "temporary" else "",
                kk=f"351009150110{card:04}" if card else "",
                name=f"{draw(words)} {number}",
                sex=sex,
                born_on=born.isoformat() if born else "",
                birth_place=draw(st.just("") | words),
                religion=draw(codes),
                education=draw(codes),
                occupation=draw(codes),
                marital_status=draw(codes),
                blood_type=draw(codes),
                citizenship=draw(st.integers(1, 3)),
                relation=draw(codes),
                father_name=draw(st.just("") | words),
                mother_name=draw(st.just("") | words),
                status=draw(st.sampled_from(["living", "dead", "moved", "missing"])),
                dusun="Krajan",
                rw=draw(st.sampled_from(["", "000", "001", "012"])),
                rt=draw(st.sampled_from(["001", "007"])),
                address=draw(st.just("") | words),
                details=extra or None,
            )
        )
    return people


def as_workbook(people: list[PersonDraft]) -> bytes:
    return workbook(*map(person_cells, people))


@CASES
@given(people=villages())
def test_nobody_is_lost_and_nobody_is_doubled(people: list[PersonDraft]) -> None:
    with transaction.atomic():
        done = bring(as_workbook(people))
        counts = done.summary.as_counts()
        assert sum(counts.values()) == len(people)
        assert counts["rejected"] == 0
        assert Person.objects.count() == counts["new"]
        stored = {(p.name, p.sex, p.born_on) for p in Person.objects.all()}
        for person in people:
            born = date.fromisoformat(person.born_on) if person.born_on else None
            assert (person.name, person.sex, born) in stored
        again = bring(as_workbook(people)).summary.as_counts()
        assert again["unchanged"] == counts["new"]
        assert again["new"] == again["changed"] == 0
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("write", "kind"),
    [
        (opensid_workbook, Format.OPENSID),
        (opensid_csv, Format.OPENSID),
        (people_csv, Format.PEOPLE),
    ],
)
@CASES
@given(people=villages())
def test_what_is_exported_and_imported_changes_nothing(
    write: Any, kind: Format, people: list[PersonDraft]
) -> None:
    with transaction.atomic():
        bring(as_workbook(people))
        before = registry()
        data = write([given.draft for given in people_of(HERE)], MARK)

        counts = bring(data, kind=kind).summary.as_counts()
        assert counts["unchanged"] == len(before[0]) == sum(counts.values())
        assert registry() == before
        transaction.set_rollback(True)


@CASES
@given(people=villages(), others=villages())
def test_undo_gives_back_any_registry(
    people: list[PersonDraft], others: list[PersonDraft]
) -> None:
    with transaction.atomic():
        bring(as_workbook(people))
        before = registry()
        imported = undo(bring(as_workbook(others)).imported)
        assert imported.kept == []
        assert registry() == before
        transaction.set_rollback(True)


@CASES
@given(people=villages())
def test_no_cell_of_an_export_can_be_calculated(people: list[PersonDraft]) -> None:
    for write in (opensid_csv, people_csv):
        said = write(people, MARK).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(said)):
            for cell in row:
                assert cell in ("", "-") or cell[0] not in "=+-@\t\r" or is_number(cell)


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@given(value=st.text())
def test_a_guarded_text_comes_back_as_it_was(value: str) -> None:
    assert unguard(guard(value)) == value
    assert guard(value)[:1] not in set("=+-@\t\r")
