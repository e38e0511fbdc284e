"""The risk of a regency, read from the body of a version.

    {"score": {"least": "0", "most": "3"}, "places": 2,
     "bands": [{"risk": "high", "least": "0"}, {"risk": "medium", "least": "1.81"},
               {"risk": "low", "least": "2.41"}],
     "no_case": {"days": 28, "recovered": "95"},
     "indicators": [
        {"code": "cases", "group": "epidemiology", "rule": "fall", "value": "50",
         "days": 14, "text": "...", "text_en": "...", "weight": null}]}

A higher score is safer. A band begins at ``least``; a score between two bands is in the
riskier one. "No case" is none new for ``days`` and ``recovered`` percent recovered.

``code`` names a series of the regency (see :class:`Series`), ``group`` is
"epidemiology", "surveillance" or "services". By ``rule``:

- "fall": the last week is lower than the highest week by ``value`` percent at least, of
  what was seen in ``days`` (value "0": lower at all than ``days`` before);
- "rise": the last week is higher than the week ``days`` before, or ``value`` percent;
- "below": the value of the last ``days`` is strictly below ``value``;
- "least": it is ``value`` at least.

``weight`` is null where none was published: the official score cannot be computed from
such a version, and whoever shows indicators says so. Numbers are strings, as decimals.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Series(StrEnum):
    """What an indicator looks at; the unit stands beside each."""

    CASES = "cases"  # new positives in a week
    SUSPECTS = "suspects"  # new suspects in a week
    DEATHS = "deaths"  # of positives, in a week
    SUSPECT_DEATHS = "suspect_deaths"  # in a week
    ADMITTED = "admitted"  # positives in hospitals
    SUSPECTS_ADMITTED = "suspects_admitted"
    RECOVERED = "recovered"  # in a week
    RECOVERED_SHARE = "recovered_share"  # % of all positives so far
    MONITORING_FINISHED = "monitoring_finished"  # in a week
    INCIDENCE = "incidence"  # new positives per 100,000 in a week
    MORTALITY = "mortality"  # deaths per 100,000 in a week
    REPRODUCTION = "reproduction"  # Rt
    SPECIMENS = "specimens"  # examined in a week
    POSITIVITY = "positivity"  # % of those tested
    BEDS_CASES = "beds_cases"  # isolation beds as % of positives
    BEDS_ALL = "beds_all"  # beds as % of positives and suspects


class Rule(StrEnum):
    """How an indicator is met."""

    FALL = "fall"
    RISE = "rise"
    BELOW = "below"
    LEAST = "least"


class Risk(StrEnum):
    """The risk of a regency, the safest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Wanted:
    """One indicator of a version."""

    code: Series
    group: str
    rule: Rule
    value: Decimal
    days: int
    text: str
    text_en: str
    weight: Decimal | None


def read_indicators(body: Mapping[str, Any]) -> list[Wanted]:
    """Return the indicators of a body, in its order."""
    return [
        Wanted(
            Series(one["code"]),
            one["group"],
            Rule(one["rule"]),
            Decimal(one["value"]),
            one["days"],
            one["text"],
            one["text_en"],
            None if one["weight"] is None else Decimal(one["weight"]),
        )
        for one in body["indicators"]
    ]


def risk(body: Mapping[str, Any], score: Decimal) -> Risk:
    """Return the band of a score."""
    return max(
        (Decimal(one["least"]), Risk(one["risk"]))
        for one in body["bands"]
        if Decimal(one["least"]) <= score
    )[1]
