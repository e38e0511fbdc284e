"""Finding people by name, birth and place, as officers really type."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access
from smartkampung.residents.bulk import count_words
from smartkampung.residents.models import NameWord, Person
from smartkampung.residents.queries import Wanted, finding, search
from tests.population import (
    BUDI,
    ENDANG,
    HERE,
    RT_HERE,
    RT_NEXT_DOOR,
    SARI,
    actor,
    family,
    person,
)

pytestmark = pytest.mark.django_db


def names(wanted: Wanted) -> list[str]:
    return [person.name for person in search(SARI, wanted).people]


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        pytest.param("Siti Aminah", "siti aminah", id="small letters"),
        pytest.param("Siti Aminah", "Aminah", id="one word of two"),
        pytest.param("Siti Aminah", "Aminah Siti", id="other order"),
        pytest.param("Siti Aminah", "Hj. St. Aminnah", id="title and spelling"),
        pytest.param("Siti Aminah", "Stii Aminah", id="swapped letters"),
        pytest.param("Siti Aminah", "Siti Aminag", id="wrong key"),
        pytest.param("Siti Aminah", "Sti Amina", id="letters missing"),
        pytest.param("Muhammad Rizqi", "Moch. Riski", id="variants and a typo"),
        pytest.param("Soekardi", "Sukardy", id="old spelling"),
        pytest.param("Nur Hasanah", "Nurhasanah", id="two words typed as one"),
        pytest.param("Nurhasanah", "Nur Hasanah", id="one word typed as two"),
        pytest.param("I Wayan Sudarma", "wayan sudarma", id="without the I"),
        pytest.param("Wahyuningtyastuti", "Wahyuningtiastutik", id="long name"),
    ],
)
def test_a_person_is_found_as_officers_type(recorded: str, typed: str) -> None:
    person(recorded)
    person("Bambang Prakoso")
    assert names(Wanted(name=typed)) == [recorded]


def test_the_exact_name_comes_first() -> None:
    for name in ("Siti Aminahwati Putri", "Siti Amina", "Aminah Siti", "Siti Aminah"):
        person(name)
    assert names(Wanted(name="Siti Aminah"))[0] == "Siti Aminah"


def test_birth_date_year_and_place_narrow() -> None:
    person("Siti Aminah", born_on=date(1985, 4, 12))
    person("Siti Aminah", born_on=date(1985, 5, 1), region=f"{HERE}.001.001")
    person("Siti Aminah", born_on=date(1986, 1, 1))
    person("Siti Aminah", born_on=None)
    assert len(names(Wanted(name="Siti"))) == 4
    assert len(names(Wanted(name="Siti", born_year=1985))) == 2
    assert len(names(Wanted(name="Siti", born_on=date(1985, 4, 12)))) == 1
    assert len(names(Wanted(name="Siti", region=f"{HERE}.001"))) == 1
    assert len(names(Wanted(born_on=date(1985, 4, 12)))) == 1


def test_nothing_to_search_by_finds_nobody() -> None:
    person("Siti Aminah")
    assert not Wanted(name="...", born_year=1985).is_enough
    assert search(SARI, Wanted(name="...")).people == []


def test_nobody_outside_is_found_counted_or_written_down() -> None:
    person("Siti Aminah", region=RT_NEXT_DOOR)
    found = search(SARI, Wanted(name="Siti Aminah"))
    assert (found.people, found.total, found.more) == ([], 0, False)
    assert not Access.objects.exists()
    assert search(BUDI, Wanted(name="Siti Aminah")).total == 1
    assert search(ENDANG, Wanted(name="Siti Aminah")).total == 1


def test_naming_a_region_outside_ones_own_opens_nothing() -> None:
    person("Siti Aminah", region=RT_NEXT_DOOR)
    assert search(SARI, Wanted(name="Siti", region="35.10")).people == []
    assert search(SARI, Wanted(name="Siti", region=RT_NEXT_DOOR)).people == []


def test_a_regency_wide_office_is_still_held_to_its_regency() -> None:
    person("Siti Aminah", region="35.11.01.2001.001.001")
    assert search(actor(Role.DINSOS, "35.10"), Wanted(name="Siti")).people == []


def test_roles_without_the_permission_find_nobody() -> None:
    person("Siti Aminah")
    leader = actor(Role.LEADERSHIP, "35.10")
    assert search(leader, Wanted(name="Siti")).people == []


def test_everybody_shown_is_a_look() -> None:
    shown = {person("Siti Aminah").pk, person("Siti Amina").pk}
    person("Bambang")
    search(SARI, Wanted(name="Siti Aminah"))
    looks = Access.objects.filter(purpose="resident.search", by="sari")
    assert {look.person_id for look in looks} == shown


def test_a_common_name_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 8)
    monkeypatch.setattr(finding, "SHOWN", 5)
    monkeypatch.setattr(finding, "PAGE", 2)
    household = family(None)
    for _ in range(12):
        person("Siti", household=household)
    first = search(SARI, Wanted(name="Siti"))
    assert (len(first.people), first.total, first.pages) == (2, 8, 3)
    assert first.more
    last = search(SARI, Wanted(name="Siti"), page=99)
    assert (last.page, len(last.people)) == (3, 1)
    assert search(SARI, Wanted(name="Siti"), page=-1).page == 1


def test_pages_do_not_repeat_anybody() -> None:
    household = family(None)
    everybody = {person("Siti", household=household).pk for _ in range(45)}
    pages = [search(SARI, Wanted(name="Siti"), page=page).people for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert {resident.pk for page in pages for resident in page} == everybody


def test_a_search_asks_at_most_nine_times() -> None:
    for _ in range(30):
        person("Siti Aminah")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        search(SARI, Wanted(name="Stii Aminah"))
    assert len(asked) <= 9


def test_words_of_new_and_changed_names_are_kept_whoever_writes_them() -> None:
    resident = person("Siti Aminah")
    Person.objects.filter(pk=resident.pk).update(name_folded="siti zulaiha")
    household = family(None)
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY residents_person (name, name_folded, sex, region_code, family_id,"
            " temporary_id, nik_flags, birth_place, citizenship, father_name,"
            " mother_name, status) FROM STDIN"
        ) as copy,
    ):
        copy.write_row(
            ("Rahayu", "rahayu", "P", RT_HERE, household.pk, "", 0, "", 1, "", "", "")
        )
    words = set(NameWord.objects.values_list("word", flat=True))
    assert {"siti", "aminah", "zulaiha", "rahayu"} <= words


def test_words_are_counted_and_the_commoner_is_the_likelier_meaning() -> None:
    household = family(None)
    for _ in range(3):
        person("Siti", household=household)
    person("Sita", household=household)
    assert count_words() == 1
    assert NameWord.objects.get(word="siti").people == 3
    assert count_words() == 0
