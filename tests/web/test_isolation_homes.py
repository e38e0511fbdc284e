"""Sari asks a household at home what it eats; the kitchen reads numbers and an address."""

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.isolation.models import Eats, HomeTable, Stay
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.watching import isolated

pytestmark = pytest.mark.django_db
MEALS = "/staff/isolation/houses/meals/"


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1]


def test_sari_writes_down_what_a_household_at_home_eats_and_needs() -> None:
    act_as(Kind.JOB)
    cast.places()
    at = now()
    home = isolated(cast.RT_HERE, at=at)
    sari = cast.sign_in(cast.english(Client()), cast.sari())
    url = f"{MEALS}homes/{home.party}/"
    shown = text(sari, MEALS)
    assert "1 person eats." in shown
    assert "At home: Jalan Kawah 3" in shown
    assert f'href="{url}"' in shown
    assert "Made" not in shown, "no page of meals shows a name"
    assert "Made" not in text(sari, url)

    told = {"diet": "no_meat", "baby_food": ""}
    done = sari.post(f"{url}{home.stay}/", told, follow=True).content.decode()
    assert "Saved. The kitchen reads it." in done
    wrong = sari.post(f"{url}{home.stay}/", {"diet": "gold"}, follow=True)
    assert "Choose what is eaten there." in wrong.content.decode()
    bad = sari.post(url, {"supplies": "NIK 3510091203900001"})
    assert bad.status_code == 422
    wants = {"cooks_itself": "on", "supplies": "beras, popok"}
    sari.post(url, wants)
    shown = text(sari, MEALS)
    assert "0 people eat." in shown
    assert "beras, popok" in shown
    act_as(Kind.JOB)
    assert Eats.objects.get().diet == "no_meat"
    assert HomeTable.objects.get().cooks_itself


def test_who_cooks_elsewhere_or_only_watches_reads_nothing_of_it() -> None:
    act_as(Kind.JOB)
    cast.places()
    home = isolated(cast.RT_HERE, at=now())
    budi = cast.sign_in(cast.english(Client()), cast.budi())
    assert "Jalan Kawah" not in text(budi, MEALS)
    assert budi.get(f"{MEALS}homes/{home.party}/").status_code == 404
    babinsa = cast.staff("one", Role.BABINSA, cast.HERE)
    client = cast.sign_in(cast.english(Client()), babinsa)
    assert client.get(MEALS).status_code == 403
    act_as(Kind.JOB)
    assert Stay.objects.get().name == "Made"
