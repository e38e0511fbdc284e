"""Pages of recovery programmes as Sari and the economic office open them."""

import uuid
from typing import Any

from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now
from tests import cast
from tests.recovering import Running

HOME = "/staff/recovery/"


def signed_in(name: str) -> Client:
    """Sign somebody of the economic office in, in English."""
    account = cast.staff(name, Role.ECONOMIC_OFFICE, cast.REGENCY, name=name.title())
    return cast.english(cast.sign_in(Client(), account))


def text(answer: Any) -> str:
    """Return what a page says."""
    return str(answer.content.decode())


def offer_page(made: Running, act: str = "") -> str:
    """Return the address of the offer."""
    return f"{HOME}offers/{made.offer.pk}/{act}"


def seat_page(made: Running, name: str = "Ayu", act: str = "") -> str:
    """Return the address of somebody in the offer."""
    return f"{HOME}people/{made.seat(name).pk}/{act}"


def a_sheet(made: Running, *present: str, **told: Any) -> dict[str, Any]:
    """Return what the form of a sheet sends."""
    return {
        "form_id": str(uuid.uuid4()),
        "on": now().date().isoformat(),
        "shown": [made.seat(name).pk for name in ("Ayu", "Bagus")],
        "present": [made.seat(name).pk for name in present],
        **told,
    }
