"""Pages of who comes without a booking, who is present, and who is gone."""

import uuid
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.isolation.models import (
    Departure,
    Reservation,
    Stay,
    SupervisionVisit,
)
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.arriving import KETUT, NOON, WAYAN, a_party, gatekeeper, let_in, rights
from tests.isolating import WAYAN_NIK, a_house
from tests.pictures import jpeg

pytestmark = pytest.mark.django_db
ARRIVALS = "/staff/arrivals/"
NEW = f"{ARRIVALS}gate/new/"


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def enter(account: Staff) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), account)


def reads(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def who(prefix: str = "", **changes: str) -> dict[str, str]:
    """Fill in who one person is."""
    data = {
        "name": "Wayan",
        "sex": "L",
        "born_on_0": "12",
        "born_on_1": "3",
        "born_on_2": "1990",
        "born_on_day": "12",
        "born_on_month": "3",
        "born_on_year": "1990",
        "document_kind": "nik",
        "number": WAYAN_NIK,
    }
    dash = f"{prefix}-" if prefix else ""
    return {f"{dash}{name}": value for name, value in (data | changes).items()}


def walk_in(**changes: Any) -> dict[str, Any]:
    """Fill in where Wayan goes."""
    data = {
        "form_id": str(uuid.uuid4()),
        "village": cast.HERE,
        "setting": "house",
        "origin": "35.78",
        "entry_point": "ketapang",
        **who("person1"),
    }
    return data | changes


def test_wayan_comes_without_a_booking() -> None:
    gede = enter(gatekeeper())
    assert "How many people" in reads(gede.get(NEW))
    assert "Surabaya" in reads(gede.get(f"{NEW}?people=1"))
    act_as(Kind.JOB)
    house = a_house()
    sent = gede.post(f"{NEW}?people=1", walk_in())
    assert sent.status_code == 302
    assert sent.headers["Location"].endswith("/screen/")
    act_as(Kind.JOB)
    row = Reservation.objects.get()
    assert (row.walked_in, row.house, row.arrives_on) == (True, house, NOON.date())


def test_without_a_booking_and_without_room_the_page_helps_on() -> None:
    gede = enter(gatekeeper())
    act_as(Kind.JOB)
    cast.places()
    sent = gede.post(f"{NEW}?people=1", walk_in(), follow=True)
    assert "waiting list" in reads(sent)
    assert "They need another house" in reads(sent)


def test_a_home_must_be_fit_for_it() -> None:
    gede = enter(gatekeeper())
    act_as(Kind.JOB)
    cast.places()
    refused = gede.post(f"{NEW}?people=1", walk_in(setting="home", home=["own_room"]))
    assert refused.status_code == 422
    for words in (
        "no bathroom of your own",
        "seriously ill easily",
        "Write the address",
    ):
        assert words in reads(refused)
    fit = walk_in(
        setting="home",
        home=["own_room", "own_bathroom", "nobody_frail"],
        address="Jalan Kawah 3",
    )
    assert gede.post(f"{NEW}?people=1", fit).status_code == 302
    act_as(Kind.JOB)
    assert Reservation.objects.get().address == "Jalan Kawah 3"


def test_what_is_wrong_with_one_person_is_said() -> None:
    gede = enter(gatekeeper())
    data = walk_in(**{"person1-number": "123"})
    assert "16" in reads(gede.post(f"{NEW}?people=1", data))
    assert gede.post(f"{NEW}?people=1", {}).status_code == 422


def test_one_more_joins_and_one_does_not_come() -> None:
    party, _code = a_party(beds=2)
    sari = enter(cast.sari())
    hub = f"{ARRIVALS}gate/{party.pk}/"
    more = who(name="Ketut", number=KETUT.nik)
    assert "Type the name" in reads(sari.post(f"{hub}join/", {}))
    joined = sari.post(f"{hub}join/", more, follow=True)
    assert "Ketut is written down with them" in reads(joined)
    full = sari.post(f"{hub}join/", who(name="Nyoman", number="3510091203920009"))
    assert (full.status_code, "no free bed" in reads(full)) == (409, True)
    assert "Tick who is not coming" in reads(sari.post(f"{hub}gone/", {}))
    act_as(Kind.JOB)
    ketut = party.stays.get(name="Ketut")
    stayed = sari.post(f"{hub}gone/", {"people": [ketut.pk]}, follow=True)
    assert "The beds go to who waits" in reads(stayed)
    ketut.refresh_from_db()
    assert ketut.state == "no_show"


@pytest.fixture
def wayan() -> Stay:
    """Wayan, let in at the house."""
    party, _code = a_party(WAYAN)
    return let_in(party, rights(cast.sari()))[0]


def visit(**changes: Any) -> dict[str, Any]:
    """Fill in a visit."""
    data = {
        "form_id": str(uuid.uuid4()),
        "found": "present",
        "safety": ["food"],
        "position": "-8.2190, 114.3",
        "photo": SimpleUploadedFile("rumah.jpg", jpeg().read(), "image/jpeg"),
    }
    return data | changes


def test_the_babinsa_visits_with_position_and_photo(wayan: Stay) -> None:
    made = enter(cast.staff("made", Role.BABINSA, cast.HERE))
    assert "none yet" in reads(made.get(f"{ARRIVALS}people/"))
    page = f"{ARRIVALS}people/{wayan.pk}/"
    assert "Nobody has come by yet" in reads(made.get(page))
    for wrong, words in (
        ({"position": "di depan rumah"}, "Copy the position"),
        ({"position": "999, 114"}, "Copy the position"),
        ({"found": ""}, "Choose one answer"),
    ):
        answer = made.post(f"{page}visit/", visit(**wrong))
        assert (answer.status_code, words in reads(answer)) == (422, True)
    bare = made.post(f"{page}visit/", visit(photo=""))
    assert bare.status_code == 409
    assert "write why there is none" in reads(bare)
    shown = reads(made.post(f"{page}visit/", visit(), follow=True))
    assert " metres from the house" in shown
    assert "No food" in shown
    act_as(Kind.JOB)
    row = SupervisionVisit.objects.get()
    photo = made.get(f"{ARRIVALS}visits/{row.pk}/photo/")
    assert photo.headers["Content-Type"] == "image/jpeg"
    budi = enter(cast.budi())
    assert budi.get(f"{ARRIVALS}visits/{row.pk}/photo/").status_code == 404


def test_a_visit_without_a_photo_has_none_to_show(wayan: Stay) -> None:
    made = enter(cast.staff("made", Role.BABINSA, cast.HERE))
    data = visit(photo="", position="", missing="HP mati")
    made.post(f"{ARRIVALS}people/{wayan.pk}/visit/", data)
    act_as(Kind.JOB)
    row = SupervisionVisit.objects.get()
    assert made.get(f"{ARRIVALS}visits/{row.pk}/photo/").status_code == 404


def test_who_left_is_looked_for_and_comes_back(wayan: Stay) -> None:
    sari = enter(Staff.objects.get(username="sari"))
    ketut = enter(cast.staff("aiptu", Role.BHABINKAMTIBMAS, cast.HERE))
    page = f"{ARRIVALS}people/{wayan.pk}/"
    assert "Write what you know" in reads(sari.post(f"{page}left/", {}))
    told = {"words": "Tidak ada sejak pagi."}
    assert "told at once" in reads(sari.post(f"{page}left/", told, follow=True))
    assert sari.post(f"{page}left/", told).status_code == 409
    assert "Look for somebody in isolation" in reads(ketut.get("/staff/"))
    assert "Write down what came of it" in reads(ketut.get(page))
    act_as(Kind.JOB)
    gone = f"{ARRIVALS}departures/{Departure.objects.get().pk}/"
    assert "Tidak ada sejak pagi" in reads(ketut.get(gone))
    assert "Choose one answer" in reads(ketut.post(gone, {}))
    back = {"ended": "returned", "words": "Membeli obat."}
    assert "They came back" in reads(ketut.post(gone, back, follow=True))
    assert ketut.post(gone, back).status_code == 409
    assert "They came back" in reads(sari.get(page))
