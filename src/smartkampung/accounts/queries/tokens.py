"""Who a program acts for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.keys import key_hash
from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.models import ApiToken, Assignment, Staff
from smartkampung.accounts.queries.actors import posts_from
from smartkampung.accounts.queries.holding import gives_rights, holding
from smartkampung.accounts.roles import Role


@dataclass(frozen=True)
class OfficeLine:
    """An office somebody holds today, in words."""

    id: int
    role: Promise
    place: str


@dataclass(frozen=True)
class TokenLine:
    """A token in the list of its owner."""

    id: int
    name: str
    role: Promise
    place: str
    expires_at: datetime


def actor_for_token(text: str, *, at: datetime) -> Actor | None:
    """Return who a token acts for with the rights of this moment, or None.

    None when the token is unknown, revoked or over, its owner disabled, or the office ended.
    """
    rows = list(
        ApiToken.objects.filter(
            token_hash=key_hash(text),
            revoked_at=None,
            expires_at__gt=at,
            assignment__staff__is_active=True,
            assignment__staff__is_demo__in=(False, settings.DEMO),
        )
        .filter(gives_rights(at.date(), by_way_of="assignment__"))
        .values_list(
            "assignment_id",
            "assignment__role",
            "assignment__region_id",
            "assignment__health_centre__serves__village_id",
            "assignment__staff_id",
            "assignment__staff__username",
        )
    )
    if not rows:
        return None
    *_, staff_id, username = rows[0]
    return Actor(staff_id, username, posts_from(row[:4] for row in rows))


def offices_of(staff: Staff, *, on: date) -> list[OfficeLine]:
    """Return the offices that an account holds on a day."""
    place = Coalesce("region__name", "health_centre__name")
    rows = _held(staff, on).annotate(place=place).values_list("pk", "role", "place")
    return [OfficeLine(pk, ROLE_LABELS[Role(role)], place) for pk, role, place in rows]


def own_office(staff: Staff, assignment_id: int, *, on: date) -> Assignment:
    """Return one office that this very account holds, or raise Http404."""
    return get_object_or_404(_held(staff, on), pk=assignment_id)


def tokens_of(staff: Staff, *, at: datetime) -> list[TokenLine]:
    """Return the tokens of an account that still open something."""
    rows = (
        ApiToken.objects.filter(
            assignment__staff=staff, revoked_at=None, expires_at__gt=at
        )
        .annotate(
            place=Coalesce(
                "assignment__region__name", "assignment__health_centre__name"
            )
        )
        .order_by("-pk")
        .values_list("pk", "name", "assignment__role", "place", "expires_at")
    )
    return [
        TokenLine(pk, name, ROLE_LABELS[Role(role)], place, expires_at)
        for pk, name, role, place, expires_at in rows
    ]


def own_token(staff: Staff, token_id: int) -> ApiToken:
    """Return one token of this very account, or raise Http404."""
    return get_object_or_404(
        ApiToken.objects.select_related("assignment"),
        pk=token_id,
        assignment__staff=staff,
    )


def _held(staff: Staff, on: date) -> QuerySet[Assignment]:
    return holding(on).filter(staff=staff).order_by("pk")
