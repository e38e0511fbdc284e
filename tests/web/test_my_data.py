"""Wayan reads what is recorded about his family, decides, and takes a copy."""

import json
import uuid
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from smartkampung.aid.actions.decide import decide_claim
from smartkampung.aid.models import Batch, Entitlement
from smartkampung.aid.rules.claims import Reason
from smartkampung.aid.words import REASONS
from smartkampung.audit.actions import looked
from smartkampung.audit.models import Access, Event
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.actions import opt_out
from smartkampung.residents.imports.models import DETAILS, FamilyDecile, PersonDetail
from smartkampung.residents.models import ConsentChange, LifeEvent, Person
from tests import cases, cast
from tests.cases import NOW, Desk
from tests.corrections import asked
from tests.owndata import CODE, DOOR, HOME, body, enter
from tests.population import WAYAN_KK, WAYAN_NIK, WAYAN_PHONE, person, wayan

pytestmark = pytest.mark.django_db
REASON = "Dibacakan ke bank, warga hadir."


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk() -> Desk:
    return cases.desk(budget=5)


@pytest.fixture
def me() -> Person:
    cast.places()
    return wayan()


@pytest.fixture
def client(client: Client, me: Person) -> Client:
    """Wayan's phone, with his data open."""
    assert enter(client).status_code == 200
    return client


def ketut(me: Person) -> Person:
    """Make Wayan's wife."""
    return person(
        "Ni Ketut Sulastri",
        "3510095506880001",
        household=me.family,
        born_on=date(1988, 6, 15),
        sex="P",
        relation=3,
    )


def test_the_first_page_and_the_foot_of_every_page_lead_here(client: Client) -> None:
    stranger = Client()
    assert body(stranger.get("/")).count('href="/my-data/"') == 2
    assert 'href="/my-data/"' in body(stranger.get("/t/"))


def test_the_own_record_and_the_family_stand_there_as_on_the_card(
    client: Client, me: Person
) -> None:
    ketut(me)
    page = body(client.get(HOME))
    assert "I Wayan Sudarma" in page
    assert "12 April 1985" in page
    assert "RT 007 RW 002, Sumberwangi, Lereng" in page
    assert "Jalan Kenanga 3" in page
    assert "Ni Ketut Sulastri" in page
    assert "15 Juni 1988" in page


def test_numbers_are_masked_on_the_page(client: Client) -> None:
    page = body(client.get(HOME))
    for number in (WAYAN_NIK, WAYAN_KK, WAYAN_PHONE):
        assert number not in page
        assert "•" + number[-4:] in page


def test_aid_shows_its_status_and_the_day_to_expect_it(
    client: Client, desk: Desk, me: Person
) -> None:
    due = cases.approved(desk, me)
    cases.listed(me, "pkh")
    page = body(client.get(HOME))
    assert "belum ditetapkan" in page
    act_as(Kind.JOB)
    batch = cases.announced(desk, due)
    Batch.objects.filter(pk=batch.pk).update(
        hand_over_on=date(2026, 11, 28), place="Balai desa"
    )
    page = body(client.get(HOME))
    assert "Program Keluarga Harapan" in page
    assert "Sabtu, 28 November 2026, Balai desa" in page


def test_an_open_case_shows_its_clock(client: Client, desk: Desk, me: Person) -> None:
    cases.claim_of(me)
    page = body(client.get(HOME))
    assert "Selasa, 1 Desember 2026" in page
    assert "Petugas desa" in page
    assert 'aria-current="step"' in page


def test_a_refusal_shows_every_reason(client: Client, desk: Desk, me: Person) -> None:
    claim = cases.claim_of(me)
    cases.visit(claim, desk.sari, recommends=False)
    decide_claim(
        claim=claim,
        approved=False,
        programme=None,
        reasons=[Reason.CHECKER_ADVISES_AGAINST, Reason.NOT_FOUND_AT_ADDRESS],
        by=desk.endang,
        at=NOW,
    )
    page = body(client.get(HOME))
    assert str(REASONS[Reason.CHECKER_ADVISES_AGAINST]) in page
    assert str(REASONS[Reason.NOT_FOUND_AT_ADDRESS]) in page
    assert "24 Desember 2026" in page


class TestWhoLooked:
    def test_office_and_reason_stand_there_and_no_private_name(
        self, client: Client, me: Person
    ) -> None:
        sari = cast.sari()
        looked(
            person_ids=[me.pk],
            by=sari.username,
            role="village_officer",
            purpose="resident.nik",
            reason=REASON,
        )
        page = body(client.get("/my-data/looks/"))
        assert "Perangkat desa, Sumberwangi" in page
        assert REASON in page
        assert "24 November 2026, 09.00 WIB" in page
        assert "Sari" not in page
        assert sari.username not in page

    def test_the_own_look_stands_there_too(self, client: Client) -> None:
        page = body(client.get("/my-data/looks/"))
        assert "Keluarga Anda sendiri" in page
        assert "Membuka data keluarga sendiri" in page

    def test_looks_at_the_wife_are_hers_alone(self, client: Client, me: Person) -> None:
        wife = ketut(me)
        looked(
            person_ids=[wife.pk],
            by="ratna",
            role="puskesmas_officer",
            purpose="resident.page",
            reason="Kunjungan ibu.",
        )
        assert "Kunjungan ibu." not in body(client.get("/my-data/looks/"))
        assert "Kunjungan ibu." not in body(client.get(HOME))
        assert "Kunjungan ibu." not in body(client.post("/my-data/copy/json/"))

    def test_many_looks_come_in_pages(self, client: Client, me: Person) -> None:
        for _time in range(30):
            looked(person_ids=[me.pk], by="x", role="rt_head", purpose="family.page")
        assert body(client.get("/my-data/looks/")).count("Ketua RT") == 25
        assert body(client.get("/my-data/looks/?page=2")).count("Ketua RT") == 5


class TestConsents:
    def test_a_consent_is_taken_back_at_once_and_given_again(
        self, client: Client, me: Person
    ) -> None:
        page = client.post(
            "/my-data/consents/",
            {"purpose": "news_messages", "given": "no"},
            follow=True,
        )
        assert "Sudah dicatat" in body(page)
        assert "Setujui lagi: Kabar lewat SMS" in body(page)
        assert "24 November 2026, 09.00 WIB" in body(page)
        change = ConsentChange.objects.get()
        assert (change.family, change.given, change.by) == (me.family, False, "family")
        client.post("/my-data/consents/", {"purpose": "news_messages", "given": "yes"})
        assert "Cabut: Kabar lewat SMS" in body(client.get("/my-data/consents/"))

    def test_a_stop_by_text_stands_there_and_is_lifted_by_agreeing_again(
        self, client: Client, me: Person
    ) -> None:
        yes = {"purpose": "area_news", "given": "yes"}
        client.post("/my-data/consents/", yes)
        assert me.family.phone is not None
        opt_out(phone=me.family.phone, through="sms", at=NOW, purpose="area_news")
        shown = body(client.get("/my-data/consents/"))
        assert "Telepon keluarga membalas STOP" in shown
        assert "Setujui lagi: Kabar tentang desa" in shown
        assert "Cabut: Kabar lewat SMS" in shown
        client.post("/my-data/consents/", yes)
        assert "membalas STOP untuk" not in body(client.get("/my-data/consents/"))

    def test_pressing_twice_is_told(self, client: Client) -> None:
        no = {"purpose": "house_photos", "given": "no"}
        client.post("/my-data/consents/", no)
        again = client.post("/my-data/consents/", no)
        assert again.status_code == 409
        assert "memang sudah begitu" in body(again)

    @pytest.mark.parametrize(
        "data", [{}, {"purpose": "aid", "given": "no"}, {"purpose": "house_photos"}]
    )
    def test_what_is_no_consent_changes_nothing(
        self, client: Client, data: dict[str, str]
    ) -> None:
        assert client.post("/my-data/consents/", data).status_code == 422
        assert not ConsentChange.objects.exists()


class TestTheCopy:
    def test_json_holds_everything_with_the_numbers_in_full(
        self, client: Client, desk: Desk, me: Person
    ) -> None:
        wife = ketut(me)
        cases.call(cases.at_the_counter(desk, me), desk.sari)
        answer = client.post("/my-data/copy/json/")
        assert "attachment" in answer["Content-Disposition"]
        copy = json.loads(answer.content)
        assert copy["about"]["nik"] == WAYAN_NIK
        assert copy["about"]["religion"] is None
        assert copy["family"]["kk"] == WAYAN_KK
        assert copy["family"]["phone"] == WAYAN_PHONE
        assert [row["name"] for row in copy["family"]["members"]] == [
            "I Wayan Sudarma",
            wife.name,
        ]
        assert copy["aid"]["cases"][0]["state"] == "handed_over"
        assert copy["aid"]["visits"][0]["answers"]
        assert copy["aid"]["hand_overs"][0]["outcome"] == "received"
        assert {row["purpose"] for row in copy["consents"]} == {
            "news_messages",
            "house_photos",
            "area_news",
        }
        assert copy["looks"]

    def test_what_files_and_events_brought_is_in_it(
        self, client: Client, me: Person
    ) -> None:
        PersonDetail.objects.create(
            person=me, box=Sealed.of(json.dumps({"akta_lahir": "123/2001"}), DETAILS)
        )
        FamilyDecile.objects.create(
            family=me.family, decile=2, source="DTSEN 2026", on=NOW.date()
        )
        asked(me)
        LifeEvent.objects.create(
            act=uuid.uuid4(),
            kind="move_in",
            person=me,
            family=me.family,
            happened_on=NOW.date(),
            joined_region=me.region_code,
            elsewhere="Jember",
            recorded_by="sari",
            recorded_at=NOW,
        )
        copy = json.loads(client.post("/my-data/copy/json/").content)
        assert copy["about"]["details"] == {"akta_lahir": "123/2001"}
        assert copy["family"]["decile"]["decile"] == 2
        assert copy["life_events"][0]["elsewhere"] == "Jember"
        assert copy["corrections"][0]["field"] == "birth_place"
        assert client.post("/my-data/copy/pdf/").content.startswith(b"%PDF-")

    def test_pdf_is_a_file_to_print(
        self, client: Client, desk: Desk, me: Person
    ) -> None:
        cases.call(cases.at_the_counter(desk, me), desk.sari)
        cases.listed(me, "pkh")
        answer = client.post("/my-data/copy/pdf/")
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")

    def test_taking_it_is_written_down(self, client: Client, me: Person) -> None:
        client.post("/my-data/copy/json/")
        event = Event.objects.get(name="residents.data_copied")
        assert (event.by, event.target_id) == ("family", str(me.pk))
        looks = Access.objects.filter(person_id=me.pk, purpose="own.copy")
        assert looks.filter(revealed=True, by="family").count() == 3
        assert "Mengambil salinan" in body(client.get("/my-data/looks/"))

    def test_a_copy_is_never_made_by_following_a_link(self, client: Client) -> None:
        assert client.get("/my-data/copy/json/").status_code == 405
        assert client.get("/my-data/copy/pdf/").status_code == 405


class TestTheWayInAndOut:
    def test_who_is_in_is_led_past_the_door(self, client: Client) -> None:
        assert client.get(DOOR)["Location"] == HOME

    def test_without_a_phone_on_record_the_office_is_the_way(self, me: Person) -> None:
        assert "kantor desa" in body(Client().get(DOOR))

    @pytest.mark.parametrize(
        ("nik", "kk", "words"),
        [
            ("", "", "Isi NIK"),
            (WAYAN_NIK[:-1], WAYAN_KK, "Yang diketik 15 angka"),
            (WAYAN_NIK, "35100x", "Nomor KK hanya berisi angka"),
            ("3510098599850003", WAYAN_KK, "tanggal lahir"),
        ],
        ids=["nothing", "15 digits", "a letter", "day 85"],
    )
    def test_bad_numbers_are_said_and_kept(self, nik: str, kk: str, words: str) -> None:
        page = Client().post(DOOR, {"nik": nik, "kk": kk})
        assert page.status_code == 422
        assert words in body(page)
        assert f'value="{kk}"' in body(page) or not kk

    def test_the_code_page_without_numbers_leads_to_the_door(self) -> None:
        for answer in (Client().get(CODE), Client().post(f"{CODE}again/")):
            assert answer["Location"] == DOOR

    def test_signing_out_ends_it_here_and_in_the_database(self, client: Client) -> None:
        stolen = client.cookies["resident"].value
        answer = client.post("/my-data/sign-out/")
        assert answer["Clear-Site-Data"] == '"cache"'
        assert client.get(HOME)["Location"] == DOOR
        client.cookies["resident"] = stolen
        assert client.get(HOME)["Location"] == DOOR

    def test_it_closes_after_fifteen_minutes_of_rest(
        self, client: Client, clock: time_machine.Traveller
    ) -> None:
        clock.shift(timedelta(minutes=14))
        assert client.get(HOME).status_code == 200
        clock.shift(timedelta(minutes=14))
        assert client.get(HOME).status_code == 200
        clock.shift(timedelta(minutes=15))
        answer = client.get(HOME, follow=True)
        assert "demi keamanan" in body(answer)

    def test_it_closes_after_an_hour_in_any_case(
        self, client: Client, clock: time_machine.Traveller
    ) -> None:
        for _quarter in range(5):
            clock.shift(timedelta(minutes=11))
            assert client.get(HOME).status_code == 200
        clock.shift(timedelta(minutes=5))
        assert client.get(HOME).status_code == 302

    def test_browsers_keep_nothing(self, client: Client) -> None:
        for url in (HOME, "/my-data/looks/", "/my-data/consents/", "/my-data/copy/"):
            assert client.get(url)["Cache-Control"] == "no-store"
        assert client.post("/my-data/copy/json/")["Cache-Control"] == "no-store"
        assert "no-store" in client.post("/my-data/sign-out/").headers.get(
            "Cache-Control", "no-store"
        )

    def test_whoever_left_the_family_is_out(self, client: Client, me: Person) -> None:
        Person.objects.filter(pk=me.pk).update(family=person("Nyoman").family)
        assert client.get(HOME)["Location"] == DOOR

    def test_it_opens_nothing_for_the_dead(self, client: Client, me: Person) -> None:
        Person.objects.filter(pk=me.pk).update(status="dead")
        assert client.get(HOME)["Location"] == DOOR


def test_a_case_that_ended_needs_no_clock(
    client: Client, desk: Desk, me: Person
) -> None:
    due = cases.at_the_counter(desk, me)
    cases.call(due, desk.sari)
    assert Entitlement.objects.get().pk == due.pk
    page = body(client.get(HOME))
    assert "sudah diserahkan" in page
    assert 'aria-current="step"' not in page
