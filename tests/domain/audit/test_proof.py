"""Whoever tampers with the diary of events is found, and so is each event."""

import json
import random
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from smartkampung.accounts.models import Staff
from smartkampung.audit import bulk
from smartkampung.audit.actions import record, record_all
from smartkampung.audit.bulk import seal_events
from smartkampung.audit.models import Event, EventSeal
from smartkampung.audit.queries.kept import DiaryCutOff
from smartkampung.audit.queries.proof import seal_facts, verify_events
from smartkampung.audit.rules import Kind, read_seals
from smartkampung.jobs.tasks import audit as jobs
from smartkampung.kernel.chains import Fault
from smartkampung.ledger.queries.proof import checkpoint
from tests.races import together
from tests.tampering import AT, as_superuser

pytestmark = pytest.mark.django_db(transaction=True)
TARGET = Staff(pk=7)


def written(count: int) -> list[int]:
    """Write some events down; return their numbers."""
    details = {"amount": 600_000, "codes": ["b", "a"], "10": 1, "9": None, "part": 0.5}
    record_all("test.done", targets=[(TARGET, "35.10")] * count, by="sari", **details)
    return list(Event.objects.order_by("pk").values_list("pk", flat=True))


def sealed_diary(count: int, *, under: int = 1) -> list[int]:
    """Write events down under some seals; return their numbers."""
    for number in range(under):
        written(count // under)
        seal_events(at=AT + timedelta(hours=number))
    return list(Event.objects.order_by("pk").values_list("pk", flat=True))


def found(*kinds: Kind) -> set[int | str]:
    """Return which events have a fault of these kinds."""
    return {each.number for each in verify_events().faults if each.kind in kinds}


def test_an_untouched_diary_is_whole() -> None:
    assert verify_events().whole
    assert seal_events(at=AT) == 0
    sealed_diary(6, under=3)
    record("test.one", target=TARGET, by="sari", reason="kata-kata é \x1f", step=1)
    proof = verify_events()
    assert proof.whole
    assert (proof.events, proof.seals, proof.waiting) == (7, 3, 1)


def test_event_seal_append_only() -> None:
    sealed_diary(2)
    with pytest.raises(Exception, match="eventseal"), transaction.atomic():
        EventSeal.objects.update(number=9)
    with pytest.raises(Exception, match="eventseal"), transaction.atomic():
        EventSeal.objects.all().delete()


def test_event_seal_holds_something() -> None:
    with pytest.raises(IntegrityError, match="event_seal_holds_something"):
        EventSeal.objects.create(number=1, sealed_at=AT, events=[], mac=b"x")


@pytest.mark.slow
def test_a_superuser_who_tampers_with_a_thousand_events_is_found_each_time() -> None:
    every = sealed_diary(1_250, under=5)
    written(1)
    chosen = random.Random(35_10).sample(every, 1_000)
    changed, renamed, deleted, unsigned = (
        chosen[start:end] for start, end in pairwise((0, 250, 500, 750, 1_000))
    )
    changes = [
        (
            "UPDATE audit_event SET detail = '{\"amount\": 1}' WHERE id = ANY(%s)",
            changed,
        ),
        ("UPDATE audit_event SET by = 'budi' WHERE id = ANY(%s)", renamed),
        ("DELETE FROM audit_event WHERE id = ANY(%s)", deleted),
        ("UPDATE audit_event SET mac = NULL WHERE id = ANY(%s)", unsigned),
    ]
    with as_superuser() as mallory:
        for statement, rows in changes:
            mallory.does(statement, rows)
    assert found(Kind.CHANGED) == {*changed, *renamed}
    assert found(Kind.DELETED) == set(deleted)
    assert found(Kind.UNSIGNED) == set(unsigned)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            "UPDATE audit_event SET at = at + interval '1 day' WHERE id = {2}",
            "changed 2",
        ),
        ("UPDATE audit_event SET name = 'x' WHERE id = {2}", "changed 2"),
        ("UPDATE audit_event SET target_id = '8' WHERE id = {2}", "changed 2"),
        ("UPDATE audit_event SET region_code = '' WHERE id = {2}", "changed 2"),
        ("UPDATE audit_event SET id = id + 90000 WHERE id = {2}", "deleted 2"),
        ("DELETE FROM audit_eventseal WHERE number = 1", "seal_missing 1"),
        ("DELETE FROM audit_eventseal WHERE number = 2", "cut_off 2"),
        ("UPDATE audit_eventseal SET events = events[2:]", "seal_broken 1"),
        (
            "UPDATE audit_eventseal SET events = array_append(events, {2})"
            " WHERE number = 2",
            "repeated 2",
        ),
        ("UPDATE audit_eventseal SET sealed_at = now()", "rewritten 1"),
        (
            "INSERT INTO audit_event (id, at, name, by, target_kind, target_id,"
            " region_code, detail) VALUES (999999, now(), 'x', 'sari', 'y', '1', '', '{{}}')",
            "unsigned 999999",
        ),
    ],
)
def test_each_way_of_tampering_is_named(statement: str, fault: str) -> None:
    every = sealed_diary(6, under=2)
    kept = seal_facts()
    places = {2: every[1]}
    with as_superuser() as mallory:
        mallory.does(statement.format(0, 0, places[2]))
    faults = [
        f"{each.kind} {2 if each.number == places[2] else each.number}"
        for each in verify_events(kept=kept).faults
    ]
    assert fault in faults


def test_what_was_forged_is_never_sealed_and_those_behind_it_are() -> None:
    sealed_diary(2)
    with as_superuser() as mallory:
        mallory.does(
            "INSERT INTO audit_event (at, name, by, target_kind, target_id, region_code,"
            " detail) SELECT now(), 'aid.approved', 'sari', 'aid.claim', '1', '', '{}'"
            " FROM generate_series(1, 3)"
        )
    written(2)
    assert seal_events(at=AT) == 2
    assert len(found(Kind.UNSIGNED)) == 3


def test_an_event_that_commits_after_those_behind_it_gets_its_seal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    numbers = written(7)
    with as_superuser() as late:
        late.does("UPDATE audit_event SET id = -id WHERE id = %s", numbers[0])
        assert seal_events(at=AT) == 6
        late.does("UPDATE audit_event SET id = -id WHERE id < 0")
    assert seal_events(at=AT) == 1
    proof = verify_events()
    assert proof.whole
    assert (proof.events, proof.waiting) == (7, 0)


def test_two_sealers_seal_each_event_once() -> None:
    written(40)
    together(lambda: seal_events(at=AT), lambda: seal_events(at=AT))
    proof = verify_events()
    assert proof.whole
    assert proof.waiting == 0


def test_whoever_acts_waits_for_no_chain() -> None:
    sealed_diary(2)
    with CaptureQueriesContext(connection) as asked:
        record("test.one", target=TARGET, by="sari")
    assert len(asked) == 1
    assert "audit_eventseal" not in asked[0]["sql"]


def test_a_checkpoint_finds_a_diary_that_was_cut_off(
    settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    written(2)
    jobs.seal(0)
    written(2)
    jobs.seal(0)
    kept = read_seals(json.loads(json.dumps(checkpoint())))
    with as_superuser() as mallory:
        mallory.does(
            "DELETE FROM audit_event WHERE id = ANY((SELECT events FROM"
            " audit_eventseal WHERE number = 2)::bigint[])"
        )
        mallory.does("DELETE FROM audit_eventseal WHERE number = 2")
    assert verify_events().whole
    assert verify_events(kept=kept).faults == (Fault(Kind.CUT_OFF, "event seal", 2),)
    with pytest.raises(DiaryCutOff, match="event seal 2"):
        jobs.seal(0)


def test_a_checkpoint_from_before_there_were_seals_of_events_is_read() -> None:
    assert read_seals({"seals": []}) == []
    with pytest.raises(ValueError, match="event_seals"):
        read_seals({"event_seals": [{}]})
