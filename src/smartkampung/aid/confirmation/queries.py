"""The door to what families say about hand-overs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Left
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.confirmation.rules import PHONES_OF
from smartkampung.aid.models import Confirmation
from smartkampung.intake.rules import read_code
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.kernel.small_cells import TOTAL, Shown, protected
from smartkampung.regions.codes import inside, level, within
from smartkampung.residents.models import Family

PURPOSE = "aid.confirmation"
CONFIRMED, DISPUTED, UNANSWERED = "confirmed", "disputed", "unanswered"
# Who said once that something is missing counts as that: such words are taken back
# under pressure.
STATES = {
    CONFIRMED: ~Q(answer="") & Q(disputed_at=None),
    DISPUTED: Q(disputed_at__isnull=False),
    UNANSWERED: Q(answer=""),
}
# How many letters the code of a place has.
LENGTHS = {"kecamatan": 8, "village": 13, "rt": 21}
BELOW = {
    "province": LENGTHS["kecamatan"],
    "regency": LENGTHS["kecamatan"],
    "kecamatan": LENGTHS["village"],
}


def hash_of(code: str) -> bytes:
    """Return the keyed hash under which the code of a confirmation is kept."""
    return blind_index(code, PURPOSE)


def by_code(typed: str) -> Confirmation | None:
    """Return what a code opens, to the public; None when it opens nothing."""
    code = read_code(typed)
    if code is None:
        return None
    act_as(Kind.PUBLIC, tracking=hash_of(code))
    return Confirmation.objects.filter(code_hash=hash_of(code)).first()


def confirmations_for(actor: Actor, permission: Permission) -> QuerySet[Confirmation]:
    """Return what families say inside the actor's regions.

    Nobody ever sees here what is said about hand-overs that they recorded themselves.
    """
    here = within("region_code", actor.regions_where(permission))
    rows = Confirmation.objects.filter(here).exclude(recorded_by=actor.staff_id)
    return rows.select_related("recorded_by", "followed_by", "slip_by")


def gaps_for(actor: Actor) -> QuerySet[Confirmation]:
    """Return the gaps that families told, those that wait first."""
    rows = confirmations_for(actor, Permission.CONFIRMATION_FOLLOW)
    told = rows.filter(disputed_at__isnull=False)
    return told.order_by(F("followed_at").desc(nulls_first=True), "disputed_at", "pk")


def gap_for(actor: Actor, confirmation_id: int) -> Confirmation:
    """Return one gap that a family told; 404 for everybody who may not look at it."""
    return get_object_or_404(gaps_for(actor), pk=confirmation_id)


def slips_for(actor: Actor, *, at: datetime) -> QuerySet[Confirmation]:
    """Return whom no message could ask, by place: they get a slip on paper."""
    rows = confirmations_for(actor, Permission.CONFIRMATION_FOLLOW)
    silent = rows.filter(numbers_told=0, answer="", expires_at__gt=at)
    with_names = silent.select_related(
        "handover__entitlement__person", "payment__entitlement__person"
    )
    return with_names.order_by("region_code", "recorded_at", "pk")


def slip_for(actor: Actor, confirmation_id: int, *, at: datetime) -> Confirmation:
    """Return one hand-over that a slip asks about; 404 for everybody else."""
    return get_object_or_404(slips_for(actor, at=at), pk=confirmation_id)


def phones_of(family: Family, *, at: datetime) -> list[Sealed]:
    """Return the family's phone, and those it had in the last 90 days.

    From the history that the database keeps by itself: whoever changes the number on
    record to get at the message cannot keep it from the old one.
    """
    history = apps.get_model("residents", "FamilyEvent")
    rows = history._default_manager.filter(pgh_obj_id=family.pk).order_by("pgh_id")
    found: dict[bytes, Sealed] = {}
    _add(found, [(family.phone, family.phone_index)])
    since = at - PHONES_OF
    later = rows.filter(pgh_created_at__gte=since)
    before = rows.filter(pgh_created_at__lt=since).reverse()[:1]
    for part in (later, before):
        _add(found, part.values_list("phone", "phone_index"))
    return list(found.values())


def _add(found: dict[bytes, Sealed], rows: Iterable[tuple[Any, Any]]) -> None:
    for phone, index in rows:
        if phone is not None and index is not None:
            found.setdefault(bytes(index), phone)


@dataclass(frozen=True)
class Report:
    """Hand-overs by place and by what families say of them, None where hidden.

    ``inside`` is the one region that all places lie in, "" when there are several.
    """

    inside: str
    counts: Shown


def report_for(actor: Actor, inside_of: str = "") -> Report:
    """Return recorded, confirmed, disputed and unanswered by the places below a region.

    By kecamatan, by village, and within a village by RT. 404 for a region that does
    not lie inside the actor's. Counts under 5 are hidden, and what would give them away.
    """
    regions = actor.regions_where(Permission.CONFIRMATION_VIEW)
    top = inside_of or (regions[0] if len(regions) == 1 else "")
    if top and not any(inside(top, region) for region in regions):
        raise Http404
    rows = confirmations_for(actor, Permission.CONFIRMATION_VIEW)
    if top:
        rows = rows.filter(within("region_code", [top]))
    below = BELOW.get(level(top), LENGTHS["rt"]) if top else LENGTHS["village"]
    found = (
        rows.order_by()
        .values(place=Left("region_code", below))
        .annotate(**{state: Count("pk", filter=test) for state, test in STATES.items()})
        .values_list("place", *STATES)
    )
    table = {
        place: dict(zip(STATES, counts, strict=True))
        for place, *counts in sorted(found)
    }
    nothing: Shown = {TOTAL: dict.fromkeys((*STATES, TOTAL), 0)}
    return Report(inside=top, counts=protected(table) if table else nothing)
