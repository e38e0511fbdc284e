"""Rounds of choice, as officers and everybody see them."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import within
from smartkampung.reopening.pilots.models import Candidate, Round


def rounds_for(
    actor: Actor, permission: Permission = Permission.PILOT_VIEW
) -> QuerySet[Round]:
    """Return the rounds that the actor's area touches, the open ones first."""
    area = actor.regions_where(permission)
    # Whoever answers for one village sees the round of its kecamatan.
    rows = Round.objects.filter(
        within("kecamatan__code", area) | within("candidates__village__code", area)
    ).distinct()
    return rows.select_related("kecamatan").order_by("-opened_at", "-pk")


def round_for(
    actor: Actor, pk: int, permission: Permission = Permission.PILOT_VIEW
) -> Round:
    """Return one round; 404 outside the area."""
    return get_object_or_404(rounds_for(actor, permission), pk=pk)


def candidate_for(actor: Actor, pk: int) -> Candidate:
    """Return a village in a round, to whoever may choose there; else 404."""
    area = actor.regions_where(Permission.PILOT_CHOOSE)
    rows = Candidate.objects.filter(within("village__code", area))
    return get_object_or_404(rows.select_related("round", "village"), pk=pk)


def closed_rounds() -> QuerySet[Round]:
    """Return every round that is closed: how it was decided is for everybody."""
    rows = Round.objects.exclude(closed_at=None).select_related("kecamatan")
    return rows.order_by("-closed_at", "-pk")


def candidates_of(round_: Round) -> list[Candidate]:
    """Return the villages of a round in their order."""
    rows = round_.candidates.select_related("village").defer("village__boundary")
    return list(rows.order_by("place"))
