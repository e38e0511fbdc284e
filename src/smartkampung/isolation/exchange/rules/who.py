"""The person of a stay as a Patient."""

from typing import Any

from smartkampung.isolation.exchange.rules.codes import (
    GENDER,
    IDENTIFIER_TYPE,
    NIK,
    concept,
)
from smartkampung.isolation.exchange.rules.facts import Facts, Person


def patient(facts: Facts) -> tuple[str, str, dict[str, Any]]:
    """Return who stays."""
    person = facts.person
    told: dict[str, Any] = {
        "name": [{"use": "official", "text": person.name}],
        "gender": GENDER.get(person.sex, "unknown"),
    }
    identifiers = _identifiers(person)
    if identifiers:
        told["identifier"] = identifiers
    if person.born_on:
        told["birthDate"] = person.born_on.isoformat()
    return "Patient", facts.key, told


def _identifiers(person: Person) -> list[dict[str, Any]]:
    if person.nik:
        return [{"use": "official", "system": NIK, "value": person.nik}]
    if person.passport:
        kind = concept(IDENTIFIER_TYPE, "PPN", "Passport number")
        return [{"use": "official", "type": kind, "value": person.passport}]
    return []
