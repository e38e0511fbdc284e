"""What the frame of every page shows, as plain values: ``shell`` in templates."""

from typing import Any

from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse

from smartkampung.accounts.actor import Actor
from smartkampung.regions.queries import regency
from smartkampung.web.menu import MENU

NAME_SECONDS = 300


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the regency's name and, for staff, their name and menu."""
    frame: dict[str, Any] = {"regency": _regency()}
    actor = getattr(request, "actor", None)
    if isinstance(actor, Actor):
        frame["staff_name"] = getattr(request.user, "full_name", actor.username)
        frame["account"] = reverse("mfa_index")
        frame["sign_out"] = reverse("account_logout")
        frame["menu"] = _menu(actor, request.path)
    return {"shell": frame}


def _regency() -> str:
    name: str | None = caches["local"].get("regency-name")
    if name is None:
        here = regency()
        name = here.name.removeprefix("Kabupaten ").title() if here else ""
        if name:
            caches["local"].set("regency-name", name, NAME_SECONDS)
    return name


def _menu(actor: Actor, path: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = [
        {"url": reverse(name), "label": label, "current": ""}
        for permission, label, name in MENU
        if actor.may(permission)
    ]
    # The board at /staff/ lies above every page: it is current only by itself.
    desk = reverse("staff_home")
    around = [
        item
        for item in items
        if path == item["url"] or (item["url"] != desk and path.startswith(item["url"]))
    ]
    if around:
        nearest = max(around, key=lambda item: len(item["url"]))
        nearest["current"] = "page" if nearest["url"] == path else "true"
    return items
