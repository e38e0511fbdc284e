"""Every background job, one module for each domain.

A domain defers a job by name (``kernel.later``); here the name meets the domain's
action. Procrastinate finds this package by its name when Django starts.
"""

from smartkampung.jobs.tasks import (
    affected,
    aid,
    audit,
    cases,
    confirmed,
    counters,
    duplicates,
    economy,
    identity,
    imports,
    intake,
    isolation,
    isolation_booking,
    isolation_exchange,
    ledger,
    messages,
    offices,
    pilots,
    places,
    quality,
    recovery,
    residents,
    signals,
    upkeep,
)

__all__ = [
    "affected",
    "aid",
    "audit",
    "cases",
    "confirmed",
    "counters",
    "duplicates",
    "economy",
    "identity",
    "imports",
    "intake",
    "isolation",
    "isolation_booking",
    "isolation_exchange",
    "ledger",
    "messages",
    "offices",
    "pilots",
    "places",
    "quality",
    "recovery",
    "residents",
    "signals",
    "upkeep",
]
