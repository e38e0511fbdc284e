"""Officers look through the families of a place; names typed never enter an address."""

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.regions.models import Region
from smartkampung.residents.queries import households
from tests import cast
from tests.cast import HERE, KECAMATAN, NEXT_DOOR, RT_HERE
from tests.population import family, person, wayan

pytestmark = pytest.mark.django_db
LIST = f"/staff/residents/families/in/{HERE}/"


@pytest.fixture
def sari(client: Client) -> Client:
    return cast.english(cast.sign_in(client, cast.sari()))


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_opens_where_the_officer_works(sari: Client) -> None:
    answer = sari.get("/staff/residents/families/")
    assert answer["Location"] == LIST


def test_a_place_can_be_chosen(sari: Client) -> None:
    answer = sari.get("/staff/residents/families/", {"place": RT_HERE})
    assert answer["Location"] == LIST.replace(HERE, RT_HERE)


def test_a_place_of_somebody_else_cannot(sari: Client) -> None:
    answer = sari.get("/staff/residents/families/", {"place": NEXT_DOOR})
    assert answer.status_code == 404


def test_a_family_stands_there_with_its_head_and_the_mask_of_its_number(
    sari: Client,
) -> None:
    card = wayan().family
    shown = text(sari, LIST)
    assert f'href="/staff/residents/families/{card.pk}/"' in shown
    assert "I Wayan Sudarma" in shown
    assert "••••0003" in shown
    assert "Jalan Kenanga 3" in shown


def test_the_health_centre_sees_no_card_number(client: Client) -> None:
    wayan()
    shown = text(cast.sign_in(client, cast.dr_ratna()), LIST)
    assert "I Wayan Sudarma" in shown
    assert "••••" not in shown


def test_the_next_page_begins_where_the_first_ends(
    sari: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(households, "SHOWN", 1)
    first, second = (person(name, household=family(None)) for name in ("Adi", "Budi"))
    shown = text(sari, LIST)
    assert "Adi" in shown
    assert "Budi" not in shown
    after = f"{RT_HERE}~{first.family_id}"
    assert f'href="?after={after}"' in shown
    shown = text(sari, f"{LIST}?after={after}")
    assert "Budi" in shown
    assert f"families/{second.family_id}/" in shown


def test_a_made_up_page_is_the_first_one(sari: Client) -> None:
    wayan()
    assert "I Wayan Sudarma" in text(sari, f"{LIST}?after=x'~1")


def test_a_name_finds_a_family_and_stays_out_of_the_address(sari: Client) -> None:
    wayan()
    person("Budi", household=family(None))
    answer = sari.post(LIST, {"name": "wayan"})
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert "I Wayan Sudarma" in shown
    assert "Budi" not in shown


def test_an_empty_name_says_what_to_type(sari: Client) -> None:
    answer = sari.post(LIST, {"name": " "})
    assert answer.status_code == 422
    assert "Type a name, or part of one." in answer.content.decode()


def test_where_nobody_lives_the_list_says_so(sari: Client) -> None:
    assert "No family here" in text(sari, LIST)


def test_the_camat_chooses_a_village_before_a_name(client: Client) -> None:
    camat = cast.english(cast.sign_in(client, cast.camat()))
    shown = text(camat, LIST.replace(HERE, KECAMATAN))
    assert "Name on the card" not in shown
    assert f'value="{HERE}"' in shown


def test_the_place_that_is_shown_is_chosen_and_names_are_escaped(
    client: Client,
) -> None:
    camat = cast.sign_in(client, cast.camat())
    Region.objects.filter(code=NEXT_DOOR).update(name="Karang <b>jati")
    shown = text(camat, LIST)
    assert f'<option value="{HERE}" selected>Sumberwangi</option>' in shown
    assert f'<option value="{NEXT_DOOR}">Karang &lt;b&gt;jati</option>' in shown


def test_nobody_without_the_permission_lists_families(client: Client) -> None:
    leader = cast.staff("bupati", Role.LEADERSHIP, "35.10")
    assert cast.sign_in(client, leader).get(LIST).status_code == 403
