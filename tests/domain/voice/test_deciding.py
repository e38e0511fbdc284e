"""A warning waits for a second person, who is told; nobody decides, and both are."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from pytest_django import Settings

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.actions.announcing import withdraw
from smartkampung.frontline.voice.actions.broadcasting import (
    ask_broadcast,
    decide_broadcast,
)
from smartkampung.frontline.voice.models import Broadcast
from smartkampung.frontline.voice.rules.broadcasting import Danger, State, Wording
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import WIB, now
from smartkampung.notify.adapters.fake import OUTBOX
from smartkampung.residents.actions.consents import change_consent
from smartkampung.residents.rules.consents import Purpose
from smartkampung.worklist.models import WorkItem
from tests.cast import HERE, KECAMATAN, camat, staff
from tests.covering import stands_in
from tests.population import family, person
from tests.speaking import heads, rights, said, with_phone

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 30, 21, 0, tzinfo=WIB)
HEAD, CAMAT, KASI = "+6281300000001", "+6281300000002", "+6281300000003"


@pytest.fixture(autouse=True)
def _evening(settings: Settings) -> Iterator[None]:
    settings.MESSAGES = "fake"
    OUTBOX.reset()
    with time_machine.travel(EVENING, tick=False):
        yield
    OUTBOX.reset()


@pytest.fixture
def head() -> Staff:
    """Return the village head, whose superior has a phone as well."""
    card = family(kk=None, region=f"{HERE}.002.007", phone="+6281200000001")
    person("Warga", household=card)
    change_consent(
        family_id=card.pk, purpose=Purpose.AREA_NEWS, given=True, by="test", at=now()
    )
    found = with_phone(heads()["head"], HEAD)
    with_phone(camat(), CAMAT)
    run_waiting()
    OUTBOX.reset()
    return found


def asked_by(one: Staff, place: str = HERE) -> Broadcast:
    row = said(one, region_code=place, public=True, danger=Danger.FLOOD)
    run_waiting()
    OUTBOX.reset()
    return ask_broadcast(
        announcement=row,
        wording=Wording.FLOOD,
        region_code=place,
        due_on=None,
        grounds="Air setinggi lutut di jembatan.",
        by=rights(one),
        at=now(),
    )


def heard() -> list[str]:
    return sorted(message.to for message in OUTBOX.sent)


def test_whoever_may_allow_it_is_told_at_nine_in_the_evening(head: Staff) -> None:
    row = asked_by(head)
    run_waiting()
    assert heard() == [CAMAT], "and not who asked"
    assert f"/staff/news/broadcasts/{row.pk}/" in OUTBOX.sent[0].text


def test_the_asker_who_stands_in_for_the_only_colleague_is_not_told(
    head: Staff,
) -> None:
    kasi = with_phone(staff("kasi", Role.KECAMATAN_OFFICER, KECAMATAN), KASI)
    endang = Staff.objects.get(username="endang")
    stands_in(
        absent=kasi,
        stand_in=endang,
        since=now().date(),
        until=now().date() + timedelta(days=2),
        by="kasi",
        at=now(),
    )
    asked_by(endang, KECAMATAN)
    run_waiting()
    assert heard() == [KASI]


def test_nobody_decides_for_two_hours_and_both_sides_learn_it(head: Staff) -> None:
    row = asked_by(head)
    run_waiting()
    OUTBOX.reset()
    with time_machine.travel(EVENING + timedelta(hours=2), tick=False):
        run_waiting()
        row.refresh_from_db()
        assert (row.state, row.decided_by) == (State.REFUSED, "job")
        assert heard() == [HEAD, CAMAT]
    assert not WorkItem.objects.filter(closed_at=None).exists()


def test_what_was_decided_or_withdrawn_lapses_in_silence(head: Staff) -> None:
    allowed, gone = asked_by(head), asked_by(head)
    endang = Staff.objects.get(username="endang")
    decide_broadcast(broadcast=allowed, allowed=True, by=rights(endang), at=now())
    run_waiting()
    withdraw(announcement=gone.announcement, reason="Salah.", by=rights(head), at=now())
    run_waiting()
    OUTBOX.reset()
    with time_machine.travel(EVENING + timedelta(hours=2), tick=False):
        run_waiting()
    allowed.refresh_from_db()
    assert allowed.state == State.SENT
    assert heard() == []
