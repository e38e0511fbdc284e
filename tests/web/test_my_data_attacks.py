"""Guessing, replaying, borrowing and fixing: none of it opens another family's data."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartkampung.intake.actions import one_time
from smartkampung.intake.models import OneTimeCode
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now
from smartkampung.kernel.wording import hour
from smartkampung.notify.models import Message
from smartkampung.residents.actions.access import forget_ended
from smartkampung.residents.models import CodeRequest, Person, ResidentSession
from smartkampung.web.my_data import door
from tests import cast
from tests.cases import NOW
from tests.owndata import CODE, DOOR, HOME, Page, another, ask, body, code_sent, enter
from tests.population import WAYAN_KK, WAYAN_NIK, family, person, wayan

pytestmark = pytest.mark.django_db
STRANGER_NIK, STRANGER_KK = "3510094505850007", "3510090101150002"
GEDE_NIK, GEDE_KK = "3510092006790004", "3510090505120004"
GEDE_PHONE = "+6281298765432"
# What differs between any two answers, whoever they are about.
RANDOM = re.compile(r'csrfmiddlewaretoken" value="\w+')
VALUES = re.compile(r"s\d+_x\d+|'[^']*'|\\x[0-9a-f]+|\b\d+\b")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def people() -> Person:
    cast.places()
    return wayan()


def gede() -> Person:
    """Make the head of another family, with a phone of their own."""
    return person("I Gede Arta", GEDE_NIK, household=family(GEDE_KK, phone=GEDE_PHONE))


def stable(page: Page) -> tuple[int, str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Return status, body, headers and cookies without what is random in each."""
    headers = {k: v for k, v in page.headers.items() if k != "X-Request-ID"}
    cookies = tuple(
        f"{name}: {len(cookie.value)} {cookie['path']} {cookie['max-age']}"
        for name, cookie in sorted(page.cookies.items())
    )
    return (
        page.status_code,
        RANDOM.sub("", body(page)),
        tuple(sorted(headers.items())),
        cookies,
    )


PAIRS = {
    "known": (WAYAN_NIK, WAYAN_KK),
    "unknown NIK": (STRANGER_NIK, WAYAN_KK),
    "another KK": (WAYAN_NIK, STRANGER_KK),
    "nobody": (STRANGER_NIK, STRANGER_KK),
    "no phone": (GEDE_NIK, GEDE_KK),
    "dead": ("3510091204400008", "3510090505120008"),
}


def everybody() -> None:
    """Make a family without a phone, and somebody who died."""
    person("I Gede Arta", GEDE_NIK, household=family(GEDE_KK, phone=None))
    nik, kk = PAIRS["dead"]
    household = family(kk, phone="+6281377778888")
    person("Mbah Tukijan", nik, household=household, status="dead")


def visit(nik: str, kk: str) -> list[Page]:
    """Ask for a code and get it wrong, before and after the worker looked."""
    client = Client()
    client.get(DOOR)
    pages = [
        client.post(DOOR, {"nik": nik, "kk": kk}),
        client.get(CODE),
        client.post(CODE, {"digits": "123456"}),
    ]
    run_waiting()
    # A code that was sent is not guessed by this test by accident.
    OneTimeCode.objects.update(tries_left=5)
    pages += [client.post(CODE, {"digits": "123456"}) for _try in range(6)]
    return pages


class TestHitAndMiss:
    def test_every_answer_is_the_same_to_the_byte(self) -> None:
        everybody()
        answers = {name: visit(*pair) for name, pair in PAIRS.items()}
        known = [stable(page) for page in answers.pop("known")]
        assert [page[0] for page in known] == [302, 200, 422, *[422] * 6]
        for name, pages in answers.items():
            assert [stable(page) for page in pages] == known, name

    def test_every_request_runs_the_same_statements(self) -> None:
        everybody()
        visit("3510094505850009", STRANGER_KK)  # caches are warm now

        def statements(nik: str, kk: str) -> list[str]:
            with CaptureQueriesContext(connection) as first:
                client = Client()
                client.post(DOOR, {"nik": nik, "kk": kk})
                client.get(CODE)
                client.post(CODE, {"digits": "123456"})
            run_waiting()
            with CaptureQueriesContext(connection) as second:
                client.post(CODE, {"digits": "123456"})
            queries = [*first.captured_queries, *second.captured_queries]
            return [VALUES.sub("?", query["sql"]) for query in queries]

        known = statements(*PAIRS["known"])
        assert [sql for sql in known if "UPDATE" in sql], "the try was counted"
        for name, pair in PAIRS.items():
            if name != "known":
                assert statements(*pair) == known, name

    def test_the_request_asks_the_registry_nothing(self) -> None:
        with CaptureQueriesContext(connection) as captured:
            client = Client()
            client.post(DOOR, {"nik": WAYAN_NIK, "kk": WAYAN_KK})
            client.post(CODE, {"digits": "123456"})
        assert not [
            query["sql"]
            for query in captured.captured_queries
            if "residents_person" in query["sql"] or "residents_family" in query["sql"]
        ]

    def test_only_a_family_with_a_phone_gets_a_message(self) -> None:
        everybody()
        for pair in PAIRS.values():
            ask(Client(), *pair)
        message = Message.objects.get(template="code")
        assert (
            message.address.open()
            == Person.objects.get(name="I Wayan Sudarma").family.phone.open()
        )

    def test_nothing_of_the_numbers_stays(self) -> None:
        answer = ask(Client())
        assert not CodeRequest.objects.exists()
        cookie = answer.cookies["pending"].value
        assert WAYAN_NIK not in cookie
        assert WAYAN_NIK not in answer["Location"]


class TestGuessing:
    def test_five_wrong_codes_end_a_code(self) -> None:
        client = Client()
        ask(client)
        right = code_sent()
        for _try in range(5):
            assert client.post(CODE, {"digits": another(right)}).status_code == 422
        assert client.post(CODE, {"digits": right}).status_code == 422
        assert not ResidentSession.objects.exists()

    @pytest.mark.parametrize("pair", [PAIRS["known"], PAIRS["nobody"]])
    def test_three_codes_an_hour_and_six_a_day(
        self, pair: tuple[str, str], clock: time_machine.Traveller
    ) -> None:
        for _hour in range(2):
            for _time in range(3):
                assert ask(Client(), *pair).status_code == 302
            refused = ask(Client(), *pair)
            assert refused.status_code == 429
            assert "tidak ada kode yang dikirim" in body(refused)
            assert "sedang dikirim" not in body(refused)
            end = now().replace(minute=0, second=0) + timedelta(hours=1)
            # Days of limits begin at midnight UTC.
            again = "07.00 WIB" if _hour else hour(end)
            assert again in body(refused)
            clock.shift(timedelta(hours=1))
        assert ask(Client(), *pair).status_code == 429

    def test_more_members_are_not_more_guesses(
        self,
        people: Person,
        clock: time_machine.Traveller,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(one_time, "new_one_time_code", lambda: "246810")
        niks = [WAYAN_NIK, "3510095506880001", "3510094310140001"]
        for nik in niks[1:]:
            person("Anggota", nik, household=people.family, relation=4)
        client = Client()
        for _hour in range(2):
            clock.shift(timedelta(hours=1))
            for nik in niks:
                for _time in range(3):
                    assert ask(client, nik).status_code == 302
        assert Message.objects.filter(template="code").count() == 12
        # The last pair got a decoy, and the same answers.
        assert client.post(CODE, {"digits": "246810"}).status_code == 422

    def test_a_code_sent_before_still_opens_after_too_many(self) -> None:
        for _time in range(3):
            ask(Client())
        client = Client()
        assert ask(client).status_code == 429
        answer = client.post(CODE, {"digits": code_sent()})
        assert answer["Location"] == HOME

    def test_one_visitor_is_turned_away_after_sixty_tries(self) -> None:
        client = Client()
        ask(client)
        answers = [client.post(CODE, {"digits": "123456"}) for _try in range(61)]
        assert answers[-1].status_code == 429
        assert door.door.declared_limits == (door.ASKED, door.ASKED_BY_ALL)
        assert door.again.declared_limits == (door.ASKED, door.ASKED_BY_ALL)

    def test_a_code_of_strangers_that_is_guessed_right_opens_nothing(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        everybody()
        monkeypatch.setattr(one_time, "new_one_time_code", lambda: "246810")
        for name, pair in PAIRS.items():
            client = Client()
            ask(client, *pair)
            status = client.post(CODE, {"digits": "246810"}).status_code
            assert status == (302 if name == "known" else 422), name


class TestBorrowing:
    def test_a_code_opens_once(self) -> None:
        client = Client()
        ask(client)
        code = code_sent()
        assert client.post(CODE, {"digits": code})["Location"] == HOME
        thief = Client()
        ask_again = thief.post(DOOR, {"nik": WAYAN_NIK, "kk": WAYAN_KK})
        assert ask_again.status_code == 302
        assert thief.post(CODE, {"digits": code}).status_code == 422

    def test_a_code_lives_ten_minutes(self, clock: time_machine.Traveller) -> None:
        client = Client()
        ask(client)
        clock.shift(timedelta(minutes=10))
        assert client.post(CODE, {"digits": code_sent()}).status_code == 422

    def test_a_newer_code_replaces_the_older_one(self) -> None:
        client = Client()
        ask(client)
        older = code_sent()
        client.post(f"{CODE}again/")
        run_waiting()
        if older != code_sent():
            assert client.post(CODE, {"digits": older}).status_code == 422
        assert client.post(CODE, {"digits": code_sent()})["Location"] == HOME

    def test_a_code_phished_from_one_family_opens_that_family_only(self) -> None:
        gede()
        thief = Client()
        ask(thief, GEDE_NIK, GEDE_KK)
        ask(Client())
        phished = code_sent()
        assert thief.post(CODE, {"digits": phished}).status_code == 422
        assert thief.get(HOME)["Location"] == DOOR

    def test_a_code_for_reading_a_decision_does_not_open_it(self) -> None:
        client = Client()
        ask(client)
        code = code_sent()
        OneTimeCode.objects.update(purpose="aid.outcome")
        assert client.post(CODE, {"digits": code}).status_code == 422

    def test_two_families_see_their_own(self) -> None:
        gede()
        ours, theirs = Client(), Client()
        assert "I Wayan Sudarma" in body(enter(ours))
        page = body(enter(theirs, GEDE_NIK, GEDE_KK))
        assert "I Gede Arta" in page
        assert "Wayan" not in page
        assert "Gede" not in body(ours.get(HOME))

    def test_numbers_that_wait_in_one_browser_are_worth_nothing_after_a_while(
        self, clock: time_machine.Traveller
    ) -> None:
        client = Client()
        ask(client)
        clock.shift(timedelta(minutes=16))
        assert client.get(CODE)["Location"] == DOOR

    @pytest.mark.parametrize("value", ["", "x" * 30_000, "AAAA", "../../", "é"])
    def test_a_cookie_that_was_not_ours_is_ignored(self, value: str) -> None:
        client = Client()
        client.cookies["pending"] = value
        client.cookies["resident"] = value
        assert client.get(CODE)["Location"] == DOOR
        assert client.get(HOME)["Location"] == DOOR


class TestSessions:
    def test_a_session_that_somebody_planted_is_not_used(self) -> None:
        gede()
        thief, victim = Client(), Client()
        enter(thief, GEDE_NIK, GEDE_KK)
        planted = thief.cookies["resident"].value
        ask(victim)
        code = code_sent()
        victim.cookies["resident"] = planted
        page = victim.post(CODE, {"digits": code}, follow=True)
        assert "I Wayan Sudarma" in body(page)
        assert victim.cookies["resident"].value != planted
        # What was planted has ended, and shows the thief nothing of the victim.
        assert thief.get(HOME)["Location"] == DOOR

    def test_the_form_key_changes_on_the_way_in(self) -> None:
        client = Client()
        client.get(DOOR)
        before = client.cookies["csrf"].value
        enter(client)
        assert client.cookies["csrf"].value != before

    def test_the_table_alone_opens_nothing(self) -> None:
        client = Client()
        enter(client)
        row = ResidentSession.objects.get()
        thief = Client()
        thief.cookies["resident"] = bytes(row.key_hash).hex()
        assert thief.get(HOME)["Location"] == DOOR

    def test_what_ended_is_thrown_away_at_night(
        self, clock: time_machine.Traveller
    ) -> None:
        enter(Client())
        Client().post(DOOR, {"nik": WAYAN_NIK, "kk": WAYAN_KK})
        assert forget_ended(at=now()) == 0
        clock.shift(timedelta(days=1, seconds=1))
        assert forget_ended(at=now()) == 2
        assert not ResidentSession.objects.exists()
        assert not CodeRequest.objects.exists()

    def test_the_cookie_stays_out_of_scripts_and_other_sites(self) -> None:
        client = Client()
        enter(client)
        cookie = client.cookies["resident"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert not cookie["max-age"]

    def test_staff_and_residents_have_nothing_of_each_other(self) -> None:
        officer = cast.sign_in(Client(), cast.sari())
        assert officer.get(HOME)["Location"] == DOOR
        resident = Client()
        enter(resident)
        assert resident.get("/staff/")["Location"].startswith("/accounts/login/")
        enter(officer)
        assert officer.get("/staff/").status_code == 200
        officer.post("/my-data/sign-out/")
        assert officer.get("/staff/").status_code == 200
