"""Sample arguments of counters and of today (``tests/web/samples.py`` says how)."""

import uuid

from tests.cast import RT_HERE
from tests.counters import a_booking, a_counter
from tests.web.sampling import Sample

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
}
