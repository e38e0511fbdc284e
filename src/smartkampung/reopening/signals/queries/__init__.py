"""Reads of signals; the indicators of a region on a day stand here for everybody."""

from smartkampung.reopening.signals.queries.indicators import readings as readings
from smartkampung.reopening.signals.queries.indicators import (
    readings_over as readings_over,
)
from smartkampung.reopening.signals.rules.reading import Reading as Reading
