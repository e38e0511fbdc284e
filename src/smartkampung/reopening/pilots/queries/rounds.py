"""Rounds of choice, as officers and everybody see them."""

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.regions.codes import within
from smartkampung.reopening.pilots.models import Candidate, Round


def rounds() -> QuerySet[Round]:
    """Return every round, the open ones first: who compares villages may see all."""
    rows = Round.objects.select_related("kecamatan").defer("kecamatan__boundary")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "-pk")


def a_round(pk: int) -> Round:
    """Return one round, or 404."""
    return get_object_or_404(rounds(), pk=pk)


def round_for(actor: Actor, pk: int) -> Round:
    """Return a round to whoever may choose there; else 404."""
    area = actor.regions_where(Permission.PILOT_CHOOSE)
    return get_object_or_404(rounds().filter(within("kecamatan__code", area)), pk=pk)


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


def may_close(actor: Actor, round_: Round) -> bool:
    """Say whether somebody neither opened a round nor left its order."""
    name = actor.username
    overrode = round_.candidates.filter(overridden_by=name).exists()
    return round_.opened_by != name and not overrode
