"""Stays wait in line, go out once they can, and a refusal stays to be seen."""

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from pytest_django.fixtures import Settings

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission, Role
from smartkampung.audit.models import Event
from smartkampung.isolation.exchange.actions.send import (
    SEND,
    NobodyToTell,
    export,
    gather,
    send_again,
    send_next,
)
from smartkampung.isolation.exchange.models import Outgoing
from smartkampung.isolation.exchange.rules.codes import same_id
from smartkampung.isolation.exchange.server import Kept, handler
from smartkampung.isolation.models import Reservation, Stay
from smartkampung.jobs.registry import WORK
from smartkampung.kernel.errors import constraint_name
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from tests import cast
from tests.isolating import WAYAN_NIK, a_bed_use, beds_of
from tests.watching import look, on_day, present, rights, see_as

pytestmark = pytest.mark.django_db
NIGHT = on_day(3, 2, 40)


@pytest.fixture
def other(settings: Settings) -> Iterator[Kept]:
    """The test server, as a system to be told."""
    kept = Kept()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(kept))
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    settings.FHIR_URL = f"http://127.0.0.1:{server.server_port}/"
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def wayan() -> Stay:
    """Wayan in a bed, seen by dr. Ratna with 36.6 degrees."""
    ratna = rights(cast.dr_ratna())
    stay = present(nik=Sealed.of(WAYAN_NIK, "nik"))
    act_as(Kind.JOB)
    house = Reservation.objects.get(pk=stay.reservation_id).house
    assert house is not None
    a_bed_use(stay, beds_of(house)[0])
    look(stay, ratna, at=on_day(2))
    act_as(Kind.JOB)
    return stay


def waiting() -> Outgoing:
    return Outgoing.objects.get()


def test_a_stay_is_gathered_once_and_told_whole(wayan: Stay, other: Kept) -> None:
    assert gather(at=NIGHT) == 1
    gather(at=NIGHT)
    assert send_next(at=NIGHT)
    assert waiting().state == "sent"
    patient = other.resources[f"Patient/{same_id('Patient', str(wayan.pk))}"]
    assert patient["identifier"][0]["value"] == WAYAN_NIK
    kinds = {url.partition("/")[0] for url in other.resources}
    assert kinds >= {"Patient", "Encounter", "Location", "Observation", "Task"}


def test_nothing_waits_where_nobody_is_to_be_told(wayan: Stay) -> None:
    assert gather(at=NIGHT) == 0
    assert not send_next(at=NIGHT)


def test_an_outage_only_makes_the_line_longer(wayan: Stay, other: Kept) -> None:
    gather(at=NIGHT)
    other.mode = "down"
    assert not send_next(at=NIGHT)
    assert (waiting().state, waiting().tries) == ("waiting", 1)
    assert waiting().trouble == "http_503"
    other.mode = "up"
    assert send_next(at=NIGHT + timedelta(minutes=1))
    assert waiting().state == "sent"


def test_what_is_refused_is_not_sent_again(wayan: Stay, other: Kept) -> None:
    gather(at=NIGHT)
    other.mode = "refusing"
    assert send_next(at=NIGHT)
    assert (waiting().state, waiting().trouble) == ("refused", "http_422")
    assert not send_next(at=NIGHT)


@pytest.mark.parametrize("refused", [False, True])
def test_what_says_nothing_new_is_not_told_again(
    wayan: Stay, other: Kept, refused: bool
) -> None:
    if refused:
        Stay.objects.filter(pk=wayan.pk).update(state="released", ended_at=NIGHT)
        other.mode = "refusing"
    gather(at=NIGHT)
    send_next(at=NIGHT)
    other.mode = "down"  # whoever asks now is not answered
    gather(at=NIGHT + timedelta(days=1))
    send_next(at=NIGHT + timedelta(days=1))
    assert Outgoing.objects.count() == 1
    assert Event.objects.filter(name="isolation.exported").count() == 1


def test_the_test_server_takes_no_broken_bundle(other: Kept) -> None:
    entry = {"resource": {"resourceType": "Patient", "gender": 7}}
    broken = {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}
    for body in (b"no json", json.dumps(broken).encode()):
        status, answer = other.take(body)
        assert (status, answer["resourceType"]) == (422, "OperationOutcome")
    assert other.resources == {}


def test_who_took_a_stay_out_and_why_is_written_down(wayan: Stay) -> None:
    export(wayan, by="os:root", reason="permintaan RS")
    event = Event.objects.get(name="isolation.exported")
    assert (event.by, event.detail) == ("os:root", {"reason": "permintaan RS"})
    assert WAYAN_NIK not in str(event.detail)


def test_outgoing_waits_once(wayan: Stay) -> None:
    Outgoing.objects.create(stay=wayan, queued_at=NIGHT, queued_by="x")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Outgoing.objects.create(stay=wayan, queued_at=NIGHT, queued_by="x")
    assert constraint_name(caught.value) == "outgoing_waits_once"


def test_outgoing_answer_has_a_moment(wayan: Stay) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Outgoing.objects.create(
            stay=wayan, queued_at=NIGHT, queued_by="x", state="sent"
        )
    assert constraint_name(caught.value) == "outgoing_answer_has_a_moment"


def test_the_worker_knows_the_jobs_of_the_exchange() -> None:
    assert {SEND, "isolation.gather_bundles"} <= set(WORK)


def test_whoever_asks_for_it_is_told_even_what_is_not_new(
    wayan: Stay, other: Kept
) -> None:
    gather(at=NIGHT)
    other.mode = "refusing"
    send_next(at=NIGHT)
    other.mode = "up"
    send_again(
        wayan,
        by=rights(cast.staff("asks", Role.DINKES, cast.HERE)),
        at=NIGHT + timedelta(hours=8),
    )
    assert send_next(at=NIGHT + timedelta(hours=8))
    states = Outgoing.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["refused", "sent"]


def test_nothing_is_sent_again_where_nobody_is_to_be_told(wayan: Stay) -> None:
    with pytest.raises(NobodyToTell):
        send_again(
            wayan, by=rights(cast.staff("asks", Role.DINKES, cast.HERE)), at=NIGHT
        )
    assert not Outgoing.objects.exists()


def test_what_was_told_is_seen_by_health_workers_of_the_place_only(
    wayan: Stay,
) -> None:
    Outgoing.objects.create(stay=wayan, queued_at=NIGHT, queued_by="x")
    own = cast.staff("own", Role.DINKES, cast.HERE)
    far = cast.staff("far", Role.DINKES, cast.FAR_AWAY)
    seen = {}
    for who in (own, far, *pillars()):
        see_as(rights(who), Permission.STAY_VIEW)
        seen[who.username] = Outgoing.objects.count()
        with (
            pytest.raises(ProgrammingError)
            if not seen[who.username]
            else (nullcontext()),
            transaction.atomic(),
        ):
            Outgoing.objects.create(
                stay=wayan,
                queued_at=NIGHT,
                queued_by="y",
                state="sent",
                answered_at=NIGHT,
            )
            transaction.set_rollback(True)
    assert seen == {"own": 1, "far": 0, "one-babinsa": 0, "one-village_head": 0}
    act_as(Kind.PUBLIC)
    assert not Outgoing.objects.exists()


def pillars() -> list[Staff]:
    """Return a Babinsa and a village head of the place."""
    roles = (Role.BABINSA, Role.VILLAGE_HEAD)
    return [cast.staff(f"one-{role}", role, cast.HERE) for role in roles]
