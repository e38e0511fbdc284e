"""Filled-in report forms about people of a town; imported once Django is set up."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.test import Client

from smartkampung.aid.models import ReportingPhase
from smartkampung.intake.draft import Draft, seal_draft
from smartkampung.intake.models import DayQuota, HitCount
from smartkampung.kernel.clock import now
from smartkampung.residents.models import Person

WIDE = 1_000_000


def open_wide() -> None:
    """Open the door for everybody, whatever was counted before."""
    ReportingPhase.objects.all().delete()
    DayQuota.objects.all().delete()
    HitCount.objects.all().delete()
    day = timedelta(days=1)
    ReportingPhase.objects.create(
        opens_at=now() - day,
        closes_at=now() + day,
        daily_quota_per_village=WIDE,
        opened_by="bench",
    )


def visitor(form: str = "/aid/report/") -> tuple[str, str]:
    """Return cookie and token of somebody who opened the form."""
    client = Client(headers={"host": "localhost"})
    page = client.get(form, follow=True).content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("no form on that page")
    name = settings.CSRF_COOKIE_NAME
    return f"{name}={client.cookies[name].value}", found[1]


def filled_in(count: int) -> Iterator[str]:
    """Yield sealed forms about different registered people."""
    for person in _people(count):
        if person.nik is not None:
            yield _form(person, person.nik.open())


def guesses(count: int) -> Iterator[tuple[str, str]]:
    """Yield pairs of forms: a registered NIK, and one that differs in its serial."""
    for person in _people(count, skip=1):
        if person.nik is None:
            continue
        nik = person.nik.open()
        yield _form(person, nik), _form(person, f"{nik[:12]}{9999 - person.pk % 900}")


def _people(count: int, skip: int = 0) -> Iterator[Person]:
    rows = Person.objects.exclude(nik=None).exclude(born_on=None).order_by("pk")
    step = max(1, rows.count() // (count + 1))
    for at in range(count):
        found = rows.filter(pk__gt=at * step + skip)[:1]
        yield from found


def _form(person: Person, nik: str) -> str:
    born, code = person.born_on, person.region_code
    if born is None:
        raise ValueError("a person without a birth date")
    parts = code.split(".")
    answers = {
        "who": {"for_self": "no"},
        "card": {
            "nik": nik,
            "kk": "3510090101150002",
            "born_on_day": str(born.day),
            "born_on_month": str(born.month),
            "born_on_year": str(born.year),
        },
        "phone": {"phone": "0857 1111 2222"},
        "kecamatan": {"kecamatan": ".".join(parts[:3])},
        "village": {"village": ".".join(parts[:4])},
        "rt": {"rt": code},
        "reason": {"reason": "never_received", "story": ""},
        "photo": {"photo_id": ""},
    }
    return seal_draft(Draft(uuid.uuid4(), now(), answers), form="aid.report")
