"""Sari prints what is recorded for a resident without a phone, and it is written down."""

import pytest
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.audit.models import Access, Event
from smartkampung.residents.actions.copies import open_statement
from smartkampung.residents.models import ConsentChange, Person
from smartkampung.web.people import statements
from tests import cases, cast
from tests.owndata import body
from tests.population import NEXT_DOOR, RT_NEXT_DOOR, WAYAN_NIK, actor, person, wayan

pytestmark = pytest.mark.django_db
REASON = "Diminta sendiri, tidak punya HP."
GOOD = {"reason": REASON, "seen_ktp": "on"}


@pytest.fixture
def me() -> Person:
    cast.places()
    return wayan()


@pytest.fixture
def sari(client: Client) -> Client:
    return cast.sign_in(client, cast.sari())


def url(who: Person) -> str:
    return f"/staff/residents/{who.pk}/statement/"


def test_the_page_of_a_person_leads_to_it(sari: Client, me: Person) -> None:
    assert url(me) in body(sari.get(f"/staff/residents/{me.pk}/"))


def test_it_comes_as_a_pdf_with_aid_and_looks(client: Client, me: Person) -> None:
    desk = cases.desk()
    cases.call(cases.at_the_counter(desk, me), desk.sari)
    cast.sign_in(client, Staff.objects.get(username="sari"))
    answer = client.post(url(me), GOOD)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"


def test_every_look_is_written_down_with_the_reason(sari: Client, me: Person) -> None:
    child = person("Ni Putu Ayu", household=me.family, relation=4)
    sari.post(url(me), GOOD)
    looks = Access.objects.filter(purpose="resident.statement")
    assert {(look.by, look.role, look.reason) for look in looks} == {
        ("sari", "village_officer", REASON)
    }
    assert looks.filter(person_id=me.pk, revealed=True).count() == 3
    assert looks.filter(person_id=child.pk).count() == 1
    event = Event.objects.get(name="residents.data_copied")
    assert (event.by, event.target_id) == ("sari", str(me.pk))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"seen_ktp": "on"}, "Tulis untuk apa"),
        ({"seen_ktp": "on", "reason": "minta"}, "10 huruf"),
        ({"seen_ktp": "on", "reason": f"Untuk NIK {WAYAN_NIK}"}, "Jangan menulis"),
        ({"reason": REASON}, "minta KTP-nya"),
        ({"seen_ktp": "on", "reason": "a" * 201}, "200 huruf"),
    ],
    ids=["no reason", "a short one", "a number in it", "no KTP", "a long one"],
)
def test_without_ktp_and_reason_nothing_is_printed(
    sari: Client, me: Person, data: dict[str, str], words: str
) -> None:
    answer = sari.post(url(me), data)
    assert answer.status_code == 422
    assert words in body(answer)
    assert not Access.objects.filter(revealed=True).exists()
    assert not Event.objects.filter(name="residents.data_copied").exists()


def test_it_shows_nobody_who_lives_outside_the_area(me: Person) -> None:
    person("Ni Luh Jauh", household=me.family, region=RT_NEXT_DOOR)
    sari, camat = (
        actor(Role.VILLAGE_OFFICER, cast.HERE),
        actor(Role.VILLAGE_HEAD, cast.HERE, NEXT_DOOR),
    )
    for by, names in (
        (sari, ["I Wayan Sudarma"]),
        (camat, ["I Wayan Sudarma", "Ni Luh Jauh"]),
    ):
        copy = open_statement(person=me, reason=REASON, by=by)
        assert sorted(row.name for row in copy.card.members) == names


def test_next_door_it_does_not_exist(client: Client, me: Person) -> None:
    budi = cast.sign_in(client, cast.budi())
    assert budi.get(url(me)).status_code == 404
    assert budi.post(url(me), GOOD).status_code == 404


def test_only_the_village_office_prints() -> None:
    assert statements.statement.declared_permission == Permission.STATEMENT_PRINT


def test_with_a_phone_on_record_the_page_says_that_they_can_read_it_themselves(
    sari: Client, me: Person
) -> None:
    assert "Data saya" in body(sari.get(url(me)))


class TestConsentsAtTheDesk:
    def place(self, who: Person) -> str:
        return f"/staff/residents/{who.pk}/consents/"

    def test_sari_writes_down_what_a_family_without_a_phone_says(
        self, sari: Client, me: Person
    ) -> None:
        assert self.place(me) in body(sari.get(url(me)))
        no = {"purpose": "house_photos", "given": "no"}
        page = sari.post(self.place(me), no, follow=True)
        assert "Setujui lagi: Foto rumah" in body(page)
        change = ConsentChange.objects.get()
        assert (change.family, change.given, change.by) == (me.family, False, "sari")
        assert sari.post(self.place(me), no).status_code == 409
        assert sari.post(self.place(me), {}).status_code == 422

    def test_next_door_nobody_does(self, client: Client, me: Person) -> None:
        budi = cast.sign_in(client, cast.budi())
        no = {"purpose": "house_photos", "given": "no"}
        assert budi.post(self.place(me), no).status_code == 404
        assert not ConsentChange.objects.exists()
