"""Sample arguments of counters and of today (``tests/web/samples.py`` says how)."""

from tests.cast import RT_HERE
from tests.web.sampling import Sample

COUNTERS: dict[str, Sample] = {
    "today:place": Sample(lambda _: {"code": RT_HERE}),
    "today:poster": Sample(lambda _: {"code": RT_HERE}),
}
