"""A village enters its houses; the Puskesmas inspects them before they open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.roles import Permission
from smartkampung.audit.models import Event
from smartkampung.isolation.houses import queries
from smartkampung.isolation.houses.actions.describing import (
    add_beds,
    add_house,
    add_photo,
    add_room,
    ask_inspection,
    change_house,
    remove_photo,
)
from smartkampung.isolation.houses.actions.errors import CannotOpen, HouseRefused
from smartkampung.isolation.houses.actions.opening import close_house, open_house
from smartkampung.isolation.houses.rules import Check, Fault, RoomPlan
from smartkampung.isolation.models import (
    HousePhoto,
    Inspection,
    Opening,
)
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cases
from tests.cast import FAR_AWAY, HERE, NEXT_DOOR, RT_HERE, places
from tests.isolating import (
    ARRIVAL,
    MONDAY,
    a_bed_use,
    a_house,
    a_reservation,
    a_stay,
    an_inspection,
    beds_of,
    days,
)
from tests.keeping_houses import (
    BUDI,
    RATNA,
    SARI,
    a_plan,
    entered,
    inspected,
    officer_of,
)

pytestmark = pytest.mark.django_db
MANAGE = Permission.HOUSE_MANAGE
NOON = MONDAY + timedelta(hours=3)
YESTERDAY = (MONDAY - timedelta(days=1)).date()


@pytest.fixture(autouse=True)
def _as_job() -> None:
    act_as(Kind.JOB)


def waiting() -> list[tuple[str, str]]:
    """Return the work that waits, and for whom."""
    rows = WorkItem.objects.filter(closed_at=None).order_by("pk")
    return list(rows.values_list("kind", "permission"))


def test_a_house_is_entered_inspected_and_opened() -> None:
    house = entered(place=RT_HERE)
    assert (house.village_id, house.centre.name) == (HERE, "Lereng")
    assert waiting() == [("isolation.inspect_house", "isolation.house_inspect")]
    with pytest.raises(CannotOpen) as caught:
        open_house(house=house, since=ARRIVAL, until=None, by=SARI, at=MONDAY)
    assert caught.value.faults == [Fault.NO_BED, Fault.NOT_INSPECTED]
    add_room(house=house, plan=RoomPlan("Kamar 1", 2, 1), by=SARI, at=MONDAY)
    assert [(bed.name, bed.cot) for bed in beds_of(house)] == [
        ("1", False),
        ("2", False),
        ("3", True),
    ]
    inspected(house)
    assert waiting() == []
    open_house(house=house, since=ARRIVAL, until=None, by=SARI, at=MONDAY)
    [opening] = queries.openings_of(house, on=MONDAY.date())
    assert (opening.during.lower, opening.during.upper) == (ARRIVAL, None)
    with pytest.raises(HouseRefused):
        open_house(house=house, since=ARRIVAL, until=None, by=SARI, at=MONDAY)
    said = Event.objects.order_by("pk").values_list("name", "by")
    assert ("isolation.house_inspected", "ratna") in list(said)


@pytest.mark.closes("isolation.inspect_house", "isolation.mend_house")
def test_what_the_puskesmas_finds_is_mended_before_the_house_opens() -> None:
    house = entered()
    add_room(house=house, plan=RoomPlan("Kamar 1", 2), by=SARI, at=MONDAY)
    visit = inspected(house, Check.SOAP, Check.AIR, note="Jendela dipaku.")
    assert visit.faults == ["air", "soap"]
    assert waiting() == [("isolation.mend_house", "isolation.house_manage")]
    with pytest.raises(CannotOpen) as caught:
        open_house(house=house, since=ARRIVAL, until=None, by=SARI, at=MONDAY)
    assert caught.value.faults == [Fault.FOUND_WANTING]
    ask_inspection(house=house, by=SARI, at=NOON)
    assert [kind for kind, _ in waiting()] == ["isolation.inspect_house"]
    inspected(house, at=NOON)
    open_house(house=house, since=ARRIVAL, until=None, by=SARI, at=NOON)


def test_a_form_sent_twice_is_one_visit() -> None:
    house, form_id = entered(), uuid4()
    first = inspected(house, Check.SOAP, form_id=form_id)
    assert inspected(house, form_id=form_id) == first
    assert Inspection.objects.count() == 1


def test_a_village_keeps_its_own_houses_only() -> None:
    house = entered()
    assert queries.house_for(SARI, house.pk, MANAGE) == house
    for actor, permission in ((BUDI, MANAGE), (RATNA, MANAGE)):
        with pytest.raises(Http404):
            queries.house_for(actor, house.pk, permission)
    assert queries.house_for(RATNA, house.pk, Permission.HOUSE_INSPECT) == house
    with pytest.raises(HouseRefused):
        add_house(plan=a_plan(place=NEXT_DOOR), by=SARI, at=MONDAY)
    with pytest.raises(HouseRefused):
        change_house(house=house, plan=a_plan(), by=BUDI, at=MONDAY)


def test_a_house_needs_a_puskesmas_that_looks_after_it() -> None:
    places()
    with pytest.raises(HouseRefused):
        add_house(
            plan=a_plan(place=FAR_AWAY),
            by=officer_of(FAR_AWAY),
            at=MONDAY,
        )


def test_a_house_is_described_anew() -> None:
    house = entered()
    entered(name="SD 2")
    plan = a_plan(name="Balai Baru", wheelchair=True, lat=-8.2, lng=114.3)
    change_house(house=house, plan=plan, by=SARI, at=MONDAY)
    house.refresh_from_db()
    assert (house.name, house.wheelchair, house.lat) == ("Balai Baru", True, -8.2)
    with pytest.raises(HouseRefused):
        change_house(house=house, plan=a_plan(name="SD 2"), by=SARI, at=MONDAY)
    both = officer_of(HERE, NEXT_DOOR)
    with pytest.raises(HouseRefused):
        change_house(house=house, plan=a_plan(place=NEXT_DOOR), by=both, at=MONDAY)


def test_rooms_and_beds_are_entered() -> None:
    house = entered()
    room = add_room(house=house, plan=RoomPlan("Kamar 1", 2), by=SARI, at=MONDAY)
    add_beds(room=room, count=1, cot=False, by=SARI, at=MONDAY)
    add_beds(room=room, count=1, cot=True, by=SARI, at=MONDAY)
    [shown] = queries.rooms_of(house, on=MONDAY.date())
    assert (shown.beds, shown.cots) == (3, 1)
    assert [bed.name for bed in beds_of(house)] == ["1", "2", "3", "4"]
    for plan in (RoomPlan("Kamar 1", 2), RoomPlan("Aula", 41), RoomPlan("Aula", 0)):
        with pytest.raises(HouseRefused):
            add_room(house=house, plan=plan, by=SARI, at=MONDAY)
    with pytest.raises(HouseRefused):
        add_beds(room=room, count=37, cot=False, by=SARI, at=MONDAY)
    assert queries.room_for(SARI, house.pk, room.pk, MANAGE) == room
    with pytest.raises(Http404):
        queries.room_for(BUDI, house.pk, room.pk, MANAGE)


def test_a_house_shows_six_photos_at_most() -> None:
    house = entered()
    for _ in range(6):
        add_photo(house=house, upload_id=cases.a_photo(), by=SARI, at=MONDAY)
    with pytest.raises(HouseRefused):
        add_photo(house=house, upload_id=cases.a_photo(), by=SARI, at=MONDAY)
    first = HousePhoto.objects.first()
    assert first is not None
    remove_photo(photo=first, by=SARI, at=MONDAY)
    assert house.photos.count() == 5


def test_a_house_closes_when_nobody_stays() -> None:
    house = a_house()
    a_bed_use(a_stay(a_reservation(house)), beds_of(house)[0])
    leaves = ARRIVAL + timedelta(days=14)
    later = leaves + timedelta(days=30)
    with pytest.raises(HouseRefused) as caught:
        close_house(house=house, on=ARRIVAL, by=SARI, at=MONDAY)
    assert "18-06-2020" in str(caught.value)
    with pytest.raises(HouseRefused):
        close_house(house=house, on=YESTERDAY, by=SARI, at=MONDAY)
    close_house(house=house, on=leaves, by=SARI, at=MONDAY)
    [opening] = queries.openings_of(house, on=MONDAY.date())
    assert opening.during.upper == leaves
    open_house(house=house, since=later, until=None, by=SARI, at=MONDAY)
    close_house(house=house, on=leaves, by=SARI, at=MONDAY)
    assert Opening.objects.count() == 1


def test_an_empty_house_closes_at_once() -> None:
    house = a_house()
    a_bed_use(a_stay(a_reservation(house)), beds_of(house)[0], live=False)
    close_house(house=house, on=MONDAY.date(), by=SARI, at=MONDAY)
    assert queries.openings_of(house, on=MONDAY.date()) == []


def test_how_a_house_stands() -> None:
    a_house("Balai Desa")
    a_house("SD 2", opened=False)
    rows: Any = queries.with_standing(
        queries.houses_for(SARI, Permission.HOUSE_VIEW), on=MONDAY.date()
    )
    assert list(rows.values_list("name", "beds", "passed", "open_now")) == [
        ("Balai Desa", 2, True, True),
        ("SD 2", 2, True, False),
    ]


def broken(name: str, act: Callable[[], object]) -> None:
    """Expect that a constraint of this name refuses."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    assert constraint_name(caught.value) == name


def test_opening_follows_an_inspection() -> None:
    house = a_house()
    an_inspection(house, "soap", at=NOON)
    name = "opening_follows_an_inspection"
    later = days(ARRIVAL + timedelta(days=400))
    Opening.objects.update(during=(MONDAY.date(), ARRIVAL))

    def opens() -> None:
        Opening.objects.create(house=house, during=later, by="sari", at=NOON)

    broken(name, opens)
    broken(name, lambda: Opening.objects.update(during=(MONDAY.date(), None)))
    an_inspection(house, at=NOON + timedelta(hours=1))
    opens()


def test_inspection_passes_without_faults() -> None:
    house = entered()

    def found(*faults: str, passed: bool) -> None:
        Inspection.objects.create(
            house=house,
            form_id=uuid4(),
            faults=list(faults),
            passed=passed,
            by="ratna",
            at=MONDAY,
        )

    name = "inspection_passes_without_faults"
    broken(name, lambda: found("soap", passed=True))
    broken(name, lambda: found(passed=False))


def test_inspection_form_once() -> None:
    visit = an_inspection(entered())
    visit.pk = None
    broken("inspection_form_once", visit.save)


def test_inspection_append_only() -> None:
    an_inspection(entered())
    for change in (
        lambda: Inspection.objects.update(note="sudah baik"),
        lambda: Inspection.objects.all().delete(),
    ):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()
    assert Inspection.objects.get().note == ""


def test_house_photo_once() -> None:
    house, photo = entered(), cases.a_photo()
    told = {"house": house, "upload_id": photo, "by": "sari", "at": MONDAY}
    HousePhoto.objects.create(**told)
    broken("house_photo_once", lambda: HousePhoto.objects.create(**told))
