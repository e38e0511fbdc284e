"""Whoever asked by text is called back, and then no longer waits."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access, Event
from smartkampung.frontline.texting.actions.assist import (
    AlreadyAnswered,
    AtTheVillage,
    NotCalled,
    close_assist,
    forget_phones,
    pass_on,
    read_phone,
)
from smartkampung.frontline.texting.models import Assist
from smartkampung.frontline.texting.queries.assists import (
    assist_for,
    assists_for,
    callers_for,
    words_of_week,
)
from smartkampung.frontline.texting.rules.states import Outcome
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.notify.models import Message
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.cast import HERE, RT_HERE
from tests.reporting import FAMILY_PHONE, NOON, wayan
from tests.texting import STRANGER, assist_of, words, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Assist:
    wayan()
    for said in ("LAPOR", "2", "Sumberwangi"):
        write(said, at=NOON)
    act_as(Kind.JOB)
    return assist_of()


def test_the_database_shows_it_where_it_lies_alone(asked: Assist) -> None:
    for kind, scope, seen in [
        (Kind.STAFF, [RT_HERE], 1),
        (Kind.STAFF, [HERE], 1),
        (Kind.STAFF, [cast.NEXT_DOOR], 0),
        (Kind.PUBLIC, [], 0),
    ]:
        act_as(kind, scope=scope)
        assert Assist.objects.count() == seen


def waiting() -> int:
    return WorkItem.objects.filter(kind="texting.assist", closed_at=None).count()


def test_who_was_helped_no_longer_waits(asked: Assist) -> None:
    close_assist(assist=asked, outcome=Outcome.HELPED, at=NOON, by="putu")
    assert waiting() == 0
    assert (asked.outcome, asked.closed_by) == ("helped", "putu")
    assert Event.objects.filter(name="texting.closed", by="putu").count() == 1


@pytest.mark.closes("texting.assist")
def test_who_was_not_reached_is_told_so(asked: Assist) -> None:
    last_day = asked.due_at - timedelta(hours=4)
    read_phone(assist=asked, by="putu")
    assert close_assist(
        assist=asked, outcome=Outcome.NOT_REACHED, at=last_day, by="putu"
    )
    told = Message.objects.latest("pk")
    assert "Balas TELEPON untuk ditelepon lagi" in words(told)
    assert told.by_day, "nobody is woken up to hear it"


def test_one_try_closes_nothing_and_a_number_nobody_opened_was_not_called(
    asked: Assist,
) -> None:
    before = Message.objects.count()
    missed: dict[str, Any] = {"assist": asked, "outcome": Outcome.NOT_REACHED}
    missed["at"] = NOON
    with pytest.raises(NotCalled):
        close_assist(**missed, by="putu")
    read_phone(assist=asked, by="putu")
    with pytest.raises(NotCalled):
        close_assist(**missed, by="made")
    assert not close_assist(**missed, by="putu")
    assert waiting() == 1
    assert Message.objects.count() == before, "nobody is told before the last day"
    assert Event.objects.filter(name="texting.tried", by="putu").count() == 1


def test_two_officers_answer_one_request_once(asked: Assist) -> None:
    close_assist(assist=asked, outcome=Outcome.HELPED, at=NOON, by="putu")
    with pytest.raises(AlreadyAnswered):
        close_assist(assist=asked, outcome=Outcome.MISTAKE, at=NOON, by="b")
    with pytest.raises(AlreadyAnswered):
        pass_on(assist=asked, at=NOON, by="b")
    assert asked.outcome == "helped"


def test_the_rt_passes_it_on_to_the_village_office(asked: Assist) -> None:
    act_as(Kind.STAFF, scope=[RT_HERE])
    pass_on(assist=asked, at=NOON, by="putu")
    assert asked.region_code == HERE
    assert not Assist.objects.exists(), "the RT sees it no more"
    act_as(Kind.STAFF, scope=[HERE])
    assert WorkItem.objects.get(kind="texting.assist").region_code == HERE
    with pytest.raises(AtTheVillage):
        pass_on(assist=asked, at=NOON, by="sari")


def test_only_their_own_people_see_it(asked: Assist) -> None:
    day = NOON.date()
    head = actor_for(cast.staff("putu", Role.RT_HEAD, RT_HERE), on=day)
    sari, budi = actor_for(cast.sari(), on=day), actor_for(cast.budi(), on=day)
    assert assist_for(head, asked.pk) == assist_for(sari, asked.pk) == asked
    assert not assists_for(budi)
    with pytest.raises(Http404):
        assist_for(budi, asked.pk)


def test_the_family_of_the_phone_is_named_and_the_look_written_down(
    asked: Assist,
) -> None:
    sari = actor_for(cast.sari(), on=NOON.date())
    assert [one.head for one in callers_for(sari, asked)] == ["Wayan Sudarma"]
    assert Access.objects.filter(by="sari", purpose="texting.assist").count() == 1
    # Budi has the same number on no record of his own.
    assert callers_for(actor_for(cast.budi(), on=NOON.date()), asked) == []


def test_who_reads_the_phone_is_written_down(asked: Assist) -> None:
    assert read_phone(assist=asked, by="putu") == FAMILY_PHONE
    assert Event.objects.filter(name="texting.phone_read", by="putu").exists()


def test_the_phone_is_forgotten_some_months_later(asked: Assist) -> None:
    assert forget_phones(at=NOON + timedelta(days=400)) == 0
    close_assist(assist=asked, outcome=Outcome.HELPED, at=NOON, by="putu")
    assert forget_phones(at=NOON + timedelta(days=91)) == 1
    asked.refresh_from_db()
    assert read_phone(assist=asked, by="putu") == ""


def test_few_texts_of_a_kind_are_not_counted(asked: Assist) -> None:
    for _ in range(5):
        write("?", at=NOON, phone=STRANGER)
    assert words_of_week(at=NOON) == {"help": 5}


def breaks(row: Assist, **changes: object) -> None:
    for field, value in changes.items():
        setattr(row, field, value)
    with transaction.atomic():
        row.save(force_insert=row.pk is None)


def test_assist_open_once(asked: Assist) -> None:
    with pytest.raises(IntegrityError, match="assist_open_once"):
        breaks(asked, pk=None)


def test_assist_closed_by_somebody(asked: Assist) -> None:
    with pytest.raises(IntegrityError, match="assist_closed_by_somebody"):
        breaks(asked, closed_at=NOON, outcome="helped")


def test_assist_open_has_a_phone(asked: Assist) -> None:
    with pytest.raises(IntegrityError, match="assist_open_has_a_phone"):
        breaks(asked, phone=None)
