"""Isolation houses on pages: kept by Sari, inspected by dr. Ratna, found by Wayan."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.intake.rules import Limit
from smartkampung.isolation.houses.rules import Check
from smartkampung.isolation.models import BedUse, House, Inspection
from smartkampung.kernel.clock import today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.web.isolation_houses import public
from smartkampung.web.isolation_houses.public import CACHE
from tests import cast, pictures
from tests.cast import FAR_AWAY, HERE, KECAMATAN
from tests.isolating import a_bed_use, a_house, a_reservation, a_stay, beds_of

pytestmark = pytest.mark.django_db
HOUSES, PUBLIC = "/staff/isolation/houses/", "/isolation/houses/"
TOLD = {
    "place": HERE,
    "fed_by": HERE,
    "kind": "village_hall",
    "name": "Balai Desa",
    "position": "-8.2112, 114.3671",
    "contact_name": "Pak Slamet",
    "contact_phone": "0333 411234",
}
PASSED = dict.fromkeys(list(Check), "yes")


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    caches["local"].clear()
    yield
    caches["local"].clear()


def enter(account: Staff) -> Client:
    """Sign somebody in, reading English."""
    return cast.sign_in(cast.english(Client()), account)


def read(client: Client, url: str) -> str:
    """Return a page."""
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def somebody_in(house: House) -> BedUse:
    """Let somebody have the first bed of a house from today."""
    act_as(Kind.JOB)
    days = (today(), today() + timedelta(days=14))
    taken = (today(), today() + timedelta(days=15))
    stay = a_stay(a_reservation(house), name="Nyoman Rahasia", during=days)
    return a_bed_use(stay, beds_of(house)[0], during=days, taken=taken)


def form_id(client: Client, url: str) -> str:
    """Return the id that a form was given."""
    value = client.get(url).context["form"]["form_id"].value()
    return str(value)


def test_a_house_is_entered_inspected_opened_and_found() -> None:
    sari, ratna, wayan = enter(cast.sari()), enter(cast.dr_ratna()), Client()
    assert "No isolation house yet" in read(sari, HOUSES)
    assert sari.post(f"{HOUSES}add/", {}).status_code == 422
    entered = sari.post(f"{HOUSES}add/", TOLD, follow=True).content.decode()
    assert "the Puskesmas is asked to inspect it" in entered
    assert "waits for the Puskesmas" in read(sari, HOUSES)
    house = House.objects.get()
    page, shown = f"{HOUSES}{house.pk}/", f"{PUBLIC}{house.pk}/"
    assert (house.lat, house.lng) == (-8.2112, 114.3671)
    room = {"name": "Kamar 1", "beds": "2", "cots": "1", "own_bathroom": "on"}
    assert sari.post(f"{page}room/", room).status_code == 302
    closed = sari.post(f"{page}open/", {"since": f"{today()}"})
    assert closed.status_code == 409
    assert "The Puskesmas has not inspected it yet." in closed.content.decode()
    assert wayan.get(shown).status_code == 404
    assert "Inspect an isolation house" in read(ratna, "/staff/")
    looked = {"form_id": form_id(ratna, f"{page}inspect/"), "note": "Sabun habis."}
    assert ratna.post(f"{page}inspect/", looked).status_code == 422
    looked |= PASSED | {"soap": "no"}
    assert ratna.post(f"{page}inspect/", looked).status_code == 302
    mend = read(sari, page)
    assert "Water and soap to wash hands" in mend
    assert "Sabun habis." in mend
    assert sari.post(f"{page}ask/").status_code == 302
    again = PASSED | {"form_id": form_id(ratna, f"{page}inspect/")}
    assert ratna.post(f"{page}inspect/", again).status_code == 302
    opened = sari.post(f"{page}open/", {"since": f"{today()}"}, follow=True)
    assert "everybody can find it" in opened.content.decode()
    found = read(cast.english(wayan), f"{PUBLIC}?people=2&village={HERE}")
    assert "Balai Desa" in found
    assert "2 free beds" in found
    detail = read(wayan, shown)
    assert "Pak Slamet" in detail
    assert "-8.21120, 114.36710" in detail


def test_what_is_typed_wrongly_is_said_at_its_field() -> None:
    sari = enter(cast.sari())
    wrong = TOLD | {"position": "kanan jalan", "contact_phone": "tanya Pak RT"}
    answer = sari.post(f"{HOUSES}add/", wrong | {"place": FAR_AWAY})
    assert set(answer.context["form"].errors) == {"position", "contact_phone", "place"}
    far = sari.post(f"{HOUSES}add/", TOLD | {"position": "51.5001, 100.1201"})
    assert set(far.context["form"].errors) == {"position"}
    house = a_house()
    empty = sari.post(
        f"{HOUSES}{house.pk}/room/", {"name": "Aula", "beds": "0", "cots": "0"}
    )
    assert empty.status_code == 422
    taken = sari.post(
        f"{HOUSES}{house.pk}/room/", {"name": "Kamar 1", "beds": "1", "cots": "0"}
    )
    assert taken.status_code == 409


def test_a_house_is_changed_and_gets_more_beds_and_a_photo() -> None:
    sari, house = enter(cast.sari()), a_house()
    page = f"{HOUSES}{house.pk}/"
    assert "-8.2, 114.3" in read(sari, f"{page}change/")
    changed = TOLD | {"name": "Balai Baru", "position": ""}
    assert sari.post(f"{page}change/", changed).status_code == 302
    house.refresh_from_db()
    assert (house.name, house.lat) == ("Balai Baru", None)
    room = beds_of(house)[0].room_id
    assert sari.post(f"{page}room/{room}/", {"count": "2"}).status_code == 302
    assert len(beds_of(house)) == 4
    picture = SimpleUploadedFile("rumah.jpg", pictures.jpeg().read())
    assert sari.post(f"{page}photo/", {"photo": picture}).status_code == 302
    text = SimpleUploadedFile("rumah.jpg", b"bukan foto")
    assert sari.post(f"{page}photo/", {"photo": text}).status_code == 409
    photo = house.photos.get()
    url = f"{PUBLIC}{house.pk}/photo/{photo.pk}/"
    assert Client().get(url)["Content-Type"] == "image/jpeg"
    assert url in read(Client(), f"{PUBLIC}{house.pk}/")
    assert sari.post(f"{page}photo/{photo.pk}/drop/").status_code == 302
    assert Client().get(url).status_code == 404


def test_beds_are_taken_out_of_use_and_given_back() -> None:
    sari, house = enter(cast.sari()), a_house()
    page = f"{HOUSES}{house.pk}/"
    told = {"beds": [beds_of(house)[0].pk], "work": "atap bocor"}
    told |= {"since": f"{today()}", "last": f"{today()}"}
    assert sari.post(f"{page}block/", told | {"beds": []}).status_code == 422
    assert sari.post(f"{page}block/", told).status_code == 302
    assert sari.post(f"{page}block/", told).status_code == 409
    assert "atap bocor" in read(sari, page)
    use = BedUse.objects.get()
    assert sari.post(f"{page}block/{use.pk}/lift/").status_code == 302
    assert "atap bocor" not in read(sari, page)
    over = sari.post(f"{page}block/{use.pk}/lift/", follow=True).content.decode()
    assert "This block is over already." in over


def test_a_house_closes_when_nobody_is_expected() -> None:
    sari, house = enter(cast.sari()), a_house()
    page = f"{HOUSES}{house.pk}/close/"
    use = somebody_in(house)
    late = sari.post(page, {"on": f"{today()}"})
    assert late.status_code == 409
    assert "Move them first" in late.content.decode()
    use.live = False
    use.save()
    assert sari.post(page, {"on": f"{today()}"}).status_code == 302
    assert "not at present" in read(sari, f"{HOUSES}{house.pk}/")


def test_everybody_finds_a_house_and_nobody_in_it() -> None:
    house, far = a_house(), a_house("Jauh", village=FAR_AWAY)
    somebody_in(house)
    wayan = cast.english(Client())
    page = read(wayan, PUBLIC)
    assert "1 free bed<" in page
    assert "As of " in page
    assert "Rahasia" not in page + read(wayan, f"{PUBLIC}{house.pk}/")
    two = read(wayan, f"{PUBLIC}?people=2")
    assert "Jauh" in two
    assert "Balai Desa" not in two
    here = read(wayan, f"{PUBLIC}?in={KECAMATAN}")
    assert "Balai Desa" in here
    assert "Jauh" not in here
    none = read(wayan, f"{PUBLIC}?people=9")
    assert "No house has room for you on these days" in none
    long_ago = wayan.get(f"{PUBLIC}?from=2020-01-01")
    assert long_ago.status_code == 422
    assert "Choose a day from today" in long_ago.content.decode()
    assert wayan.get(f"{PUBLIC}{far.pk}/?from=kemarin").status_code == 200


def test_the_page_is_light_and_asks_once_a_minute() -> None:
    for at in range(30):
        a_house(f"Rumah {at}")
    first = Client().get(PUBLIC)
    assert len(first.content) < 60_000
    assert b"Rumah 0" in first.content
    a_house("Rumah baru")
    with CaptureQueriesContext(connection) as asked:
        again = Client().get(PUBLIC)
    assert len(asked) <= 4
    assert b"Rumah baru" not in again.content
    assert b"Rumah 9<" in Client().get(f"{PUBLIC}?page=2").content


def test_who_does_not_keep_houses_reads_only() -> None:
    house = a_house()
    babinsa = enter(cast.staff("joko", Role.BABINSA, HERE))
    page = read(babinsa, f"{HOUSES}{house.pk}/")
    assert "Pak Slamet" in page
    assert "Enter a room" not in page
    assert babinsa.get(f"{HOUSES}{house.pk}/room/").status_code == 403
    assert enter(cast.budi()).get(f"{HOUSES}{house.pk}/").status_code == 404
    assert not Inspection.objects.filter(passed=False).exists()


def test_the_kitchen_reads_how_many_meals_and_never_whose() -> None:
    sari, house = enter(cast.sari()), a_house()
    assert "cooks for nobody" in read(sari, f"{HOUSES}meals/")
    stay = somebody_in(house).stay
    assert stay is not None
    page = f"{HOUSES}{house.pk}/meals/"
    assert "Kamar 1, 1" in read(sari, page)
    saved = sari.post(f"{page}{stay.pk}/", {"diet": "soft"}, follow=True)
    assert "The kitchen reads it." in saved.content.decode()
    wrong = sari.post(f"{page}{stay.pk}/", {"diet": "emas"}, follow=True)
    assert "Choose what is eaten there." in wrong.content.decode()
    kitchen = read(sari, f"{HOUSES}meals/")
    assert "1 person eats." in kitchen
    assert "Rahasia" not in kitchen + read(sari, page)
    row = sari.get(f"{HOUSES}meals/").context["rows"][0]
    counts = {cell.get("label"): cell["text"] for cell in row}
    assert (counts["Expected"], counts["Soft, or porridge"]) == ("1", "1")
    yesterday = today() - timedelta(days=1)
    assert "cooks for nobody" in read(sari, f"{HOUSES}meals/?on={yesterday}")
    assert "1 person eats." in read(sari, f"{HOUSES}meals/?on=2020-13-45")
    joko = enter(cast.staff("joko", Role.BABINSA, HERE))
    assert joko.get(f"{HOUSES}meals/").status_code == 403
    assert joko.get(page).status_code == 403


def test_what_an_address_adds_is_not_remembered_anew(client: Client) -> None:
    a_house()
    client.get(f"{PUBLIC}?people=2")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{PUBLIC}?people=2&x=1")
    assert not [one["sql"] for one in asked if "isolation_bed" in one["sql"]]
    caches["local"].set("map", "drawn", 600)
    for number in range(320):
        caches[CACHE].set(f"asked-{number}", "answer", 60)
    assert caches["local"].get("map") == "drawn"


def test_who_asks_again_and_again_waits_and_what_is_known_is_told_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit("isolation.houses_searched", 2, timedelta(minutes=10))
    monkeypatch.setattr(public, "SEARCHED", few)
    asked = [client.get(f"{PUBLIC}?people={people}") for people in (1, 2, 3, 1)]
    assert [answer.status_code for answer in asked] == [200, 200, 429, 200]
    assert int(asked[2]["Retry-After"]) > 0
