"""Staff compare two records, decide, merge them, and part them again."""

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access
from smartkampung.duplicates.models import Pair
from smartkampung.residents.models import Person
from tests import cast
from tests.contests import contested
from tests.doubles import double, merge, pair_of, twice
from tests.population import RT_NEXT_DOOR, WAYAN_NIK, person, wayan

pytestmark = pytest.mark.django_db
LIST = "/staff/duplicates/"
REASON = "Both cards lie on my desk; his mother confirmed it."


@pytest.fixture
def sari(client: Client) -> Client:
    return cast.sign_in(cast.english(client), cast.sari())


def decide(client: Client, pair: Pair, outcome: object, reason: str = REASON) -> int:
    data = {"outcome": outcome, "reason": reason}
    return client.post(f"{LIST}{pair.pk}/", data).status_code


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_list_shows_what_waits_and_writes_the_looks_down(sari: Client) -> None:
    assert "No records to compare" in text_of(sari, LIST)
    first, second, pair = twice()
    text = text_of(sari, LIST)
    assert f"{LIST}{pair.pk}/" in text
    assert "one person" in text
    looks = Access.objects.filter(purpose="resident.duplicates")
    assert {look.person_id for look in looks} == {first.pk, second.pk}


def test_the_page_says_field_by_field_why(sari: Client) -> None:
    _first, _second, pair = twice()
    text = text_of(sari, f"{LIST}{pair.pk}/")
    assert "one is a short form of the other" in text
    assert "same day" in text
    assert "speaks strongly for one person" in text
    assert "in the same RT" in text
    assert 'class="for"' in text
    assert WAYAN_NIK not in text


def test_a_merge_is_written_down_and_shown_and_can_be_undone(sari: Client) -> None:
    first, second, pair = twice()
    assert decide(sari, pair, first.pk) == 302
    second.refresh_from_db()
    assert second.merged_into == first
    text = text_of(sari, f"{LIST}{pair.pk}/")
    assert "Part the two records again" in text
    assert "the two records themselves" in text
    assert first.name in text_of(sari, f"{LIST}merged/")
    undone = sari.post(
        f"{LIST}merged/{pair.merges.get().pk}/undo/", {"reason": REASON}, follow=True
    )
    assert "Both records are as they were before" in undone.content.decode()
    second.refresh_from_db()
    assert second.merged_into is None
    assert "parted again" in text_of(sari, f"{LIST}merged/")


def test_an_undo_says_what_was_changed_since(sari: Client) -> None:
    first, second = wayan(), double(mother_name="Ni Sari")
    pair = pair_of(first, second)
    row = merge(pair, first)
    Person.objects.filter(pk=first.pk).update(mother_name="Ni Luh Sari")
    answer = sari.post(f"{LIST}merged/{row.pk}/undo/", {"reason": REASON}, follow=True)
    text = answer.content.decode()
    assert "1 value was changed since the merge" in text
    assert "1 was changed since, and stays as it is now" in text


def test_two_people_are_not_asked_about_again(sari: Client) -> None:
    _first, _second, pair = twice()
    assert decide(sari, pair, "different") == 302
    assert "No records to compare" in text_of(sari, LIST)
    assert "Two people" in text_of(sari, f"{LIST}{pair.pk}/")


def test_who_cannot_tell_passes_it_on(sari: Client, client: Client) -> None:
    _first, _second, pair = twice()
    assert decide(sari, pair, "later") == 302
    assert sari.get(f"{LIST}{pair.pk}/").status_code == 404
    endang = cast.sign_in(cast.english(Client()), cast.camat())
    assert "Passed on, because it could not be told" in text_of(
        endang, f"{LIST}{pair.pk}/"
    )


@pytest.mark.parametrize("reason", ["", "yes", f"NIK {WAYAN_NIK} is right"])
def test_a_bad_reason_is_told_and_nothing_typed_is_lost(
    sari: Client, reason: str
) -> None:
    first, _second, pair = twice()
    answer = sari.post(f"{LIST}{pair.pk}/", {"outcome": first.pk, "reason": reason})
    assert answer.status_code in {409, 422}
    text = answer.content.decode()
    assert f'value="{first.pk}"' in text
    assert "checked" in text
    assert reason in text


def test_an_undo_without_a_reason_is_refused(sari: Client) -> None:
    first, _second, pair = twice()
    row = merge(pair, first)
    for reason, status in (("", 422), ("yes", 409)):
        answer = sari.post(f"{LIST}merged/{row.pk}/undo/", {"reason": reason})
        assert answer.status_code == status


def test_a_merge_that_breaks_a_promise_says_what_to_do_first(sari: Client) -> None:
    for nik in ("3510091204850007", "3510091204850008"):
        person("Komang", nik)
    first = contested(
        person("Putu"),
        holder=person("Made", "3510091204850005"),
        nik="3510091204850005",
    ).claimant
    second = contested(
        person("Putu"),
        holder=person("Ketut", "3510091204850006"),
        nik="3510091204850006",
    ).claimant
    pair = pair_of(first, second)
    answer = sari.post(f"{LIST}{pair.pk}/", {"outcome": first.pk, "reason": REASON})
    assert answer.status_code == 409
    assert "Decide one of the two claims first" in answer.content.decode()


def test_a_pair_across_villages_is_for_the_kecamatan(sari: Client) -> None:
    pair = pair_of(wayan(), person("Wayan Sudarma", region=RT_NEXT_DOOR))
    assert sari.get(f"{LIST}{pair.pk}/").status_code == 404
    endang = cast.sign_in(cast.english(Client()), cast.camat())
    assert endang.get(f"{LIST}{pair.pk}/").status_code == 200


def test_who_claims_one_nik_can_be_compared(sari: Client) -> None:
    claim = contested()
    page = f"/staff/residents/contested/{claim.pk}/"
    assert "registered twice" in text_of(sari, page)
    answer = sari.post(f"{LIST}contested/{claim.pk}/", follow=True)
    assert "the same NIK, claimed by both" in answer.content.decode()
    assert "speaks strongly against" in answer.content.decode()


def test_the_record_names_its_double_and_what_stands_for_it(sari: Client) -> None:
    first, second, pair = twice()
    page = f"/staff/residents/{second.pk}/"
    assert "Another record looks like the same person" in text_of(sari, page)
    merge(pair, first)
    text = text_of(sari, page)
    assert "This record was merged" in text
    assert f"/staff/residents/{first.pk}/" in text
    assert "Another record looks like" not in text


def test_an_rt_head_does_not_decide(client: Client) -> None:
    account = cast.staff("made", Role.RT_HEAD, cast.RT_HERE)
    assert cast.sign_in(client, account).get(LIST).status_code == 403
