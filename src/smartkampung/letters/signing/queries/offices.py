"""Offices in which somebody signs letters, and requests that wait for a second person."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.letters.signing.models import KeyRequest
from smartkampung.letters.signing.rules.offices import SIGNS, TITLES
from smartkampung.regions.codes import within
from smartkampung.regions.queries import names


class SigningOffice(NamedTuple):
    """An office somebody holds: its title and place as a certificate says them."""

    title: str
    region_code: str
    place: str


def signing_offices(actor: Actor) -> list[SigningOffice]:
    """Return the offices in which an officer signs letters; none that were lent."""
    found = [
        (TITLES[post.role], code)
        for post in actor.posts
        if post.role in TITLES
        and not post.instead_of
        and any(one in post.permissions for one in SIGNS)
        for code in post.regions
    ]
    known = names([code for _title, code in found])
    return [SigningOffice(title, code, known.get(code, code)) for title, code in found]


def requests_for(actor: Actor) -> QuerySet[KeyRequest]:
    """Return requests that the actor may answer: in their area, never their own."""
    area = actor.regions_where(Permission.OFFICE_HAND_OVER)
    rows = KeyRequest.objects.filter(within("region_code", area), answer="")
    rows = rows.exclude(staff_id=actor.staff_id).select_related("staff")
    return rows.order_by("asked_at", "pk")


def request_for(actor: Actor, request_id: int) -> KeyRequest:
    """Return one of them, or raise Http404."""
    return get_object_or_404(requests_for(actor), pk=request_id)
