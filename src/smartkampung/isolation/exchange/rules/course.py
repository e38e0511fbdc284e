"""The course of a stay: EpisodeOfCare, Encounter, Condition, Observation and Task."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from smartkampung.isolation.exchange.rules.codes import (
    ACT,
    CASE_CLASS,
    CATEGORY,
    CLINICAL,
    DISPOSITION,
    ENCOUNTER,
    EPISODE,
    FINISHED,
    LOINC,
    LOOK,
    SETTING,
    SPO2,
    TEMPERATURE,
    UCUM,
    WENT,
    coding,
    concept,
    reference,
)
from smartkampung.isolation.exchange.rules.facts import Facts, Reading

Told = tuple[str, str, dict[str, Any]]
WIB = "+07:00"
DAY = timedelta(days=1)


def episode(facts: Facts) -> Told:
    """Return the fortnight as care that the Puskesmas gives."""
    told = {
        "status": EPISODE.get(facts.state, FINISHED),
        "patient": reference("Patient", facts.key),
        "managingOrganization": reference("Organization", facts.centre.code),
        "period": _period(facts),
    }
    return "EpisodeOfCare", facts.key, told


def encounter(facts: Facts) -> Told:
    """Return the stay itself, with each place and how long it was there."""
    told = {
        "status": ENCOUNTER.get(facts.state, FINISHED),
        "class": coding(ACT, *SETTING[facts.at_home]),
        "subject": reference("Patient", facts.key),
        "episodeOfCare": [reference("EpisodeOfCare", facts.key)],
        "period": _period(facts),
        "location": list(_stations(facts)),
        "serviceProvider": reference("Organization", facts.centre.code),
    }
    if facts.state in WENT:
        went = concept(DISPOSITION, WENT[facts.state])
        told["hospitalization"] = {"dischargeDisposition": went}
    return "Encounter", facts.key, told


def conditions(facts: Facts) -> Iterator[Told]:
    """Yield each case class as it was called then; old words are never translated."""
    for index, one in enumerate(facts.classes):
        last = index == len(facts.classes) - 1
        status = "active" if last and not facts.ended_at else "inactive"
        yield (
            "Condition",
            one.key,
            {
                "clinicalStatus": concept(CLINICAL, status),
                "code": {
                    "coding": [coding(CASE_CLASS, one.code)],
                    "text": one.words,
                },
                "subject": reference("Patient", facts.key),
                "encounter": reference("Encounter", facts.key),
                "onsetDateTime": one.since.isoformat(),
            },
        )


def observations(facts: Facts) -> Iterator[Told]:
    """Yield every temperature and saturation that was measured."""
    for reading in facts.readings:
        if reading.temperature is not None:
            value = float(reading.temperature)
            yield _observation(facts, reading, "temperature", TEMPERATURE, value)
        if reading.spo2 is not None:
            yield _observation(facts, reading, "spo2", SPO2, reading.spo2)


def looks(facts: Facts) -> Iterator[Told]:
    """Yield every look that was due: done, missed, or still to come."""
    for look in facts.looks:
        yield (
            "Task",
            look.key,
            {
                "status": LOOK[look.done],
                "intent": "order",
                "description": f"Pemantauan hari ke-{look.day_index}",
                "for": reference("Patient", facts.key),
                "encounter": reference("Encounter", facts.key),
                "owner": reference("Organization", facts.centre.code),
                "executionPeriod": {
                    "start": look.opens_at.isoformat(),
                    "end": look.closes_at.isoformat(),
                },
            },
        )


def _observation(
    facts: Facts,
    reading: Reading,
    what: str,
    code: tuple[str, str, str],
    value: float,
) -> Told:
    number, display, unit = code
    told = {
        "status": "final",
        "category": [concept(CATEGORY, "vital-signs")],
        "code": concept(LOINC, number, display),
        "subject": reference("Patient", facts.key),
        "encounter": reference("Encounter", facts.key),
        "effectiveDateTime": reading.at.isoformat(),
        "valueQuantity": {"value": value, "unit": unit, "system": UCUM, "code": unit},
    }
    return "Observation", f"{what}:{reading.key}", told


def _stations(facts: Facts) -> Iterator[dict[str, Any]]:
    if not facts.beds:
        house = reference("Location", f"house:{facts.house.key}")
        yield {"location": house, "period": _period(facts)}
    for bed in facts.beds:
        yield {
            "location": reference("Location", f"bed:{bed.bed}"),
            "period": {"start": _morning(bed.since), "end": _evening(bed.until)},
        }


def _period(facts: Facts) -> dict[str, Any]:
    """Return from when to when; without a moment, the days that are planned."""
    start = facts.came_at.isoformat() if facts.came_at else _morning(facts.since)
    end = facts.ended_at.isoformat() if facts.ended_at else _evening(facts.until)
    if facts.ended_at and facts.came_at is None:  # who never came
        start = min(start, end, key=datetime.fromisoformat)
    return {"start": start, "end": end}


def _morning(on: date) -> str:
    return f"{datetime.combine(on, time()).isoformat()}{WIB}"


def _evening(until: date) -> str:
    """Return the last second of half-open days."""
    last = datetime.combine(until - DAY, time(23, 59, 59))
    return f"{last.isoformat()}{WIB}"
