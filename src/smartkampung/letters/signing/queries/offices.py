"""Offices in which somebody signs letters, and who of one's area asks or may sign."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.holding import holding
from smartkampung.accounts.roles import Permission, Role
from smartkampung.letters.signing.models import KeyRequest, SigningCertificate
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


def office_holders(
    rows: Iterable[KeyRequest | SigningCertificate], *, on: date
) -> set[tuple[int, str, str]]:
    """Return who of these holds which office that day: account, title and place.

    Nobody does whose account was closed, and nothing counts that was lent.
    """
    offices = holding(on).filter(
        staff__in={row.staff_id for row in rows},
        staff__is_active=True,
        role__in=TITLES,
    )
    told = offices.values_list("staff_id", "role", "region_id")
    return {(who, TITLES[Role(role)], str(place)) for who, role, place in told}


def holds_office(row: KeyRequest | SigningCertificate, *, on: date) -> bool:
    """Say whether somebody still holds the office that is named in a row."""
    return office_named(row) in office_holders([row], on=on)


def office_named(row: KeyRequest | SigningCertificate) -> tuple[int, str, str]:
    """Return whose office a row names, its title and its place."""
    return row.staff_id, row.title, row.region_code


def requests_for(actor: Actor) -> QuerySet[KeyRequest]:
    """Return requests that the actor may answer: in their area, never their own."""
    area = actor.regions_where(Permission.OFFICE_HAND_OVER)
    rows = KeyRequest.objects.filter(within("region_code", area), answer="")
    rows = rows.filter(used_at=None).exclude(staff_id=actor.staff_id)
    return rows.select_related("staff").order_by("asked_at", "pk")


def to_answer(actor: Actor, *, on: date) -> list[KeyRequest]:
    """Return those among them whose office is still held by who asked."""
    rows = list(requests_for(actor))
    held = office_holders(rows, on=on)
    return [row for row in rows if office_named(row) in held]


def request_for(actor: Actor, request_id: int) -> KeyRequest:
    """Return one of them, or raise Http404."""
    return get_object_or_404(requests_for(actor), pk=request_id)


def certificates_for(actor: Actor) -> QuerySet[SigningCertificate]:
    """Return certificates in force that the actor may revoke: in their area, not their own."""
    area = actor.regions_where(Permission.OFFICE_HAND_OVER)
    rows = SigningCertificate.objects.filter(
        within("region_code", area), revoked_at=None
    )
    return rows.exclude(staff_id=actor.staff_id).order_by("holder", "pk")


def certificate_for(actor: Actor, certificate_id: int) -> SigningCertificate:
    """Return one of them, or raise Http404."""
    return get_object_or_404(certificates_for(actor), pk=certificate_id)
