"""Ayu administers the kecamatan: she invites, gives, takes back and closes."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from smartkampung.accounts.models import Assignment, Session, Staff
from smartkampung.accounts.queries.factors import keys_of
from smartkampung.accounts.roles import Role
from smartkampung.kernel.sealed import blind_index
from tests.cast import (
    FAR_AWAY,
    HERE,
    KECAMATAN,
    NEXT_DOOR,
    RT_HERE,
    budi,
    english,
    sari,
    sign_in,
    staff,
)

pytestmark = pytest.mark.django_db
PAGE = "/staff/accounts/"
NEW = {
    "full_name": "Made Suardana",
    "username": "made.s",
    "language": "id",
    "role": "rt_head",
    "search": "Sumberwangi",
    "since": "2026-11-24",
}


def browser(account: Staff) -> Client:
    return sign_in(english(Client()), account)


@pytest.fixture
def ayu() -> Client:
    return browser(staff("ayu", Role.SYSTEM_ADMIN, KECAMATAN, name="Ayu Lestari"))


def test_the_list_finds_by_name_and_stays_in_the_area(ayu: Client) -> None:
    sari()
    staff("putu", Role.VILLAGE_OFFICER, FAR_AWAY, name="Putu Ariani")
    page = ayu.get(PAGE).content.decode()
    assert "Sari Wulandari" in page
    assert "Village officer, Sumberwangi" in page
    assert "Putu Ariani" not in page
    assert "Sari Wulandari" not in ayu.get(PAGE, {"q": "budi"}).content.decode()
    assert "Nobody in your area" in ayu.get(PAGE, {"q": "Putu"}).content.decode()


def test_the_list_costs_the_same_for_any_number(
    ayu: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        staff(f"officer{number}", Role.BABINSA, HERE)
    ayu.get(PAGE)  # the process now remembers the regency's name
    with django_assert_max_num_queries(9):
        ayu.get(PAGE)


def test_a_place_is_found_without_scripts_and_nothing_typed_is_lost(
    ayu: Client,
) -> None:
    page = ayu.post(f"{PAGE}invite/", {**NEW, "find": "1"})
    text = page.content.decode()
    assert page.status_code == 200
    assert f'value="region:{RT_HERE}"' in text
    assert 'value="Made Suardana"' in text
    assert 'class="errors"' not in text
    lost = ayu.post(f"{PAGE}invite/", {**NEW, "search": "nowhere", "find": "1"})
    assert "No such place in your area" in lost.content.decode()


def test_the_link_is_shown_once_and_leads_to_the_second_step(ayu: Client) -> None:
    page = ayu.post(f"{PAGE}invite/", {**NEW, "place": f"region:{RT_HERE}"})
    (path,) = re.findall(r"/accounts/invitation/[\w-]+/", page.content.decode())
    made = english(Client())
    assert "Welcome, Made Suardana" in made.get(path).content.decode()
    word = "kopi-pagi-di-kaki-ijen"
    answer = made.post(path, {"password": word, "again": word})
    assert answer["Location"] == "/accounts/2fa/"
    assert "One step is missing" in made.get("/accounts/2fa/").content.decode()
    assert made.get("/gallery/")["Location"] == "/accounts/2fa/"
    assert made.get(path).status_code == 404
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "told"),
    [
        ("short", "short", "12"),
        ("qwertyuiop123", "qwertyuiop123", "common"),
        ("kopi-pagi-di-ijen", "kopi-pagi-di-ijem", "differ"),
        ("made.suardana", "made.suardana", "similar"),
    ],
)
def test_weak_passwords_are_explained(
    ayu: Client, password: str, again: str, told: str
) -> None:
    page = ayu.post(f"{PAGE}invite/", {**NEW, "place": f"region:{RT_HERE}"})
    (path,) = re.findall(r"/accounts/invitation/[\w-]+/", page.content.decode())
    made = english(Client())
    answer = made.post(path, {"password": password, "again": again})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_an_invitation_for_an_account_with_a_second_step_asks_for_it(
    ayu: Client,
) -> None:
    account = sari()
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    page = ayu.post(f"{PAGE}{account.pk}/invite/").content.decode()
    (path,) = re.findall(r"/accounts/invitation/[\w-]+/", page)
    word = "kopi-pagi-di-kaki-ijen"
    thief = Client()
    answer = thief.post(path, {"password": word, "again": word})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert thief.get("/accounts/2fa/").status_code == 302


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"full_name": ""}, "id_full_name"),
        ({"username": "made suardana"}, "Begin with a letter"),
        ({"username": "3510094505850007"}, "Begin with a letter"),
        ({"username": "😀"}, "Begin with a letter"),
        ({"email": "made@"}, "id_email"),
        ({"role": "emperor"}, "id_role"),
        ({"since": "31-31-2026"}, "id_since"),
        ({"place": ""}, "choose it from the list"),
        ({"place": f"region:{FAR_AWAY}"}, "id_place"),
        ({"until": "2020-01-01"}, "last day must not come before"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_input_is_named_and_makes_nobody(
    ayu: Client, changes: dict[str, str], told: str
) -> None:
    page = ayu.post(f"{PAGE}invite/", {**NEW, "place": f"region:{RT_HERE}", **changes})
    assert page.status_code in {409, 422}
    assert told in page.content.decode()
    assert "Sumberwangi" in page.content.decode()
    assert not Staff.objects.filter(full_name="Made Suardana").exists()


def test_a_taken_username_is_told(ayu: Client) -> None:
    sari()
    page = ayu.post(
        f"{PAGE}invite/", {**NEW, "username": "Sari", "place": f"region:{RT_HERE}"}
    )
    assert page.status_code == 409
    assert "That username is taken" in page.content.decode()


def test_an_office_is_given_and_taken_back_with_a_reason(ayu: Client) -> None:
    account = budi()
    answer = ayu.post(
        f"{PAGE}{account.pk}/office/",
        {
            "role": "babinsa",
            "search": "karang",
            "place": f"region:{NEXT_DOOR}",
            "since": "2026-11-24",
        },
    )
    assert answer["Location"] == f"{PAGE}{account.pk}/"
    office = Assignment.objects.get(staff=account, role="babinsa")
    path = f"{PAGE}offices/{office.pk}/take/"
    assert ayu.post(path, {"reason": ""}).status_code == 422
    assert ayu.post(path, {"reason": "moved to Pesisir"}).status_code == 302
    office.refresh_from_db()
    assert (office.revoked_by, office.revoke_reason) == ("ayu", "moved to Pesisir")
    assert "Taken back" in ayu.get(f"{PAGE}{account.pk}/").content.decode()


def test_closing_an_account_ends_its_session_with_the_next_click(ayu: Client) -> None:
    account = sari()
    at_work = browser(account)
    assert at_work.get("/accounts/sessions/").status_code == 200
    ayu.post(f"{PAGE}{account.pk}/disable/", {"reason": "left the office"})
    assert at_work.get("/accounts/sessions/").status_code == 302
    assert not Session.objects.filter(staff=account).exists()
    ayu.post(f"{PAGE}{account.pk}/enable/")
    assert Staff.objects.get(pk=account.pk).is_active


def test_my_own_account_offers_nothing_and_refuses(ayu: Client) -> None:
    me = Staff.objects.get(username="ayu")
    page = ayu.get(f"{PAGE}{me.pk}/").content.decode()
    assert "your own account" in page
    assert "Give another office" not in page
    refused = ayu.post(f"{PAGE}{me.pk}/disable/", {"reason": "why not"})
    assert refused.status_code == 409
    assert "Another administrator" in refused.content.decode()


def test_a_lost_phone_takes_two_administrators(ayu: Client) -> None:
    dwi = browser(staff("dwi", Role.SYSTEM_ADMIN, KECAMATAN, name="Dwi"))
    account = sari()
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    ayu.post(f"{PAGE}{account.pk}/reset/", {"reason": "stolen on the ferry"})
    card = ayu.get(f"{PAGE}{account.pk}/").content.decode()
    assert "A second administrator must decide" in card
    (path,) = re.findall(
        rf"{PAGE}resets/\d+/decide/", dwi.get(f"{PAGE}{account.pk}/").content.decode()
    )
    assert ayu.post(path, {"answer": "grant"}).status_code == 302
    assert keys_of(account.pk)
    page = dwi.post(path, {"answer": "grant"})
    assert "/accounts/invitation/" in page.content.decode()
    assert not keys_of(account.pk)


def test_accounts_elsewhere_do_not_exist(ayu: Client) -> None:
    far = staff("putu", Role.VILLAGE_OFFICER, FAR_AWAY)
    for path in ("", "office/", "disable/", "reset/"):
        assert ayu.get(f"{PAGE}{far.pk}/{path}").status_code == 404


def test_an_officer_is_known_by_the_family_card_and_the_number_is_not_kept(
    ayu: Client,
) -> None:
    asked = {**NEW, "place": f"region:{RT_HERE}"}
    wrong = ayu.post(f"{PAGE}invite/", {**asked, "kk": "35100912"})
    assert wrong.status_code == 422
    assert "16" in wrong.content.decode()
    assert not Staff.objects.filter(username="made.s").exists()
    ayu.post(f"{PAGE}invite/", {**asked, "kk": "3510 0912 0411 0003"})
    made = Staff.objects.get(username="made.s")
    assert bytes(made.family_index or b"") == blind_index("3510091204110003", "kk")
    page = ayu.get(f"{PAGE}{made.pk}/").content.decode()
    assert "yes, by the family card" in page
    assert "3510091204110003" not in page
