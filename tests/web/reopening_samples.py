"""Sample arguments of the addresses of reopening; each package adds its own here."""

from tests.web.reopening_counters_samples import COUNTERS
from tests.web.reopening_pilots_samples import PILOTS
from tests.web.reopening_places_samples import PLACES
from tests.web.reopening_signals_samples import SIGNALS
from tests.web.reopening_zones_samples import ZONES
from tests.web.sampling import Sample

REOPENING: dict[str, Sample] = {**COUNTERS, **PILOTS, **PLACES, **SIGNALS, **ZONES}
