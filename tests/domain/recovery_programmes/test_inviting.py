"""The next in line are invited into free places; each refusal reaches one more."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection

from smartkampung.kernel.clock import end_of_day
from smartkampung.ledger.actions import transfer
from smartkampung.ledger.queries import balances
from smartkampung.notify.models import Message
from smartkampung.notify.texts import text_of
from smartkampung.recovery.affected.models import Affected
from smartkampung.recovery.programmes.actions import inviting
from smartkampung.recovery.programmes.actions.answering import (
    AnswerGone,
    accept,
    expire,
    refuse,
)
from smartkampung.recovery.programmes.actions.closing import (
    ask_to_close,
    decide_closing,
)
from smartkampung.recovery.programmes.actions.inviting import fill, fill_all
from smartkampung.recovery.programmes.models import KindPair, Seat
from smartkampung.recovery.programmes.rules.money import budget_of, due_of, source_of
from smartkampung.recovery.programmes.rules.states import Kind
from smartkampung.residents.models import Person
from smartkampung.worklist.models import WorkItem
from tests.cast import NEXT_DOOR
from tests.recovering import (
    DAY,
    ENDS,
    MONDAY,
    NAMES,
    a_draft,
    a_scenario,
    an_offer,
    code_of,
    ranked,
    running,
)

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def test_the_first_of_the_ranking_are_invited() -> None:
    assert running().states() == {"Ayu": "invited", "Bagus": "invited"}


def test_running_again_invites_nobody_twice() -> None:
    made = running()
    assert fill_all(at=MONDAY) == 0
    assert len(made.states()) == 2


def test_whoever_was_chosen_comes_before_a_better_place_that_was_not() -> None:
    """A quota may choose somebody further down; they are not passed over."""
    scenario = a_scenario()
    ranked(scenario, chosen=1, ways={"Eka": "women"})
    offer = an_offer(scenario=scenario)
    fill(offer_id=offer.pk, at=MONDAY)
    names = Seat.objects.order_by("number").values_list("person__name", flat=True)
    assert list(names) == ["Ayu", "Eka"]


def test_an_invitation_has_a_code_a_day_and_a_message_without_a_name() -> None:
    seat = running().seat("Ayu")
    message = Message.objects.get(key=f"recovery.{seat.pk}.invited")
    assert message.secret is not None
    text = text_of(
        message.template,
        context=message.context,
        language="id",
        secret=message.secret.open(),
    )
    assert f"/r/{code_of(seat)}/" in text
    assert "Senin, 10 Agustus 2020" in text
    for word in ("Ayu", "pantai", "Program"):
        assert word not in text
    assert seat.answer_by == end_of_day((MONDAY + WEEK).date())


def test_who_has_no_phone_is_told_by_the_village_at_once() -> None:
    seat = running(phone=False).seat("Ayu")
    work = WorkItem.objects.get(
        kind="recovery.answer", target=f"recovery.seat:{seat.pk}"
    )
    assert (work.urgent, work.region_code) == (True, seat.region_code)
    assert not Message.objects.filter(template="recovery_invited").exists()


def test_accepting_sets_the_money_aside_once() -> None:
    made = running()
    seat = made.seat("Ayu")
    for _twice in range(2):
        accept(seat=seat, by="public", at=MONDAY)
    assert seat.state == "accepted"
    held = balances([budget_of(made.offer.pk), due_of(seat.pk)])
    assert held == {budget_of(made.offer.pk): 1_600_000, due_of(seat.pk): 1_600_000}
    assert not WorkItem.objects.filter(
        target=f"recovery.seat:{seat.pk}", closed_at=None
    ).exists()


def test_a_refusal_promises_the_job_that_invites_the_next() -> None:
    made = running()
    connection.cursor().execute("DELETE FROM procrastinate_jobs")
    refuse(seat=made.seat("Ayu"), reason="Sudah bekerja", by="public", at=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args->>'offer_id' FROM procrastinate_jobs")
        assert ("recovery.fill", str(made.offer.pk)) in cursor.fetchall()
    fill(offer_id=made.offer.pk, at=MONDAY)
    assert made.states() == {"Ayu": "refused", "Bagus": "invited", "Citra": "invited"}
    assert made.seat("Citra").number == made.seat("Ayu").number


def test_refusing_twice_is_refusing_once() -> None:
    made = running()
    for _twice in range(2):
        refuse(seat=made.seat("Ayu"), reason="", by="public", at=MONDAY)
    assert made.states()["Ayu"] == "refused"


def test_the_next_of_the_same_way_replaces_who_refuses() -> None:
    ways = {"Bagus": "women", "Dewa": "women"}
    made = running(ways=ways, chosen=4)
    refuse(seat=made.seat("Bagus"), reason="", by="public", at=MONDAY)
    fill(offer_id=made.offer.pk, at=MONDAY)
    assert made.states()["Dewa"] == "invited"
    assert "Citra" not in made.states()


def test_the_next_by_rank_replaces_where_nobody_of_that_way_waits() -> None:
    made = running(ways={"Bagus": "women"})
    refuse(seat=made.seat("Bagus"), reason="", by="public", at=MONDAY)
    fill(offer_id=made.offer.pk, at=MONDAY)
    assert made.states()["Citra"] == "invited"


def test_no_answer_by_the_day_gives_the_place_to_the_next() -> None:
    made = running()
    accept(seat=made.seat("Bagus"), by="public", at=MONDAY)
    late = made.seat("Ayu").answer_by + DAY
    assert expire(at=made.seat("Ayu").answer_by) == 0
    assert expire(at=late) == 1
    assert expire(at=late) == 0
    fill(offer_id=made.offer.pk, at=late)
    assert made.states() == {"Ayu": "expired", "Bagus": "accepted", "Citra": "invited"}
    assert Message.objects.filter(template="recovery_news").count() == 1


def test_an_answer_after_the_day_is_refused_with_the_day() -> None:
    seat = running().seat("Ayu")
    late = seat.answer_by + DAY
    with pytest.raises(AnswerGone, match="10"):
        accept(seat=seat, by="public", at=late)
    with pytest.raises(AnswerGone, match="10"):
        refuse(seat=seat, reason="", by="public", at=late)


def test_who_refused_cannot_accept_afterwards() -> None:
    seat = running().seat("Ayu")
    refuse(seat=seat, reason="", by="public", at=MONDAY)
    with pytest.raises(AnswerGone):
        accept(seat=seat, by="public", at=MONDAY)


def test_nobody_is_in_two_programmes_that_exclude_each_other() -> None:
    scenario = a_scenario()
    ranked(scenario)
    first = an_offer(Kind.CASH_FOR_WORK, scenario)
    second = an_offer(Kind.PLACEMENT, scenario)
    for offer in (first, second):
        fill(offer_id=offer.pk, at=MONDAY)
    names = Seat.objects.filter(offer=second).values_list("person__name", flat=True)
    assert set(names) == {"Citra", "Dewa"}


def test_kinds_that_do_not_exclude_each_other_take_the_same_people() -> None:
    scenario = a_scenario()
    ranked(scenario)
    KindPair.objects.all().delete()
    for kind in (Kind.CASH_FOR_WORK, Kind.PLACEMENT):
        fill(offer_id=an_offer(kind, scenario).pk, at=MONDAY)
    assert Seat.objects.filter(person__name="Ayu").count() == 2


@pytest.mark.parametrize("gone", ["dead", "recovered", "elsewhere"])
def test_who_died_recovered_or_lives_elsewhere_is_passed_over(gone: str) -> None:
    scenario = a_scenario()
    ayu = ranked(scenario)[0]
    if gone == "dead":
        Person.objects.filter(pk=ayu.pk).update(status="dead")
    elif gone == "recovered":
        Affected.objects.filter(person=ayu).update(state="recovered", closed_at=MONDAY)
    else:
        Affected.objects.filter(person=ayu).update(region_code=NEXT_DOOR)
    fill(offer_id=an_offer(scenario=scenario).pk, at=MONDAY)
    assert not Seat.objects.filter(person=ayu).exists()


def test_of_a_family_in_the_ranking_its_head_is_invited() -> None:
    scenario = a_scenario()
    head = ranked(scenario, NAMES[:1], families=True)[0]
    fill(offer_id=an_offer(scenario=scenario).pk, at=MONDAY)
    seat = Seat.objects.get()
    assert (seat.person, seat.affected, seat.income_then) == (head, None, None)


def test_nobody_is_invited_once_the_course_is_far_on() -> None:
    made = running()
    refuse(seat=made.seat("Ayu"), reason="", by="public", at=MONDAY)
    late = MONDAY.replace(year=ENDS.year, month=ENDS.month, day=ENDS.day)
    assert fill(offer_id=made.offer.pk, at=late) == 0


def test_nobody_is_invited_into_a_draft() -> None:
    scenario = a_scenario()
    ranked(scenario)
    assert fill(offer_id=a_draft(scenario=scenario).pk, at=MONDAY) == 0


def test_an_offer_that_ended_a_moment_ago_invites_nobody() -> None:
    """Looked at once more under the lock: it may have been closed meanwhile."""
    scenario = a_scenario()
    ranked(scenario)
    offer = an_offer(scenario=scenario)
    with patch.object(inviting, "_invites", side_effect=[True, False]):
        assert fill(offer_id=offer.pk, at=MONDAY) == 0
    assert not Seat.objects.exists()


def test_nobody_is_invited_whom_the_budget_does_not_pay() -> None:
    made = running()
    code = budget_of(made.offer.pk)
    legs = [(code, -1_600_000), (source_of(made.offer.programme_id), 1_600_000)]
    transfer(key="taken", kind="test", legs=legs, by="test", at=MONDAY)
    refuse(seat=made.seat("Ayu"), reason="", by="public", at=MONDAY)
    assert fill(offer_id=made.offer.pk, at=MONDAY) == 0


def test_what_costs_nothing_needs_no_budget() -> None:
    made = running(Kind.MARKET_ACCESS, cost_each=0)
    accept(seat=made.seat("Ayu"), by="public", at=MONDAY)
    assert made.states() == {"Ayu": "accepted", "Bagus": "invited"}
    assert balances([budget_of(made.offer.pk)]) == {budget_of(made.offer.pk): 0}
    wish = ask_to_close(offer=made.offer, reason="Banjir", by="made", at=MONDAY)
    assert decide_closing(wish=wish, granted=True, by="putu", at=MONDAY) == 2
