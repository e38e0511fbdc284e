"""Sample arguments of the economy (``tests/web/samples.py`` says how)."""

from tests.economy import a_file, an_alert
from tests.web.sampling import Sample

# The figures are the regency's: who answers for another finds nothing.
BOUND = Sample(bound=True)
ALERT = Sample(lambda _: {"pk": an_alert(number=an_alert_number()).pk}, bound=True)
FILE = Sample(lambda _: {"pk": a_file().pk}, bound=True)
_numbers = iter(range(1, 100))


def an_alert_number() -> int:
    """Return a number that no alert of the scene has yet."""
    return next(_numbers)


ECONOMY: dict[str, Sample] = {
    "economy:here": BOUND,
    "economy:revenue": BOUND,
    "economy:type": Sample(lambda _: {"code": "hotel"}, bound=True),
    "economy:visits": BOUND,
    "economy:businesses": BOUND,
    "economy:recovery": BOUND,
    "economy:curve": Sample(lambda _: {"code": "hotel"}, bound=True),
    "economy:known": BOUND,
    "economy:alerts": BOUND,
    "economy:alert": ALERT,
    "economy:note": ALERT,
    "economy:settings": BOUND,
    "economy:write": Sample(lambda _: {"kind": "baseline"}, bound=True),
    "economy:enter": Sample(lambda _: {"kind": "revenue"}, bound=True),
    # Without a kind, an item and a month there is nothing to tell of.
    "economy:history": Sample(bound=True, may_be_missing=True),
    "economy:take_back": Sample(bound=True, may_be_missing=True),
    "economy:files": BOUND,
    "economy:file": FILE,
    "economy:take": FILE,
    "economy:leave": FILE,
    "economy:download": Sample(lambda _: {"name": "alerts", "form": "csv"}, bound=True),
    "economy_open:download": Sample(lambda _: {"name": "years", "form": "xlsx"}),
}
