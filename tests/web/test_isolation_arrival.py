"""Pages of the checkpoint and of the door; who sees what of a party."""

import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.isolation.models import Passage, Reservation, Screening, Stay
from smartkampung.kernel.rls import Kind, act_as
from tests import cast
from tests.arriving import KETUT, NOON, WAYAN, a_party, gatekeeper, stays_of
from tests.isolating import a_house, book

pytestmark = pytest.mark.django_db
GATE = "/staff/arrivals/gate/"


@pytest.fixture(autouse=True)
def _that_day() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def enter(account: Staff) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), account)


def screened(*stays: Stay, temperature: str = "36,6", more: Any = ()) -> dict[str, Any]:
    """Fill in the form of the checkpoint."""
    data: dict[str, Any] = {"form_id": str(uuid.uuid4()), "place": "ketapang"}
    for stay in stays:
        data |= {
            f"here_{stay.pk}": "on",
            f"temperature_{stay.pk}": temperature,
            f"test_{stay.pk}": "not_done",
        }
    return data | dict(more)


def let_in(*stays: Stay, **more: Any) -> dict[str, Any]:
    """Fill in the form of the door."""
    data = {
        "contact_name": "Komang, adik",
        "contact_phone": "0857 1111 2222",
        "consent": "on",
        "consent_by": "Wayan",
    }
    data |= {f"here_{stay.pk}": "on" for stay in stays}
    return data | more


def reads(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_a_scanned_address_or_a_typed_code_opens_the_party() -> None:
    _party, code = a_party()
    gede = enter(gatekeeper())
    link = f"https://kampung.example/i/{code}/"
    for typed in (code, code.lower(), link, f"{link}slip/?from=qr"):
        answer = gede.post(GATE, {"code": typed})
        assert (answer.status_code, answer.headers["Location"]) == (
            302,
            f"{GATE}{code}/",
        )
    unknown = gede.post(GATE, {"code": "K7QF-2M9X-TB4C"})
    assert unknown.status_code == 422
    assert "We know no booking with this code" in reads(unknown)
    assert "Scan the pass" in reads(gede.post(GATE, {"code": ""}))
    assert gede.get(f"{GATE}K7QF-2M9X-TB4C/").status_code == 404


def test_through_the_checkpoint_with_a_slip_that_says_where_to_go() -> None:
    party, code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    gede = enter(gatekeeper())
    screen = f"{GATE}{code}/screen/"
    assert "Wayan and 1 other" in reads(gede.get(f"{GATE}{code}/"))
    assert 'value="36' not in reads(gede.get(screen))
    answer = gede.post(screen, screened(wayan, ketut), follow=True)
    assert "Balai Desa" in reads(answer)
    assert "Pak Slamet" in reads(answer)
    assert "To the hospital" not in reads(answer)
    act_as(Kind.JOB)
    assert Passage.objects.count() == Screening.objects.count() == 2


def test_who_is_ill_goes_to_the_hospital_and_the_page_never_says_why() -> None:
    party, code = a_party(WAYAN, KETUT)
    wayan, ketut = stays_of(party)
    gede = enter(gatekeeper())
    data = screened(wayan, ketut, more={f"symptoms_{wayan.pk}": ["breathless"]})
    answer = reads(gede.post(f"{GATE}{code}/screen/", data, follow=True))
    assert "Call the ambulance" in answer
    assert "36,6" not in answer
    hub = reads(gede.get(f"{GATE}{code}/"))
    assert "not isolating here any more" in hub
    assert "hospital" not in hub
    assert "reath" not in hub


def test_what_is_wrong_is_said_beside_the_person() -> None:
    party, code = a_party()
    stay = stays_of(party)[0]
    gede, screen = enter(gatekeeper()), f"{GATE}{code}/screen/"
    for temperature, words in (
        ("", "Measure the temperature of Wayan"),
        ("366", "between 30 and 45"),
        ("29", "between 30 and 45"),
        ("panas", "between 30 and 45"),
    ):
        answer = gede.post(screen, screened(stay, temperature=temperature))
        assert answer.status_code == 422
        assert words in reads(answer)
    low = gede.post(screen, screened(stay, more={f"spo2_{stay.pk}": "20"}))
    assert "between 50 and 100" in reads(low)
    nobody = gede.post(screen, screened())
    assert (nobody.status_code, "Tick who is here" in reads(nobody)) == (409, True)
    assert gede.post(screen, {}).status_code == 422


def test_who_is_bound_elsewhere_is_told_on_the_page() -> None:
    party, code = a_party()
    other = book(guests=(WAYAN,), house_id=a_house("Rumah Kosong").pk)
    Stay.objects.filter(reservation=other.reservation_id).update(bound=True)
    gede = enter(gatekeeper())
    answer = gede.post(f"{GATE}{code}/screen/", screened(*stays_of(party)))
    assert answer.status_code == 409
    assert "Wayan already has a confirmed place elsewhere" in reads(answer)
    assert "Rumah Kosong" not in reads(answer)


def test_sari_lets_them_in_at_the_house() -> None:
    party, _code = a_party()
    stay = stays_of(party)[0]
    sari = enter(cast.sari())
    door = f"{GATE}{party.pk}/check-in/"
    bed = str(stay.beds.get().bed_id)
    assert "Nobody is let in without agreeing" in reads(sari.post(door, {}))
    wrong = sari.post(door, let_in(stay, **{f"bed_{stay.pk}": "999999"}))
    assert "That bed was taken" in reads(wrong)
    done = sari.post(door, let_in(stay, **{f"bed_{stay.pk}": bed}), follow=True)
    assert "1 person is let in" in reads(done)
    again = sari.post(door, let_in(stay, **{f"bed_{stay.pk}": bed}))
    assert again.status_code == 409
    assert "Let in today" in reads(sari.get("/staff/arrivals/"))
    stay.refresh_from_db()
    assert stay.state == "present"


def test_another_house_takes_the_whole_party() -> None:
    party, _code = a_party()
    sari = enter(cast.sari())
    page = f"{GATE}{party.pk}/house/"
    assert "No house has room" in reads(sari.get(page))
    right = a_house("Rumah Kosong", village=cast.NEXT_DOOR)
    assert "Rumah Kosong, Karangjati" in reads(sari.get(page))
    assert "Choose a house" in reads(sari.post(page, {}))
    sent = sari.post(page, {"house": right.pk}, follow=True)
    assert "They go to Rumah Kosong now" in reads(sent)
    assert sari.get(page).status_code == 404
    act_as(Kind.JOB)
    assert Reservation.objects.get().region_code == cast.NEXT_DOOR


def test_the_board_sorts_by_day_and_the_pillars_only_read() -> None:
    a_party(WAYAN)
    a_party(KETUT, setting="home", address="Jalan Kawah 3")
    made = enter(cast.staff("made", Role.BABINSA, cast.HERE))
    board = reads(made.get("/staff/arrivals/"))
    assert "Jalan Kawah 3" in board
    assert "Somebody is here" not in board
    party = Reservation.objects.get(setting="home")
    page = f"/staff/arrivals/party/{party.pk}/"
    assert "They are here" not in reads(made.get(page))
    assert made.get(GATE).status_code == 403
    budi = enter(cast.budi())
    assert budi.get(page).status_code == 404
    assert "Jalan Kawah 3" not in reads(budi.get("/staff/arrivals/"))


def test_who_is_told_has_news_and_who_lets_them_in_has_work() -> None:
    a_party(WAYAN)
    told, work = "1 party comes to isolate in your area", "Expect people who come"
    made = reads(enter(cast.staff("made", Role.BABINSA, cast.HERE)).get("/staff/"))
    assert told in made
    assert work not in made
    sari = reads(enter(cast.sari()).get("/staff/"))
    assert work in sari
    assert told not in sari
