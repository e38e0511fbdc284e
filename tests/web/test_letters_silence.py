"""Where the RT is silent: its village, its RW and the family read what comes next."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from smartkampung.accounts.models import Staff
from smartkampung.letters.requests.actions.mandates import give_mandate
from smartkampung.letters.requests.actions.reminding import urge_late
from smartkampung.letters.requests.models import LetterRequest
from smartkampung.letters.requests.rules.mandates import Manner
from smartkampung.letters.requests.rules.steps import State
from smartkampung.regions.models import Region
from smartkampung.residents.models import Person
from tests.asking_letters import (
    MORNING,
    actor,
    asked,
    checked,
    rt_head,
    secretary,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, english, sari
from tests.domain.letters_requests.test_silence import (
    HOW,
    PAPER,
    at_the_counter,
    on_paper,
)
from tests.owndata import body
from tests.web.test_letters_ask import enter as come_in
from tests.web.test_letters_staff import LIST, do, enter, words
from tests.web.test_letters_staff import that_morning as that_morning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
NOON = MORNING + timedelta(hours=3)
PHONE = "0333-555123"


@pytest.fixture
def person() -> Person:
    """Register Wayan, in a village whose office has a telephone."""
    father = wayan_with_child()[0]
    Region.objects.filter(code=HERE).update(phone=PHONE)
    return father


def late(person: Person) -> LetterRequest:
    """Let Wayan ask in the morning, and nobody answer until noon."""
    row = asked(person)
    urge_late(at=NOON)
    return row


def test_the_village_looks_itself_and_the_family_reads_how_it_knows(
    person: Person,
) -> None:
    row = late(person)
    with time_machine.travel(NOON):
        desk = enter(sari())
        board = words(desk.get("/staff/"))
        assert (
            "Look yourself, the RT does not answer: Certificate of Limited Means"
            in board
        )
        page = words(desk.get(f"{LIST}{row.pk}/"))
        assert "The RT has not answered in time" in page
        assert "Can go on with it: Sari Wulandari" in page
        assert "Write in a sentence" in words(do(desk, row, "look", reason="x"), 422)
        done = words(do(desk, row, "look", reason=HOW))
        assert "The letter goes on to the check, and the RT is told." in done
        assert HOW in done
        assert "You asked for this letter, confirmed it" in done
        assert "Nobody holds an office that can go on with it" in done
        assert "Compare with the registry" in words(
            enter(secretary()).get(f"{LIST}{row.pk}/")
        )
        told = "The RT did not answer; the village office looked itself"
        neighbour = enter(rt_head())
        assert "Know what was said in your place" in words(neighbour.get("/staff/"))
        rt = words(neighbour.get(f"{LIST}{row.pk}/"))
        assert "You had not answered, or a paper of yours was shown" in rt
        phone = english(Client())
        come_in(phone)
        own = body(phone.get(f"/surat/mine/{row.pk}/"))
        for read in (rt, own):
            assert told in read
            assert HOW in read


def test_who_asked_at_the_counter_reads_that_a_colleague_looks(person: Person) -> None:
    row, other = at_the_counter(person), secretary()
    urge_late(at=NOON)
    with time_machine.travel(NOON):
        desk = enter(Staff.objects.get(username="sari"))
        assert "Look yourself" not in words(desk.get("/staff/"))
        page = words(desk.get(f"{LIST}{row.pk}/"))
        assert "The RT has not answered in time" not in page
        assert "A colleague goes on with it." in page
        assert "Can go on with it: Gusti Ayu Lestari" in page
        assert "Sari Wulandari (" not in page
        refused = words(do(desk, row, "look", reason=HOW), 409)
        assert "A colleague goes on with it." in refused
        assert "The RT has not answered in time" in words(
            enter(other).get(f"{LIST}{row.pk}/")
        )


def test_nobody_is_hurried_before_the_time_is_over(person: Person) -> None:
    row = asked(person)
    page = words(enter(sari()).get(f"{LIST}{row.pk}/"))
    assert "The RT has not answered" not in page
    refused = do(enter(Staff.objects.get(username="sari")), row, "look", reason=HOW)
    assert "The head of the RT still has time to answer" in words(refused, 409)


def test_a_family_that_waits_reads_late_sorry_and_whom_to_call(person: Person) -> None:
    row, phone = late(person), english(Client())
    with time_machine.travel(NOON):
        come_in(phone)
        assert "Later than promised" in body(phone.get("/surat/mine/"))
        page = body(phone.get(f"/surat/mine/{row.pk}/"))
    assert "Later than promised" in page
    assert "We are sorry" in page
    assert "The head of the RT has not answered in time" in page
    assert f"Call it: {PHONE}" in page


def test_the_rt_reads_of_a_paper_in_its_name_and_says_that_it_knows(
    person: Person,
) -> None:
    row, rt = on_paper(person), enter(rt_head())
    assert "Know what was said in your place" in words(rt.get("/staff/"))
    page = words(rt.get(f"{LIST}{row.pk}/"))
    assert "With an introduction of the RT on paper" in page
    assert "Confirmed by the RT" not in page
    assert PAPER in page
    assert "Beasiswa" not in page, "what the letter says is shut"
    assert "It leaves your list." in words(do(rt, row, "know"))
    assert "did you not write it?" not in words(rt.get(f"{LIST}{row.pk}/"))
    assert do(rt, row, "know").status_code == 409


def test_who_hands_in_for_a_family_with_a_phone_reads_that_it_is_told(
    person: Person,
) -> None:
    row, desk = on_paper(person), enter(secretary())
    do(desk, row, "return", what="Foto kartu keluarga tidak terbaca.")
    row.refresh_from_db()
    assert row.state == State.RETURNED
    page = words(desk.get(f"{LIST}ask/missing/{row.pk}/"))
    assert "it is told that you handed this in" in page


def test_a_deputy_by_mandate_is_named_where_the_head_is_away(person: Person) -> None:
    gusti, head = secretary(), village_head()
    row = checked(person)
    desk = enter(Staff.objects.get(username="sari"))
    url = f"{LIST}{row.pk}/"
    assert "Gusti" not in words(desk.get(url))
    give_mandate(
        village_code=HERE,
        deputy=gusti,
        manner=Manner.ACTING,
        title="",
        since=MORNING.date(),
        until=MORNING.date() + timedelta(days=3),
        kinds=[],
        reason="Dinas luar",
        by=actor(head),
        at=MORNING,
    )
    Staff.objects.filter(pk=head.pk).update(is_active=False)
    named = "Can go on with it: Gusti Ayu Lestari (Village officer, Sumberwangi)"
    assert named in words(desk.get(url))
