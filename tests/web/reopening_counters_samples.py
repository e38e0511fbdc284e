"""Sample arguments of counters and of today (``tests/web/samples.py`` says how)."""

import uuid

from tests.cast import RT_HERE
from tests.counters import a_booking, a_counter, a_slot
from tests.web.sampling import Sample

COUNTER = Sample(lambda _: {"counter_id": a_counter().pk}, bound=True)
BOOKING = Sample(
    lambda _: {"booking_id": a_booking().booking_id}, bound=True, words=("Ketutjaya",)
)
CODE = Sample(lambda _: {"code": a_booking().code})

COUNTERS: dict[str, Sample] = {
    "today:place": Sample(lambda _: {"code": RT_HERE}),
    "today:poster": Sample(lambda _: {"code": RT_HERE}),
    "counters:screen": Sample(lambda _: {"form_id": uuid.uuid4(), "step": "office"}),
    # a code opens a booking to whoever holds it, and never tells a name
    "counters:booking": CODE,
    "counters:move": CODE,
    "counters:cancel": CODE,
    "counters:wall": Sample(lambda _: {"counter_id": a_counter().pk}),
    "counters_staff:day": COUNTER,
    "counters_staff:next": COUNTER,
    "counters_staff:end": COUNTER,
    "counters_staff:walk_in": COUNTER,
    "counters_staff:book": COUNTER,
    "counters_staff:manage": COUNTER,
    "counters_staff:closed": COUNTER,
    "counters_staff:over": Sample(lambda _: {"slot_id": a_slot().pk}, bound=True),
    "counters_staff:booking": BOOKING,
    "counters_staff:mark": BOOKING,
    "counters_staff:phone": BOOKING,
    "counters_staff:move": BOOKING,
    "counters_staff:cancel": BOOKING,
}
