"""Officers of a town, signed in, and what they know; imported once Django is set up."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.test import Client

from smartkampung.accounts.adapters import SECOND_FACTOR
from smartkampung.accounts.models import Staff
from smartkampung.audit.models import Access
from smartkampung.residents.models import Person

STEP = 97


@dataclass(frozen=True)
class SignedIn:
    """What a browser of a signed-in officer sends."""

    cookies: str
    token: str


def session_of(username: str) -> SignedIn:
    """Sign an officer in, as after password and second factor."""
    client = Client(headers={"host": "localhost"})
    account = Staff.objects.get(username=username)
    client.force_login(account, backend="smartkampung.accounts.backends.StaffBackend")
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()
    page = client.get("/staff/residents/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("no form on the page to find residents")
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    cookies = "; ".join(
        f"{name}={client.cookies[name].value}"
        for name in names
        if name in client.cookies
    )
    return SignedIn(cookies, found.group(1))


def niks(count: int) -> list[str]:
    """Return NIKs of people spread over the whole town, opened for the benchmark."""
    total = Person.objects.count()
    step = max(1, total // count)
    first = Person.objects.order_by("pk").values_list("pk", flat=True).first() or 1
    chosen = [first + step * at for at in range(count)]
    rows = Person.objects.filter(pk__in=chosen).exclude(nik=None)
    return [person.nik.open() for person in rows if person.nik is not None]


def looks_written() -> int:
    """Return how many looks by NIK stand in the access log."""
    return Access.objects.filter(purpose="resident.find").count()
