"""A wedding asks for permission; zone and phase decide, and are looked at again."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day
from smartkampung.notify.models import Message
from smartkampung.reopening.pilots.models import PhaseSpell
from smartkampung.reopening.places.actions import events
from smartkampung.reopening.places.actions.errors import TooMany
from smartkampung.reopening.places.actions.events import (
    EventDecided,
    EventRefused,
    NotYours,
    ask_for_event,
    cancel_event,
    decide_event,
    keep_event,
    look_at_events,
    look_if_changed,
    show_phone,
    withdraw_event,
)
from smartkampung.reopening.places.models import Event
from smartkampung.reopening.places.queries.events import (
    event_by_code,
    event_by_mark,
    event_for,
    mark_of,
)
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.cast import HERE, KECAMATAN
from tests.visiting import (
    DAY,
    MONDAY,
    actor,
    all_told,
    event_plan,
    head,
    in_phase,
    last_event,
)

pytestmark = pytest.mark.django_db


def asked(phase: str = "recovery", **values: Any) -> Event:
    in_phase(phase)
    ask_for_event(plan=event_plan(**values), at=MONDAY)
    return last_event()


def approved(**values: Any) -> Event:
    row = asked(**values)
    decide_event(event=row, approved=True, reason="", by=head(), at=MONDAY)
    return last_event()


def goes(phase: str, since: date) -> None:
    PhaseSpell.objects.filter(until=None).update(until=since)
    in_phase(phase, since=since)


def goes_back() -> None:
    goes("emergency", date(2020, 7, 8))


def work(kind: str) -> list[str]:
    rows = WorkItem.objects.filter(kind=kind, closed_at=None)
    return list(rows.values_list("region_code", flat=True))


def test_the_village_head_allows_a_small_wedding() -> None:
    in_phase("recovery")
    code = ask_for_event(plan=event_plan(), at=MONDAY)
    assert work("places.event") == [HERE]
    row = last_event()
    tono = head()
    decide_event(event=row, approved=True, reason="", by=tono, at=MONDAY)
    assert work("places.event") == []
    found = event_by_code(code, at=MONDAY)
    assert found is not None
    assert found.event.state == "approved"
    assert set(found.case.reached) == {"received", "decided"}
    assert event_by_mark(mark_of(row)) == row
    assert event_by_mark("made-up") is None
    with pytest.raises(EventDecided):
        decide_event(event=row, approved=False, reason="x", by=tono, at=MONDAY)


@pytest.mark.closes("places.event")
def test_above_a_number_the_kecamatan_decides() -> None:
    row = asked("new_normal", people=51)
    assert work("places.event") == [KECAMATAN]
    with pytest.raises(NotYours):
        decide_event(event=row, approved=True, reason="", by=head(), at=MONDAY)
    camat = actor(cast.camat())
    decide_event(event=row, approved=True, reason="", by=camat, at=MONDAY)
    assert last_event().state == "approved"


def test_what_the_phase_closes_is_refused_at_once() -> None:
    in_phase("emergency")
    with pytest.raises(EventRefused) as caught:
        ask_for_event(plan=event_plan(), at=MONDAY)
    assert caught.value.bars == ["phase"]
    assert not Event.objects.exists()


def test_it_is_asked_for_in_time() -> None:
    in_phase("recovery")
    with pytest.raises(EventRefused) as caught:
        ask_for_event(plan=event_plan(on=(MONDAY + 6 * DAY).date()), at=MONDAY)
    assert caught.value.bars == ["too_soon"]
    assert "7 hari" in str(caught.value.message)
    assert "13 Juli 2020" in str(caught.value.message)


def test_the_decision_looks_at_phase_and_zone_again() -> None:
    row = asked()
    goes_back()
    tono = head()
    with pytest.raises(EventRefused):
        decide_event(event=row, approved=True, reason="", by=tono, at=MONDAY + 2 * DAY)
    with pytest.raises(EventDecided):
        decide_event(event=row, approved=False, reason="", by=tono, at=MONDAY)
    decide_event(event=row, approved=False, reason="Fase", by=tono, at=MONDAY)
    assert last_event().state == "refused"


@pytest.mark.closes("places.event_worse")
def test_when_it_becomes_worse_a_withdrawal_is_proposed_once() -> None:
    row = approved()
    assert look_at_events(at=MONDAY) == 0
    goes_back()
    before = Message.objects.count()
    assert look_at_events(at=MONDAY + 2 * DAY) == 1
    assert look_at_events(at=MONDAY + 3 * DAY) == 0
    assert work("places.event_worse") == [HERE]
    assert Message.objects.count() == before + 1
    found = last_event()
    # A person decides: the permission holds until then.
    assert (found.state, found.worse_why) == ("approved", ["phase"])
    withdraw_event(event=row, reason="Fase turun", by=head(), at=MONDAY + 3 * DAY)
    assert work("places.event_worse") == []
    assert (last_event().state, last_event().reason) == ("withdrawn", "Fase turun")


def test_a_pause_is_looked_at_the_same_day_and_once() -> None:
    approved()
    look_if_changed(at=MONDAY)
    goes_back()
    assert look_if_changed(at=MONDAY + 2 * DAY) == 1
    assert look_if_changed(at=MONDAY + 2 * DAY) == 0


def test_a_permission_may_be_kept_and_the_reason_is_not_proposed_again() -> None:
    row = approved()
    goes_back()
    look_at_events(at=MONDAY + 2 * DAY)
    tono = head()
    with pytest.raises(EventDecided):
        keep_event(event=row, reason="", by=tono, at=MONDAY + 2 * DAY)
    keep_event(event=row, reason="Di luar", by=tono, at=MONDAY + 2 * DAY)
    assert work("places.event_worse") == []
    assert look_at_events(at=MONDAY + 3 * DAY) == 0
    # Better, and worse again for the same reason: that is a new question.
    goes("recovery", date(2020, 7, 10))
    assert look_at_events(at=MONDAY + 4 * DAY) == 0
    goes("emergency", date(2020, 7, 14))
    assert look_at_events(at=MONDAY + 8 * DAY) == 1


def test_when_it_becomes_better_the_proposal_and_its_work_end() -> None:
    approved()
    goes_back()
    look_at_events(at=MONDAY + 2 * DAY)
    goes("recovery", date(2020, 7, 10))
    told = Message.objects.count()
    assert look_at_events(at=MONDAY + 4 * DAY) == 0
    assert work("places.event_worse") == []
    assert (last_event().worse_at, last_event().worse_why) == (None, [])
    assert Message.objects.count() == told + 1


def test_more_guests_than_the_phase_leaves_are_refused() -> None:
    in_phase("recovery")
    # 25 % of a usual wedding of 200.
    ask_for_event(plan=event_plan(people=50), at=MONDAY)
    for people in (51, 5_000):
        with pytest.raises(EventRefused) as caught:
            ask_for_event(plan=event_plan(people=people), at=MONDAY)
        assert caught.value.bars == ["size"]


def test_where_the_zone_is_not_known_one_may_ask_and_nobody_allows() -> None:
    in_phase("recovery")
    at = MONDAY + 365 * DAY  # RTs have had colours since February
    ask_for_event(plan=event_plan(on=(at + 21 * DAY).date()), at=at)
    row, tono = last_event(), head()
    with pytest.raises(EventRefused) as caught:
        decide_event(event=row, approved=True, reason="", by=tono, at=at)
    assert caught.value.bars == ["zone_unknown"]
    all_told(day(at) - 8 * DAY, 9)
    decide_event(event=row, approved=True, reason="", by=tono, at=at)
    assert last_event().state == "approved"


def test_nothing_is_kept_or_withdrawn_without_cause() -> None:
    row = approved()
    tono = head()
    with pytest.raises(EventDecided):
        keep_event(event=row, reason="x", by=tono, at=MONDAY)
    with pytest.raises(EventDecided):
        withdraw_event(event=row, reason="", by=tono, at=MONDAY)
    with pytest.raises(EventDecided):
        withdraw_event(event=row, reason="x", by=tono, at=MONDAY + 40 * DAY)


def test_the_organiser_calls_it_off() -> None:
    row = asked()
    cancel_event(event=row, at=MONDAY)
    assert work("places.event") == []
    with pytest.raises(EventDecided):
        cancel_event(event=row, at=MONDAY)


def test_the_phone_of_the_organiser_is_shown_on_record() -> None:
    assert show_phone(event=asked(), by=head()) == "081234567890"
    assert show_phone(event=Event(pk=1, region_code=HERE), by=head()) == ""


def test_many_events_a_day_are_looked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    few = type(events.PER_VILLAGE)("places.few", 1, DAY)
    monkeypatch.setattr(events, "PER_VILLAGE", few)
    asked()
    with pytest.raises(TooMany):
        ask_for_event(plan=event_plan(phone=""), at=MONDAY)


def test_an_officer_sees_events_of_their_own_area() -> None:
    row = asked()
    sari, budi = actor(cast.sari()), actor(cast.budi())
    view = Permission.PLACE_VIEW
    assert event_for(sari, row.pk, view) == row
    with pytest.raises(Exception, match="No Event"):
        event_for(budi, row.pk, view)


def broken(name: str, **values: object) -> None:
    asked()
    with pytest.raises(IntegrityError, match=name):
        Event.objects.update(**values)


def test_event_of_several() -> None:
    broken("event_of_several", people=1)


def test_event_decided_whole() -> None:
    broken("event_decided_whole", state="approved")


def test_event_refused_with_reason() -> None:
    broken(
        "event_refused_with_reason",
        state="refused",
        decided_by="tono",
        decided_at=MONDAY,
    )


def test_event_form_once() -> None:
    row = asked()
    row.pk, row.code_hash = None, b"x"
    with pytest.raises(IntegrityError, match="event_form_once"):
        row.save()


def test_before_any_guidance_nothing_can_be_allowed() -> None:
    cast.places()
    long_ago = MONDAY - 60 * DAY
    with pytest.raises(EventRefused) as caught:
        ask_for_event(plan=event_plan(on=long_ago.date()), at=long_ago)
    assert caught.value.bars == ["undecidable"]


def test_who_gives_no_phone_reads_the_code_on_the_page_only() -> None:
    asked(phone="")
    assert not Message.objects.exists()
