"""Who is confirmed in isolation comes into the register of cases by itself, and once."""

from datetime import timedelta
from typing import Any

import pytest

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import Staff, actor_for
from smartkampung.audit.models import Event
from smartkampung.isolation.models import Classing, Stay
from smartkampung.isolation.monitoring.actions.ends import classify
from smartkampung.isolation.monitoring.rules.ends import Known
from smartkampung.jobs.inline import run_waiting
from smartkampung.jobs.tasks.confirmed import case_confirmed
from smartkampung.kernel.clock import telling
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.reopening.cases.actions.doubles import two_people
from smartkampung.reopening.cases.actions.doubting import leave_case
from smartkampung.reopening.cases.actions.isolating import Confirmed, take_over
from smartkampung.reopening.cases.actions.recording import (
    Told,
    correct_case,
    record_case,
    withdraw_case,
)
from smartkampung.reopening.cases.models import Case, Heard
from smartkampung.residents.models import NIK
from smartkampung.worklist.models import WorkItem
from tests.cast import HERE, NEXT_DOOR, RT_HERE, places
from tests.confirmed import RATNA
from tests.isolating import ARRIVAL, a_house, a_reservation
from tests.population import WAYAN_NIK, family, person
from tests.watching import on_day, present, ratna

pytestmark = pytest.mark.django_db
POSITIVE = Known("positive", ARRIVAL, specimen_on=ARRIVAL)
ON = on_day(3).date()


@pytest.fixture(autouse=True)
def doctor() -> Actor:
    """Let the job of the house act; return dr. Ratna."""
    act_as(Kind.JOB)
    return ratna()


def confirmed(stay: Stay, known: Known = POSITIVE, *, day: int = 3) -> None:
    """Let dr. Ratna give a class, and the job run."""
    at = on_day(day)
    by = actor_for(Staff.objects.get(username="ratna"), on=at.date())
    with telling(at):
        classify(stay=stay, known=known, by=by, at=at)
        run_waiting()


def guest(**fields: Any) -> Stay:
    """Let Wayan, or who the fields say, be in the house at Sumberwangi."""
    return present(a_reservation(a_house(), state="arrived"), **fields)


def wayan() -> Stay:
    """Let Wayan of this RT be in the house, with his NIK."""
    stay = guest(nik=Sealed.of(WAYAN_NIK, NIK))
    stay.person = person("Wayan", WAYAN_NIK, household=family())
    stay.save()
    return stay


def typed(place: str = RT_HERE, *, nik: str = "", name: str = "Wayan") -> Case:
    """Let the Puskesmas type the same person a day before."""
    told = Told(name, place, ON - timedelta(days=1), nik=nik, address="Mawar 5")
    return record_case(told=told, by=RATNA, at=on_day(3))


def test_a_resident_counts_where_they_live_and_with_their_family() -> None:
    stay = wayan()
    confirmed(stay)
    case = Case.objects.get()
    assert (case.region_code, case.confirmed_on, case.source) == (RT_HERE, ON, "house")
    assert case.person_id == stay.person_id
    assert case.nik is not None
    assert stay.person is not None
    assert case.house.family_id == stay.person.family_id
    assert case.recorded_by == "ratna"
    event = Event.objects.filter(name="cases.taken_over").get()
    assert event.region_code == RT_HERE


def test_a_guest_from_elsewhere_is_of_no_rt() -> None:
    stay = guest()
    stay.reservation.region_code = RT_HERE
    stay.reservation.save()
    confirmed(stay)
    case = Case.objects.get()
    assert (case.region_code, case.name) == (HERE, "Wayan")


def test_who_is_isolated_at_home_counts_at_home() -> None:
    confirmed(present(a_reservation(state="arrived", region_code=RT_HERE)))
    case = Case.objects.get()
    assert (case.region_code, case.address) == (RT_HERE, "Jalan Kawah 3")


def test_the_same_again_changes_nothing() -> None:
    stay = wayan()
    confirmed(stay)
    confirmed(stay, day=4)
    with telling(on_day(5)):
        case_confirmed(Classing.objects.earliest("pk").pk)
    assert Case.objects.count() == 1


@pytest.mark.parametrize("place", [RT_HERE, NEXT_DOOR])
def test_whom_a_puskesmas_told_of_by_nik_is_not_told_of_twice(place: str) -> None:
    stay = wayan()
    typed(place, nik=WAYAN_NIK)
    confirmed(stay)
    assert Case.objects.count() == 1
    assert not WorkItem.objects.filter(kind="cases.twice").exists()


def asked() -> list[tuple[str, int]]:
    """Return of which cases somebody is asked whether they are one person."""
    work = WorkItem.objects.filter(kind="cases.twice", closed_at=None)
    return [(one.region_code, int(one.target.split(":")[1])) for one in work]


@pytest.mark.closes("cases.twice")
def test_a_guest_known_by_name_alone_counts_until_somebody_says() -> None:
    stay = guest(name="Komang Ayu")
    first = typed(HERE, name="KOMANG  AYU")
    confirmed(stay)
    second = Case.objects.exclude(pk=first.pk).get()
    assert asked() == [(HERE, second.pk)]
    withdraw_case(case=second, reason="Orang yang sama.", by=RATNA, at=on_day(4))
    assert asked() == []


@pytest.mark.parametrize("nik", ["", WAYAN_NIK])
def test_whom_isolation_told_of_first_is_asked_about(nik: str) -> None:
    confirmed(guest(name="Wayan"))
    later = typed(nik=nik)
    assert asked() == [(HERE, later.pk)]
    earlier = Case.objects.exclude(pk=later.pk).get()
    withdraw_case(case=earlier, reason="Orang yang sama.", by=RATNA, at=on_day(4))
    assert asked() == []


def test_a_namesake_swallows_nobody() -> None:
    stay = wayan()
    other = typed(name="Wayan")
    confirmed(stay)
    mine = Case.objects.exclude(pk=other.pk).get()
    assert mine.person_id == stay.person_id
    assert two_people(case=mine, by=RATNA, at=on_day(4))
    assert (asked(), Case.objects.filter(withdrawn_at=None).count()) == ([], 2)


def test_namesakes_that_a_puskesmas_told_itself_are_its_own_knowledge() -> None:
    typed(name="Slamet")
    told = Told("Slamet", RT_HERE, ON, address="Melati 9")
    record_case(told=told, by=RATNA, at=on_day(3))
    assert asked() == []


def test_one_nik_is_never_two_people() -> None:
    typed(NEXT_DOOR, nik=WAYAN_NIK)
    row = Case.objects.get()
    twin = Case.objects.create(
        **{
            name: getattr(row, name)
            for name in ("house", "address", "name", "name_folded", "nik", "nik_index")
        },
        region_code=RT_HERE,
        confirmed_on=ON,
        source=Case.Source.CENTRE,
        recorded_at=on_day(3),
        recorded_by="ratna",
    )
    assert not two_people(case=twin, by=RATNA, at=on_day(4))


def doubted() -> list[tuple[str, str]]:
    """Return the open questions whether something is a case."""
    work = WorkItem.objects.filter(kind="cases.doubted", closed_at=None)
    return [(one.region_code, one.target) for one in work]


@pytest.mark.parametrize("known", [True, False])
def test_what_was_withdrawn_stays_so_and_somebody_is_asked(known: bool) -> None:
    stay = wayan() if known else guest()
    confirmed(stay)
    case = Case.objects.get()
    withdraw_case(case=case, reason="Salah orang", by=RATNA, at=on_day(4))
    confirmed(stay, day=5)
    assert not Case.objects.filter(withdrawn_at=None).exists()
    assert doubted() == [(HERE, f"cases.case:{case.pk}")]
    leave_case(case=case, by=RATNA)
    assert doubted() == []
    assert Event.objects.filter(name="cases.left").exists()


@pytest.mark.closes("cases.doubted")
def test_a_class_that_was_taken_back_asks_whether_the_case_stays() -> None:
    stay = wayan()
    confirmed(stay)
    confirmed(stay, Known("otg", ARRIVAL), day=4)
    case = Case.objects.get(withdrawn_at=None)
    assert doubted() == [(HERE, f"cases.case:{case.pk}")]
    told = Told("Wayan", RT_HERE, ON, nik=WAYAN_NIK)
    better = correct_case(case=case, told=told, reason="RT", by=RATNA, at=on_day(5))
    assert doubted() == [(HERE, f"cases.case:{better.pk}")]
    withdraw_case(case=better, reason="Bukan kasus", by=RATNA, at=on_day(5))
    assert doubted() == []


@pytest.mark.parametrize("withdrawn", [False, True])
def test_who_was_ill_ninety_days_ago_is_a_new_case(withdrawn: bool) -> None:
    places()

    def given(days: int) -> Case | None:
        on = ON + timedelta(days=days)
        found = Confirmed("Komang", HERE, "", on, None, None, "ratna")
        return take_over(found=found, at=on_day(3 + days))

    first = given(0)
    assert first is not None
    if withdrawn:
        withdraw_case(case=first, reason="Salah", by=RATNA, at=on_day(4))
    assert (given(89), len(doubted())) == (None, int(withdrawn))
    assert given(90) is not None


def test_who_is_no_case_stays_out() -> None:
    confirmed(wayan(), Known("otg", ARRIVAL))
    assert not Case.objects.exists()


def test_a_village_is_not_heard_by_it() -> None:
    """Silence of a Puskesmas stays a gap, or its zone would turn green."""
    confirmed(wayan())
    assert not Heard.objects.exists()


def test_the_job_sees_cases_of_every_kecamatan_and_staff_do_not() -> None:
    stay = wayan()
    confirmed(stay)
    act_as(Kind.STAFF, scope=[NEXT_DOOR], health=[NEXT_DOOR])
    assert not Case.objects.exists()
    act_as(Kind.STAFF, scope=[HERE], health=[HERE])
    assert Case.objects.count() == 1
