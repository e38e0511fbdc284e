"""What the frame of every page shows, as plain values: ``shell`` in templates."""

from typing import Any

from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse

from smartkampung.accounts.actor import Actor
from smartkampung.regions.queries import regency
from smartkampung.web.kiosk_mode import SECONDS, village_of_kiosk
from smartkampung.web.menu import menu_for

NAME_SECONDS = 300


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the regency's name and, for staff, their name and menu."""
    frame: dict[str, Any] = {"regency": _regency()}
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor):
        frame["staff_name"] = getattr(request.user, "full_name", actor.username)
        frame["account"] = reverse("mfa_index")
        frame["sign_out"] = reverse("account_logout")
        frame["menu"] = menu_for(actor, request.path)
    elif village := village_of_kiosk(request):
        frame["kiosk"] = {
            "url": reverse("letters_kiosk:end"),
            "home": reverse("letters_kiosk:home", args=[village]),
            "seconds": SECONDS,
        }
    return {"shell": frame}


def _regency() -> str:
    name: str | None = caches["local"].get("regency-name")
    if name is None:
        here = regency()
        name = here.name.removeprefix("Kabupaten ").title() if here else ""
        if name:
            caches["local"].set("regency-name", name, NAME_SECONDS)
    return name
