"""Two officers at once: one after the other, and the second sees what the first did."""

from contextlib import suppress
from threading import Event
from time import sleep

import pytest
from django.db import IntegrityError, connection, transaction

from smartkampung.aid.imports import FACTORIES
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.imports import work
from smartkampung.residents.imports.actions import ask_to_apply, receive_import
from smartkampung.residents.imports.reading.records import Format
from smartkampung.residents.models import Family, Import, Person
from tests.cast import HERE, NEXT_DOOR, places
from tests.importing import AT, bring
from tests.population import SARI
from tests.races import at_once, together
from tests.workbooks import BAYU, FAMILY, SITI, workbook

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_village_twice_at_once_adds_everybody_once() -> None:
    places()
    data = workbook(*FAMILY)

    done = [each.summary.as_counts() for each in at_once(4, lambda: bring(data))]
    assert sorted(counts["new"] for counts in done) == [0, 0, 0, 3]
    assert sorted(counts["unchanged"] for counts in done) == [0, 3, 3, 3]
    assert (Person.objects.count(), Family.objects.count()) == (3, 1)


def test_two_previews_of_one_file_are_applied_once() -> None:
    places()
    data = workbook(*FAMILY)
    imports = []
    for _ in range(2):
        imports.append(
            receive_import(
                kind=Format.OPENSID,
                region_code=HERE,
                file_name="x.xlsx",
                blocks=[data],
                options={},
                by=SARI,
                at=AT,
            )
        )
    run_waiting()
    for imported in imports:
        ask_to_apply(imported=imported, by=SARI, at=AT)
    waiting = [imported.pk for imported in imports]

    def apply() -> None:
        with transaction.atomic():
            work.apply_import(
                import_id=waiting.pop(), by="sari", at=AT, factories=FACTORIES
            )

    at_once(2, apply)
    run_waiting()
    states = sorted(
        Import.objects.values_list("state", "counts__new", "counts__unchanged")
    )
    assert states == [("applied", 3, 0), ("ready", 0, 3)]
    assert Person.objects.count() == 3


def test_a_correction_made_meanwhile_is_not_lost() -> None:
    """Somebody without a NIK is locked like everybody else before being compared."""
    bring(workbook(BAYU))
    corrected = Event()

    def correct() -> None:
        with transaction.atomic():
            Person.objects.update(birth_place="SITUBONDO")
            corrected.set()
            until_somebody_waits()

    def import_file() -> None:
        assert corrected.wait(10)
        bring(workbook(BAYU | {"tempatlahir": "", "pekerjaan_id": 3}))

    together(correct, import_file)
    bayu = Person.objects.get()
    assert (bayu.birth_place, bayu.occupation) == ("SITUBONDO", 3)


def until_somebody_waits() -> None:
    """Return as soon as another transaction waits for a row of this one."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    raise AssertionError("nobody waited")


def test_one_nik_in_two_villages_at_once_belongs_to_one_of_them() -> None:
    """The other import fails whole; tried again, it proposes a move."""
    places()
    scopes = [HERE, NEXT_DOOR]

    def run() -> dict[str, int]:
        scope = scopes.pop()
        for _ in range(2):
            with suppress(IntegrityError):
                return bring(workbook(SITI), scope=scope).summary.as_counts()
        raise AssertionError("the second try failed as well")

    done = at_once(2, run)
    assert sorted((counts["new"], counts["review"]) for counts in done) == [
        (0, 1),
        (1, 0),
    ]
    assert Person.objects.count() == 1
