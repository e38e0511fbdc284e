"""An officer of the Puskesmas sees people; people in isolation report themselves."""

import html
import uuid
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.isolation.models import Check, Reading, Stay
from smartkampung.isolation.monitoring import bulk
from smartkampung.isolation.monitoring.rules.health import Symptom, Told
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import HealthCentre, ServedVillage
from tests import cast
from tests.isolating import a_reservation
from tests.watching import CODE, due, look, on_day, present, ratna, rights

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_day")]
LIST = "/staff/isolation/monitoring/"
MINE = f"/isolation/health/{CODE}/"
ILL = Told(
    unwell=True,
    temperature=Decimal("38.4"),
    symptoms=(Symptom.COUGH,),
    note="Batuk darah.",
)


@pytest.fixture
def second_day() -> Iterator[None]:
    """Let pages be opened on the morning of the second day."""
    with time_machine.travel(on_day(2), tick=False):
        yield


def enter(account: Staff) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), account)


def enter_as(role: Role, place: str = cast.HERE) -> Client:
    """Sign an officer with this role in."""
    return enter(cast.staff(f"one-{role}", role, place))


def doctor() -> Client:
    """Sign dr. Ratna in, who exists already."""
    return enter(Staff.objects.get(username="ratna"))


def filled(**answers: object) -> dict[str, object]:
    """Fill the form of a look in."""
    return {"form_id": str(uuid.uuid4()), **answers}


def test_she_walks_her_list_and_writes_down_how_wayan_is() -> None:
    stay, _by = present(), ratna()
    row = due(stay, at=on_day(2))
    page = doctor().get(LIST).content.decode()
    assert "Wayan" in page
    assert "2 of 14" in page
    assert "1 still to see, 0 seen or reported." in page

    url = f"{LIST}looks/{row.pk}/"
    assert "Wayan" in doctor().get(url).content.decode()
    answers = filled(
        outcome="seen",
        state="unwell",
        temperature="38,4",
        spo2="93",
        symptoms=["fever", "cough"],
        note="Sejak tadi malam.",
    )
    done = doctor().post(url, answers, follow=True).content.decode()
    assert "Wayan: written down." in done
    assert "0 still to see, 1 seen or reported." in done
    assert "see at once" in done
    act_as(Kind.JOB)
    reading = Reading.objects.get()
    assert (reading.temperature, reading.spo2) == (Decimal("38.4"), 93)
    assert reading.symptoms == ["fever", "cough"]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, "Choose what came of it."),
        ({"outcome": "seen"}, "Choose whether they are well."),
        ({"outcome": "seen", "state": "well", "temperature": "3,8"}, "such as 36.7"),
        ({"outcome": "seen", "state": "well", "temperature": "warm"}, "such as 36.7"),
        ({"outcome": "seen", "state": "well", "spo2": "7"}, "between 50 and 100"),
        ({"outcome": "seen", "state": "well", "spo2": "x"}, "as a number"),
        (
            {"outcome": "seen", "state": "well", "note": "NIK 3510091203900001"},
            "number",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(
    answers: dict[str, str], words: str
) -> None:
    stay, _by = present(), ratna()
    row = due(stay, at=on_day(2))
    answer = doctor().post(f"{LIST}looks/{row.pk}/", filled(**answers))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Check.objects.exists()


def test_a_look_of_yesterday_is_refused_with_words() -> None:
    stay, _by = present(), ratna()
    row = due(stay, at=on_day(1))
    answer = doctor().post(f"{LIST}looks/{row.pk}/", filled(outcome="absent"))
    assert answer.status_code == 409
    assert "it stands as missed" in answer.content.decode()


def test_her_own_list_has_only_her_people() -> None:
    stay, _by = present(), ratna()
    due(stay, at=on_day(2))
    assert "Wayan" in doctor().get(LIST, {"who": "mine"}).content.decode()
    tono = cast.staff("tono", Role.PUSKESMAS_OFFICER, centre=cast.PUSKESMAS)
    page = enter(tono).get(LIST, {"who": "mine"}).content.decode()
    assert "Nobody to look after" in page
    assert "Show everybody here" in page


def test_dinkes_looks_at_one_puskesmas_at_a_time() -> None:
    due(present(), at=on_day(2))
    HealthCentre.objects.create(code="P1", name="Abadi", village_id=cast.FAR_AWAY)
    ServedVillage.objects.create(centre_id="P1", village_id=cast.FAR_AWAY)
    dinkes = enter_as(Role.DINKES, cast.REGENCY)
    first = dinkes.get(LIST).content.decode()
    assert "Nobody to look after" in first
    assert "Abadi" in first
    shown = dinkes.get(LIST, {"centre": cast.PUSKESMAS}).content.decode()
    assert "Wayan" in shown


def test_one_tap_says_that_somebody_is_well() -> None:
    stay, _by = present(code=CODE), ratna()
    due(stay, at=on_day(2))
    phone = cast.english(Client())
    assert "Wayan is well" in phone.get(MINE).content.decode()
    tap = {
        "stay": str(stay.pk),
        f"p{stay.pk}-form_id": str(uuid.uuid4()),
        f"p{stay.pk}-state": "well",
    }
    thanks = phone.post(MINE, tap, follow=True).content.decode()
    assert "Thank you, Wayan." in thanks
    assert "reported today" in thanks
    phone.post(MINE, tap)
    act_as(Kind.JOB)
    assert Check.objects.get().outcome == "reported"
    assert not Reading.objects.get().unwell
    listed = doctor().get(LIST).content.decode()
    assert "reported by themselves" in listed


def test_who_is_not_well_says_what_they_suffer_from() -> None:
    stay, _by = present(code=CODE), ratna()
    phone = cast.english(Client())
    mine = f"p{stay.pk}"
    told = {
        "stay": str(stay.pk),
        f"{mine}-form_id": str(uuid.uuid4()),
        f"{mine}-state": "unwell",
        f"{mine}-temperature": "39,4",
        f"{mine}-symptoms": ["breathless"],
    }
    wrong = phone.post(MINE, told | {f"{mine}-temperature": "390"})
    assert wrong.status_code == 422
    assert "such as 36.7" in wrong.content.decode()
    after = phone.post(MINE, told, follow=True).content.decode()
    words = after.split("<main")[1]
    assert "39,4" not in words, "nothing of it is shown again"
    assert "39.4" not in words
    assert "see at once" in doctor().get(LIST).content.decode()


def test_the_page_of_a_code_names_nobody_who_is_not_present() -> None:
    stay = present(code=CODE)
    Stay.objects.filter(pk=stay.pk).update(state="lost")
    phone = cast.english(Client())
    page = phone.get(MINE).content.decode()
    assert "Nobody is in isolation with this code now" in page
    assert "Wayan" not in page
    assert phone.post(MINE, {"stay": str(stay.pk)}).status_code == 422
    assert phone.get("/isolation/health/AAAA-BBBB-CCCC/").status_code == 404


def test_the_door_leads_to_the_page_of_a_code() -> None:
    present(code=CODE)
    phone = cast.english(Client())
    answer = phone.post("/isolation/health/", {"code": CODE.lower()})
    assert answer.headers["Location"] == MINE
    wrong = phone.post("/isolation/health/", {"code": "AAAA-BBBB-CCCC"})
    assert "We know nobody in isolation" in wrong.content.decode()


def ill_at_home() -> str:
    """Let Wayan be ill at home in RT 007; return the page of his stay."""
    act_as(Kind.JOB)
    stay = present(a_reservation(state="arrived", region_code=cast.RT_HERE))
    by = ratna()
    look(stay, by, at=on_day(1), told=ILL)
    look(stay, by, at=on_day(2), told=ILL)
    return f"{LIST}stays/{stay.pk}/"


HEALTH = ("38,4", "38.4", "Cough", "Batuk", "unwell", "see at once", "Temperature")


@pytest.mark.parametrize(
    "role",
    [
        Role.VILLAGE_HEAD,
        Role.VILLAGE_OFFICER,
        Role.BABINSA,
        Role.BHABINKAMTIBMAS,
        Role.RT_HEAD,
        Role.RW_HEAD,
        Role.KECAMATAN_OFFICER,
    ],
)
def test_pillars_and_village_see_presence_and_never_health(role: Role) -> None:
    url = ill_at_home()
    place = {Role.RT_HEAD: cast.RT_HERE, Role.RW_HEAD: cast.RW_HERE}.get(
        role, cast.KECAMATAN if role == Role.KECAMATAN_OFFICER else cast.HERE
    )
    answer = enter_as(role, place).get(url)
    page = answer.content.decode().split("<main")[1]
    assert answer.status_code == 200
    assert "seen" in page
    assert "dr. Ratna Dewi" in page
    assert not [word for word in HEALTH if word in page]


def test_the_puskesmas_sees_the_temperatures_as_a_drawing_and_a_table() -> None:
    url = ill_at_home()
    page = doctor().get(url).content.decode()
    assert "<polyline" in page
    assert "38.4 °C" in page
    assert "Batuk darah." in page
    assert "Cough" in page


def test_the_day_begins_with_whom_one_sees() -> None:
    stay = present()
    account = cast.dr_ratna()
    look(stay, rights(account), at=on_day(1), told=Told(unwell=True))
    bulk.generate(at=on_day(2))
    sari = cast.sari()
    for hour, now_due, evening in ((9, True, True), (16, True, False)):
        with time_machine.travel(on_day(2, hour), tick=False):
            said = html.unescape(
                cast.sign_in(cast.english(Client()), account)
                .get("/staff/")
                .content.decode()
            )
            assert ("1 person in isolation is to be seen by you now" in said) is now_due
            assert ("1 is to be seen once more this evening" in said) is evening
            other = cast.sign_in(cast.english(Client()), sari).get("/staff/")
            assert b"in isolation is to be seen" not in other.content
