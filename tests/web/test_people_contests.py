"""Two people claim one NIK: an officer compares and decides, with a reason."""

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.residents.models import Person
from tests import cast
from tests.contests import contested
from tests.population import RT_NEXT_DOOR, WAYAN_NIK

pytestmark = pytest.mark.django_db
LIST = "/staff/residents/contested/"
REASON = "Both came with their cards; the one of Nyoman is right."


def signed_in(client: Client, account: Staff) -> Client:
    cast.english(client)
    return cast.sign_in(client, account)


@pytest.fixture
def sari(client: Client) -> Client:
    return signed_in(client, cast.sari())


def decide(client: Client, pk: int, outcome: str, reason: str = REASON) -> int:
    data = {"outcome": outcome, "reason": reason}
    return client.post(f"{LIST}{pk}/", data).status_code


def test_the_list_names_who_waits_and_shows_no_number(sari: Client) -> None:
    assert "No NIK is contested" in sari.get(LIST).content.decode()
    contested()
    text = sari.get(LIST).content.decode()
    assert "Nyoman" in text
    assert WAYAN_NIK[-4:] not in text
    assert (
        "1 NIK is claimed by two people"
        in sari.get("/staff/residents/").content.decode()
    )


def test_both_records_stand_side_by_side(sari: Client) -> None:
    claim = contested()
    text = sari.get(f"{LIST}{claim.pk}/").content.decode()
    assert "Wayan" in text
    assert "Nyoman" in text
    assert "The NIK agrees with area, birth date and sex on this record." in text
    assert "The NIK is of the other sex than the record." in text
    assert WAYAN_NIK not in text


@pytest.mark.parametrize(
    ("outcome", "owner"), [("holder_keeps", "Wayan"), ("claimant_takes", "Nyoman")]
)
def test_the_decision_is_carried_out(sari: Client, outcome: str, owner: str) -> None:
    claim = contested()
    assert decide(sari, claim.pk, outcome) == 302
    assert Person.objects.exclude(nik=None).get().name == owner
    text = sari.get(f"{LIST}{claim.pk}/").content.decode()
    assert REASON in text
    assert "Write down the decision" not in text
    assert "Nyoman" not in sari.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("outcome", "reason", "status"),
    [
        ("holder_keeps", "", 422),
        ("", REASON, 422),
        ("nobody", REASON, 422),
        ("holder_keeps", "no", 409),
        ("holder_keeps", "x" * 301, 422),
    ],
)
def test_bad_input_decides_nothing(
    sari: Client, outcome: str, reason: str, status: int
) -> None:
    claim = contested()
    assert decide(sari, claim.pk, outcome, reason) == status
    claim.refresh_from_db()
    assert claim.decided_at is None


def test_the_second_decision_is_told_that_it_came_late(sari: Client) -> None:
    claim = contested()
    decide(sari, claim.pk, "holder_keeps")
    assert decide(sari, claim.pk, "claimant_takes") == 409


def test_a_holder_next_door_is_not_shown_and_cannot_be_robbed(sari: Client) -> None:
    claim = contested(holder_region=RT_NEXT_DOOR)
    text = sari.get(f"{LIST}{claim.pk}/").content.decode()
    assert "Somebody outside your area" in text
    assert "Wayan" not in text
    assert decide(sari, claim.pk, "claimant_takes") == 422
    assert decide(sari, claim.pk, "holder_keeps") == 302


def test_the_kecamatan_decides_across_villages(client: Client) -> None:
    claim = contested(holder_region=RT_NEXT_DOOR)
    endang = signed_in(client, cast.camat())
    assert decide(endang, claim.pk, "claimant_takes") == 302


def test_budi_next_door_sees_nothing_and_the_rt_may_not_decide(client: Client) -> None:
    claim = contested()
    budi = signed_in(client, cast.budi())
    assert "Nyoman" not in budi.get(LIST).content.decode()
    assert budi.get(f"{LIST}{claim.pk}/").status_code == 404
    made = signed_in(Client(), cast.staff("made", Role.RT_HEAD, cast.RT_HERE))
    assert made.get(LIST).status_code == 403
