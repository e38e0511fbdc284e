"""Places come into the register by their village or their owner."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError
from django.utils.module_loading import import_string

from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event as Diary
from smartkampung.intake.actions.answers import KeyReused
from smartkampung.kernel.clock import day
from smartkampung.notify.models import Message
from smartkampung.reopening.places.actions.errors import (
    OutsideYourArea,
    PlaceRefused,
    TooMany,
)
from smartkampung.reopening.places.actions.inspecting import assess_own
from smartkampung.reopening.places.actions.protocols import (
    BadProtocol,
    BeginsTooEarly,
    CannotConfirm,
    confirm,
    write_version,
)
from smartkampung.reopening.places.actions.registering import (
    PER_VILLAGE,
    ask_for_place,
    decide_place,
    register_place,
    show_phone,
)
from smartkampung.reopening.places.models import Place, ProtocolVersion
from smartkampung.reopening.places.queries.protocols import in_force
from smartkampung.reopening.places.queries.register import (
    certified,
    place_by_code,
    room_on,
)
from smartkampung.reopening.places.queries.standing import FEW, compliance
from smartkampung.worklist.models import WorkItem
from tests import cast
from tests.cast import FAR_AWAY, HERE, NEXT_DOOR, RT_HERE
from tests.visiting import (
    DAY,
    MONDAY,
    a_place,
    a_visit,
    actor,
    babinsa,
    dinkes,
    in_phase,
    officer,
    plan,
)

pytestmark = pytest.mark.django_db
BODY = {
    "items": [{"code": "mask", "name": "M", "name_en": "M", "weight": 3, "must": True}],
    "pass": 75,
    "months": 6,
}


@pytest.mark.closes("places.accept")
def test_an_owner_asks_and_the_village_accepts() -> None:
    cast.places()
    told = plan()
    code = ask_for_place(plan=told, at=MONDAY)
    assert ask_for_place(plan=told, at=MONDAY + DAY) == code
    place = place_by_code(code)
    assert place is not None
    assert place.state == "asked"
    assert WorkItem.objects.get(closed_at=None).kind == "places.accept"
    sari = actor(cast.sari())
    decide_place(place=place, accepted=True, reason="", by=sari, at=MONDAY + DAY)
    assert WorkItem.objects.get(closed_at=None).kind == "places.inspect"
    with pytest.raises(PlaceRefused):
        decide_place(place=place, accepted=False, reason="x", by=sari, at=MONDAY)


def test_the_phone_is_sealed_and_the_code_goes_to_it() -> None:
    cast.places()
    code = ask_for_place(plan=plan(), at=MONDAY)
    assert Message.objects.get().secret.open() == code
    place = Place.objects.get()
    assert b"81234567890" not in bytes(place.contact_phone.box)
    assert show_phone(place=place, by=actor(cast.sari())) == "081234567890"
    assert Diary.objects.filter(name="places.phone_shown").exists()


def test_a_place_without_a_phone_gets_no_message() -> None:
    place = a_place(contact_phone="")
    assert show_phone(place=place, by=babinsa()) == ""
    assert not Message.objects.exists()


def test_place_form_once() -> None:
    cast.places()
    told = plan()
    ask_for_place(plan=told, at=MONDAY)
    with pytest.raises(KeyReused):
        ask_for_place(plan=plan(form_id=told.form_id, name="Lain"), at=MONDAY)
    row = Place.objects.get()
    row.pk, row.code_hash = None, b"x"
    with pytest.raises(IntegrityError, match="place_form_once"):
        row.save()


def test_place_refused_with_reason() -> None:
    cast.places()
    place = place_by_code(ask_for_place(plan=plan(), at=MONDAY))
    assert place is not None
    sari = actor(cast.sari())
    with pytest.raises(PlaceRefused):
        decide_place(place=place, accepted=False, reason="", by=sari, at=MONDAY)
    decide_place(place=place, accepted=False, reason="Bukan usaha", by=sari, at=MONDAY)
    with pytest.raises(PlaceRefused):
        a_visit(Place.objects.get(), by=babinsa())
    with pytest.raises(IntegrityError, match="place_refused_with_reason"):
        Place.objects.update(reason="")


def test_a_village_enters_places_of_its_own_only() -> None:
    budi = actor(cast.budi())
    with pytest.raises(OutsideYourArea):
        register_place(plan=plan(), by=budi, at=MONDAY)


def test_many_places_a_day_are_looked_at_first(monkeypatch: pytest.MonkeyPatch) -> None:
    cast.places()
    few = type(PER_VILLAGE)("places.few", 1, DAY)
    monkeypatch.setattr(
        "smartkampung.reopening.places.actions.registering.PER_VILLAGE", few
    )
    ask_for_place(plan=plan(), at=MONDAY)
    with pytest.raises(TooMany):
        ask_for_place(plan=plan(), at=MONDAY)


def broken(name: str, **values: object) -> None:
    a_place()
    with pytest.raises(IntegrityError, match=name):
        Place.objects.update(**values)


def test_place_takes_somebody() -> None:
    broken("place_takes_somebody", capacity=0)


def test_place_has_both_coordinates() -> None:
    broken("place_has_both_coordinates", lat=-8.2)


def test_place_closed_at_a_moment() -> None:
    broken("place_closed_at_a_moment", closed_at=MONDAY)


@pytest.mark.parametrize(
    ("phase", "percent", "most"), [("emergency", 0, 0), ("recovery", 50, 5)]
)
def test_how_many_may_come_follows_the_phase(
    phase: str, percent: int, most: int
) -> None:
    in_phase(phase)
    room = room_on(a_place(), day(MONDAY))
    assert (room.percent, room.most, room.colour_closes) == (percent, most, False)


def test_before_any_guidance_nobody_may_come() -> None:
    room = room_on(a_place(), day(MONDAY - 60 * DAY))
    assert (room.most, room.regime) == (0, None)


def test_everybody_sees_valid_certificates_only() -> None:
    joko, on = babinsa(), day(MONDAY)
    good = a_place()
    a_visit(good, by=joko)
    a_visit(a_place(name="Gagal"), "mask", by=joko)
    a_place(name="Belum")
    assert [row.pk for row in certified(on)] == [good.pk]
    assert list(certified(on, village=FAR_AWAY)) == []
    assert list(certified(on, village=HERE, kind="market")) == []
    assert list(certified(on + 200 * DAY)) == []


def test_compliance_counts_the_latest_visit_of_each_place_by_that_day() -> None:
    joko = babinsa()
    places = [a_place(name=f"Tempat {number}") for number in range(3)]
    elsewhere = a_place(region_code=NEXT_DOOR)
    for place in (*places, elsewhere):
        a_visit(place, by=joko)
    assert compliance(HERE, day(MONDAY)).value == 100
    a_visit(places[0], "mask", by=joko, at=MONDAY + DAY)
    assert compliance(HERE, day(MONDAY)).value == 100
    # Not rounded: limits are held against it as it is, pages round.
    assert compliance(HERE, day(MONDAY + DAY)).value == Decimal(200) / 3


def test_the_gates_ask_for_it_by_its_name_in_settings() -> None:
    assert import_string(settings.COMPLIANCE) is compliance


def test_fewer_than_three_places_say_nothing() -> None:
    joko = babinsa()
    for number in range(2):
        a_visit(a_place(name=f"Tempat {number}"), by=joko)
    found = compliance(HERE, day(MONDAY))
    assert (found.value, found.missing) == (None, FEW)


def written(**values: object) -> ProtocolVersion:
    told: dict[str, Any] = {
        "kind": "homestay",
        "body": BODY,
        "since": day(MONDAY + DAY),
        "legal_reference": "Perbup",
        "source_url": "",
        "by": dinkes(),
        "at": MONDAY,
    }
    return write_version(**(told | values))


def test_a_visit_is_judged_by_the_version_of_its_day() -> None:
    place, joko = a_place(), babinsa()
    first = a_visit(place, by=joko)
    row = written()
    nia = officer("nia", Role.DINKES, cast.REGENCY, "Nia")
    confirm(version=row.pk, by=nia, at=MONDAY)
    second = a_visit(place, by=joko, at=MONDAY + DAY)
    assert first.protocol_id != row.pk == second.protocol_id


@pytest.mark.parametrize("kind", ["homestay", "event"])
def test_what_one_person_wrote_does_not_hold(kind: str) -> None:
    """Else one officer alone opens weddings in red RTs, or certifies everybody."""
    on = day(MONDAY + 3 * DAY)
    first = in_force(kind, on)
    assert first is not None
    row = written(kind=kind, body=first.body)
    assert in_force(kind, on) == first
    nia = officer("nia", Role.DINKES, cast.REGENCY, "Nia")
    confirm(version=row.pk, by=nia, at=MONDAY + 2 * DAY)
    assert in_force(kind, on - DAY) == first
    assert in_force(kind, on) == row


def test_place_protocol_begins_later() -> None:
    with pytest.raises(BeginsTooEarly):
        written(since=day(MONDAY))
    with pytest.raises(IntegrityError, match="place_protocol_begins_later"):
        ProtocolVersion.objects.create(
            kind="homestay", since=day(MONDAY), body=BODY, by="x", at=MONDAY
        )


def test_a_protocol_without_an_item_cannot_be() -> None:
    with pytest.raises(BadProtocol):
        written(body=BODY | {"items": []})


def test_place_protocol_confirmed_by_another() -> None:
    row = written()
    hadi = officer("nia", Role.DINKES, cast.REGENCY, "Nia")
    writer = type(hadi)(1, row.by)
    with pytest.raises(CannotConfirm):
        confirm(version=row.pk, by=writer, at=MONDAY)
    confirm(version=row.pk, by=hadi, at=MONDAY)
    with pytest.raises(CannotConfirm):
        confirm(version=row.pk, by=hadi, at=MONDAY)
    with pytest.raises(IntegrityError, match="confirmed_by_another"):
        ProtocolVersion.objects.filter(pk=row.pk).update(verified_by=row.by)


def test_place_protocol_only_confirmed() -> None:
    with pytest.raises(DatabaseError, match="Cannot update"):
        ProtocolVersion.objects.update(body={})


def test_place_protocol_kept() -> None:
    with pytest.raises(DatabaseError, match="Cannot delete"):
        ProtocolVersion.objects.filter(kind="homestay").delete()


def test_every_kind_of_place_has_a_first_protocol() -> None:
    assert all(
        in_force(kind, day(MONDAY))
        for kind, _name in ProtocolVersion._meta.get_field("kind").choices or ()
    )


def test_self_assessment_append_only() -> None:
    place = a_place()
    assess_own(place=place, form_id=uuid4(), kept=[], at=MONDAY)
    with pytest.raises(DatabaseError, match="Cannot"):
        place.assessments.update(points=100)


def test_place_inspection_append_only() -> None:
    place = a_place()
    a_visit(place, "mask", by=babinsa())
    with pytest.raises(DatabaseError, match="Cannot"):
        place.inspections.update(note="x")


def test_a_wrong_code_opens_nothing() -> None:
    a_place()
    assert place_by_code("K7QF-2M9X-TB4C") is None
    assert place_by_code("?") is None
    assert RT_HERE.startswith(HERE)


def test_one_phone_is_not_written_to_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = type(PER_VILLAGE)("places.few_texts", 1, DAY)
    where = "smartkampung.reopening.places.actions.registering.TEXTS_PER_PHONE"
    monkeypatch.setattr(where, few)
    a_place()
    a_place(name="Lain")
    assert Message.objects.count() == 1
