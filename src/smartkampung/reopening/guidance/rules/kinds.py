"""What guidance speaks of: its kinds, and the codes that bodies name."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of guidance; each has its own versions."""

    RT_ZONE = "rt_zone"
    REGENCY_ZONE = "regency_zone"
    PPKM = "ppkm"
    PHASES = "phases"
    GATES = "gates"


class Colour(StrEnum):
    """The zone of an RT or of a regency, the safest first."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


class Setting(StrEnum):
    """Where people meet: kinds of places, counters of offices, and events."""

    OFFICE = "office"
    MARKET = "market"
    MOSQUE = "mosque"
    CHURCH = "church"
    TEMPLE = "temple"
    SCHOOL = "school"
    TOURISM_SITE = "tourism_site"
    HOMESTAY = "homestay"
    RESTAURANT = "restaurant"
    COUNTER = "counter"
    WEDDING = "wedding"
    FESTIVAL = "festival"


class Indicator(StrEnum):
    """What gates and levels ask for; the unit stands beside each.

    Weekly rates are of the 7 days that end on the day.
    """

    REPRODUCTION = "reproduction"  # Rt
    CASES_WEEKLY = "cases_weekly"  # new cases per 100,000
    ADMISSIONS_WEEKLY = "admissions_weekly"  # per 100,000
    DEATHS_WEEKLY = "deaths_weekly"  # per 100,000
    POSITIVITY = "positivity"  # % of those tested
    BED_OCCUPANCY = "bed_occupancy"  # % of beds for COVID-19
    TESTS = "tests"  # tests so far per million
    CONTACTS_TRACED = "contacts_traced"  # close contacts for each case
    COMPLIANCE = "compliance"  # % of inspected places of the village that pass
