"""What a demo is made of, step by step, each with a progress that people can see."""

from collections.abc import Callable
from datetime import date
from importlib.resources import as_file, files
from typing import NamedTuple

from smartkampung.aid.bulk import load_defaults
from smartkampung.regions.bulk import load_regency

Tell = Callable[[int, int], None]  # done so far, out of


class Plan(NamedTuple):
    """How large a regency to make, by which seed, and as of which day."""

    people: int
    seed: int
    today: date


class Step(NamedTuple):
    """One part of the work, under the title that people see."""

    title: str
    run: Callable[[Plan, Tell], None]


def steps() -> list[Step]:
    """Return the steps in order. Each runs in one transaction that acts as a job."""
    return [
        Step("Regions and health centres", _regions),
        Step("Programmes of aid", _programmes),
    ]


def _regions(plan: Plan, tell: Tell) -> None:
    with as_file(files("smartkampung.regions") / "data" / "35.10") as folder:
        load_regency(folder)


def _programmes(plan: Plan, tell: Tell) -> None:
    load_defaults()
