"""A party at the checkpoint: bound, screened, sent on or to the hospital."""

import uuid
from decimal import Decimal

import pytest

from smartkampung.isolation.actions.reserve import Reserved
from smartkampung.isolation.arrival.actions.gate import (
    BoundElsewhere,
    CannotArrive,
    Gate,
    let_through,
)
from smartkampung.isolation.arrival.queries.parties import by_code, shown_to
from smartkampung.isolation.arrival.rules.screening import Advice, RapidTest, Screened
from smartkampung.isolation.models import BedUse, Passage, Reservation, Screening, Stay
from smartkampung.isolation.monitoring.rules.health import Symptom, Told
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests.arriving import (
    BABY,
    ILL,
    KETUT,
    NOON,
    WAYAN,
    WELL,
    a_party,
    gatekeeper,
    rights,
    stays_of,
    through,
)
from tests.isolating import a_house, book, row_of
from tests.population import wayan as registered

pytestmark = pytest.mark.django_db


def test_the_code_opens_the_party_wherever_it_goes() -> None:
    party, code = a_party()
    gede = rights(gatekeeper())
    act_as(Kind.STAFF)
    assert not Reservation.objects.exists()
    assert by_code(gede, code.lower().replace("-", " ")) == party
    assert by_code(gede, "K7QF-2M9X-TB4C") is None
    assert by_code(gede, "no code") is None
    assert shown_to(gede, code) == party


def test_whoever_comes_is_bound_screened_and_sent_on() -> None:
    party, _code = a_party(WAYAN, BABY)
    gede = rights(gatekeeper())
    advice = through(party, gede)
    assert advice == [Advice.GO_ON, Advice.GO_ON]
    wayan, baby = stays_of(party)
    assert (wayan.bound, baby.bound) == (True, False)  # a baby has no document
    assert wayan.state == "expected"
    row = Screening.objects.get(stay=wayan)
    assert (row.temperature, row.advice) == (Decimal("36.6"), "go_on")
    assert Passage.objects.filter(goes_on=True, by="gede").count() == 2


def test_the_same_form_twice_is_one_passage() -> None:
    party, _code = a_party()
    gede, form_id = rights(gatekeeper()), uuid.uuid4()
    for _ in range(2):
        through(party, gede, form_id=form_id)
    assert Passage.objects.count() == 1


@pytest.mark.parametrize(
    "how",
    [
        ILL,
        Screened(Told(temperature=Decimal("38.0"))),
        Screened(Told(temperature=Decimal("36.6"), spo2=94)),
        Screened(Told(symptoms=(Symptom.BREATHLESS,))),
        Screened(test=RapidTest.POSITIVE),
    ],
)
def test_who_is_ill_is_referred_and_the_bed_given_back(how: Screened) -> None:
    party, _code = a_party(WAYAN, KETUT)
    assert through(party, rights(gatekeeper()), how) == [Advice.HOSPITAL, Advice.GO_ON]
    wayan, ketut = stays_of(party)
    assert (wayan.state, ketut.state) == ("hospital", "expected")
    assert wayan.reason == ""  # nobody reads there why
    assert [use.stay_id for use in BedUse.objects.filter(live=True)] == [ketut.pk]
    assert WorkItem.objects.get(kind="isolation.referred").urgent


def test_a_cough_goes_on_and_tells_nobody_but_the_puskesmas() -> None:
    party, _code = a_party()
    how = Screened(Told(temperature=Decimal("37.9"), symptoms=(Symptom.COUGH,)))
    assert through(party, rights(gatekeeper()), how) == [Advice.WATCH]
    assert Screening.objects.get().advice == "watch"
    assert not WorkItem.objects.filter(kind="isolation.referred").exists()


def elsewhere() -> Reserved:
    """Book Wayan into another house, where he confirmed that it is he."""
    other = book(guests=(WAYAN,), house_id=a_house("Rumah Kosong").pk)
    Stay.objects.filter(reservation=other.reservation_id).update(bound=True)
    return other


def test_who_is_bound_elsewhere_is_told_kindly_and_nothing_is_written() -> None:
    party, _code = a_party(KETUT, WAYAN)
    elsewhere()
    with pytest.raises(BoundElsewhere, match="Wayan") as caught:
        through(party, rights(gatekeeper()))
    ketut, wayan = stays_of(party)
    assert caught.value.stay_id == wayan.pk
    assert not Passage.objects.exists()
    assert not ketut.bound


def test_a_booking_in_his_name_that_nobody_confirmed_binds_him_to_nothing() -> None:
    party, _code = a_party()
    strangers = row_of(book(guests=(WAYAN,), setting="home", address="Jalan Baru 1"))
    through(party, rights(gatekeeper()))
    assert stays_of(party)[0].bound
    assert not strangers.stays.get().bound


def test_whom_the_registry_knows_is_joined_to_the_person() -> None:
    person = registered()
    act_as(Kind.JOB)
    assert person.nik is not None
    guest = WAYAN.__class__("Wayan", "L", person.born_on, nik=person.nik.open())
    party, _code = a_party(guest)
    through(party, rights(gatekeeper()))
    assert stays_of(party)[0].person_id == person.pk


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("waiting", "waiting"),
        ("held", "offer_open"),
        ("cancelled", "over"),
        ("no_show", "over"),
    ],
)
def test_who_has_no_place_now_is_not_let_through(state: str, code: str) -> None:
    party, _code = a_party()
    Reservation.objects.update(state=state, waits_since=NOON, held_until=NOON)
    with pytest.raises(CannotArrive) as caught:
        through(party, rights(gatekeeper()))
    assert caught.value.code == code


def test_nobody_or_somebody_who_came_already_is_refused() -> None:
    party, _code = a_party()
    gede = rights(gatekeeper())
    with pytest.raises(CannotArrive) as caught:
        let_through(party=party, gate=Gate(uuid.uuid4(), "other", {}), by=gede, at=NOON)
    assert caught.value.code == "nobody"
    Stay.objects.update(state="released", bound=True)
    stay = stays_of(party)[0]
    gate = Gate(uuid.uuid4(), "other", {stay.pk: WELL})
    with pytest.raises(CannotArrive) as caught:
        let_through(party=party, gate=gate, by=gede, at=NOON)
    assert caught.value.code == "not_expected"
