"""One stay as one transaction bundle: sent again, it says the same of the same things.

Every resource has an id that follows from what it is about and is put, not posted, so
that a bundle that arrives twice changes nothing. A village house is probably not
registered anywhere: it is told as a place that the Puskesmas manages.
"""

from typing import Any

from smartkampung.isolation.exchange.rules.codes import same_id
from smartkampung.isolation.exchange.rules.course import (
    conditions,
    encounter,
    episode,
    looks,
    observations,
)
from smartkampung.isolation.exchange.rules.facts import Facts
from smartkampung.isolation.exchange.rules.places import organization, places
from smartkampung.isolation.exchange.rules.who import patient

Resource = dict[str, Any]
Told = tuple[str, str, Resource]  # type, key, resource without its id


def bundle(facts: Facts) -> Resource:
    """Return the bundle of a stay; what others refer to comes first."""
    told: list[Told] = [
        organization(facts),
        *places(facts),
        patient(facts),
        episode(facts),
        encounter(facts),
        *conditions(facts),
        *observations(facts),
        *looks(facts),
    ]
    return {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [_entry(kind, key, resource) for kind, key, resource in told],
    }


def _entry(kind: str, key: str, resource: Resource) -> Resource:
    number = same_id(kind, key)
    return {
        "fullUrl": f"urn:uuid:{number}",
        "resource": {"resourceType": kind, "id": number, **resource},
        "request": {"method": "PUT", "url": f"{kind}/{number}"},
    }
