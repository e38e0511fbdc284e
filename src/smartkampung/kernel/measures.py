"""What the program measures of itself, in the form that Prometheus reads.

With several web processes each writes its own files below PROMETHEUS_MULTIPROC_DIR,
which the supervisor sets, and a scrape adds them up.
"""

import os

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY

REQUESTS = Counter(
    "smartkampung_requests_total",
    "Requests answered, by route (never by path), method and status.",
    ["route", "method", "status"],
)
SECONDS = Histogram(
    "smartkampung_request_seconds",
    "Seconds to answer a request, by route.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.35, 0.5, 1, 2.5, 5, 10),
)


Fact = float | dict[str, float]


def exposition(facts: dict[str, Fact]) -> bytes:
    """Return everything measured, and the facts read just now, as Prometheus text.

    A fact with parts (jobs by state) becomes one gauge with a label ``state``.
    """
    return generate_latest(_measured()) + generate_latest(_as_gauges(facts))


def _measured() -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


def _as_gauges(facts: dict[str, Fact]) -> CollectorRegistry:
    registry = CollectorRegistry()
    for name, fact in facts.items():
        parts = fact if isinstance(fact, dict) else {}
        labels = ["state"] if isinstance(fact, dict) else []
        words = name.replace("_", " ").capitalize()
        gauge = Gauge(f"smartkampung_{name}", words, labels, registry=registry)
        for state, value in parts.items():
            gauge.labels(state).set(value)
        if not isinstance(fact, dict):
            gauge.set(fact)
    return registry
