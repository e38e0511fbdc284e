"""Families of a town to guess about; imported once Django is set up."""

from collections.abc import Iterator

from django.conf import settings

from smartkampung.intake.models import HitCount, OneTimeCode
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.models import Person

AT_ONCE = 100_000
Pair = tuple[str, str]


def start_counting() -> None:
    """Forget what earlier guesses were counted."""
    HitCount.objects.all().delete()
    OneTimeCode.objects.all().delete()


def pairs_to_guess(count: int) -> Iterator[tuple[Pair, Pair]]:
    """Yield the numbers of a family with a phone, and the same with another serial."""
    rows = Person.objects.exclude(nik=None).exclude(family__kk=None)
    rows = rows.exclude(family__phone=None).exclude(status="dead").order_by("pk")
    for person in rows.select_related("family")[:count]:
        if person.nik is None or person.family.kk is None:
            raise ValueError("a person without numbers")
        nik, kk = person.nik.open(), person.family.kk.open()
        yield (nik, kk), (f"{nik[:12]}{9899 - person.pk % 900}", kk)


def let_the_worker_look() -> None:
    """Run the jobs that wait, as the worker does; messages go nowhere."""
    settings.MESSAGES = "fake"
    run_waiting(limit=AT_ONCE)
