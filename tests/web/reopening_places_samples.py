"""Sample arguments of places and events (``tests/web/samples.py`` says how)."""

import uuid
from typing import Any

from smartkampung.kernel.clock import now
from smartkampung.reopening.places.models import Complaint, Suspension
from smartkampung.reopening.places.queries.standing import certificate_of, code_of
from tests.visiting import (
    a_complaint,
    a_photo,
    a_place,
    a_place_with_code,
    a_visit,
    an_event,
    babinsa,
    dinkes,
    last_event,
    suspended,
)
from tests.web.sampling import Sample


def _photo(_: Any) -> dict[str, Any]:
    photo = a_photo()
    a_visit(a_place(), by=babinsa(), photos=[photo.pk])
    return {"upload_id": photo.pk}


def _certificate(_: Any) -> dict[str, Any]:
    place = a_place()
    a_visit(place, by=dinkes(), at=now())
    found = certificate_of(place)
    assert found is not None
    return {"code": code_of(found)}


def _complaint(_: Any) -> dict[str, Any]:
    a_complaint(a_place())
    return {"complaint_id": Complaint.objects.latest("pk").pk}


def _held(_: Any) -> dict[str, Any]:
    suspended(a_place())
    return {"suspension_id": Suspension.objects.latest("pk").pk}


def _event(_: Any) -> dict[str, Any]:
    an_event()
    return {"event_id": last_event().pk}


SCREEN = {"form_id": uuid.uuid4(), "step": "kind"}
PLACE = Sample(lambda _: {"place_id": a_place().pk}, bound=True)
OPEN_PLACE = Sample(lambda _: {"place_id": a_place().pk})
# a code opens a place, complaint or event to whoever holds it
OWN = Sample(lambda _: {"code": a_place_with_code()[1]})
EVENT = Sample(_event, bound=True)
HELD = Sample(_held, bound=True)

PLACES: dict[str, Sample] = {
    "protocols:register:screen": Sample(lambda _: SCREEN),
    "protocols:event:screen": Sample(lambda _: SCREEN),
    "protocols:place": OPEN_PLACE,
    "protocols:complain": OPEN_PLACE,
    "protocols:verify": Sample(_certificate),
    "protocols:mine": OWN,
    "protocols:assess": OWN,
    # nothing to print before there is one
    "protocols:certificate": Sample(OWN.make, may_be_missing=True),
    "protocols:poster": OWN,
    "protocols:complaint": Sample(lambda _: {"code": a_complaint(a_place())}),
    "protocols:follow_event": Sample(lambda _: {"code": an_event()}),
    "protocols:event_letter": Sample(
        lambda _: {"code": an_event()}, may_be_missing=True
    ),
    "protocols:verify_event": Sample(
        lambda _: {"mark": "made-up"}, may_be_missing=True
    ),
    "protocols_staff:place": PLACE,
    "protocols_staff:decide": PLACE,
    "protocols_staff:close": PLACE,
    "protocols_staff:phone": PLACE,
    "protocols_staff:renew": PLACE,
    "protocols_staff:certificate": Sample(PLACE.make, bound=True, may_be_missing=True),
    # its file is not there
    "protocols_staff:photo": Sample(_photo, bound=True, may_be_missing=True),
    "protocols_staff:inspect": PLACE,
    "protocols_staff:suspend": PLACE,
    "protocols_staff:suspension": HELD,
    "protocols_staff:lift": HELD,
    "protocols_staff:complaint": Sample(_complaint, bound=True),
    "protocols_staff:event": EVENT,
    "protocols_staff:event_phone": EVENT,
    # protocols are the regency's: one for every village
    "protocols_staff:write": Sample(lambda _: {"kind": "homestay"}),
    "protocols_staff:confirm": Sample(lambda _: {"version": 1}, may_be_missing=True),
}
