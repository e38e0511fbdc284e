"""The door to cards, and to the people who are to have one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left, Lower
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Batch, Card, Entitlement
from smartkampung.aid.queries.handover import dues_for, finished
from smartkampung.intake.rules import read_code
from smartkampung.kernel.sealed import blind_index
from smartkampung.regions.codes import inside, level, within
from smartkampung.residents.models import Person

PURPOSE = "aid.card"
# How many letters the code of a village, and of an RT, has.
VILLAGE, RT = 13, 21


def hash_of(code: str) -> bytes:
    """Return the keyed hash under which the code of a card is kept."""
    return blind_index(code, PURPOSE)


def shown_card(actor: Actor, typed: str) -> Card | None:
    """Return the card with this code, in force or not, of a person here.

    None for no such code and for people elsewhere alike.
    """
    code = read_code(typed)
    if code is None:
        return None
    here = within(
        "person__region_code", actor.regions_where(Permission.HANDOVER_RECORD)
    )
    rows = Card.objects.filter(here, code_hash=hash_of(code))
    return rows.select_related("person").first()


def card_in_force(card_id: int, person_id: int) -> Card | None:
    """Return the card, when it is this person's and in force."""
    rows = Card.objects.filter(pk=card_id, person=person_id, ended_at=None)
    return rows.first()


def cards_of(person: Person) -> QuerySet[Card]:
    """Return every card that a person ever had, the newest first."""
    rows = Card.objects.filter(person=person)
    return rows.select_related("made_by", "ended_by").order_by("-pk")


def open_dues(actor: Actor, person: Person) -> list[Entitlement]:
    """Return what waits at the counter for whoever shows a card."""
    rows = dues_for(actor, Permission.HANDOVER_RECORD).filter(person=person)
    ready = rows.filter(~finished(), cancelled=False, batch__isnull=False)
    return list(ready.exclude(batch__state=Batch.State.DRAFT).order_by("pk"))


def recipients_for(actor: Actor) -> QuerySet[Person]:
    """Return whom aid waits for inside the actor's regions."""
    regions = actor.regions_where(Permission.CARD_MAKE)
    due = Entitlement.objects.filter(person=OuterRef("pk"), cancelled=False)
    rows = Person.objects.filter(within("region_code", regions), status="living")
    return rows.filter(Exists(due.filter(~finished())))


def recipient_for(actor: Actor, person_id: int) -> Person:
    """Return one person who may have a card; 404 outside the jurisdiction."""
    here = within("region_code", actor.regions_where(Permission.CARD_MAKE))
    return get_object_or_404(Person.objects.filter(here), pk=person_id)


def without_card(actor: Actor, region: str) -> QuerySet[Person]:
    """Return the recipients in a region who have no card, by RT and name."""
    rows = recipients_for(actor).filter(within("region_code", [region]))
    bare = rows.filter(~Exists(_in_force()))
    return bare.order_by("region_code", Lower("name"), "pk")


@dataclass(frozen=True)
class Place:
    """How many recipients a village or an RT has, and how many lack a card."""

    code: str
    recipients: int
    without: int


def places_for(actor: Actor, inside_of: str) -> list[Place]:
    """Return the villages of a region, or the RTs of a village; 404 for one outside."""
    regions = actor.regions_where(Permission.CARD_MAKE)
    if not any(inside(inside_of, region) for region in regions):
        raise Http404
    length = VILLAGE if level(inside_of) in {"regency", "kecamatan"} else RT
    rows = (
        recipients_for(actor)
        .filter(within("region_code", [inside_of]))
        .annotate(has=Exists(_in_force()), place=Left("region_code", length))
        .order_by()
        .values_list("place")
        .annotate(all=Count("pk"), bare=Count("pk", filter=Q(has=False)))
        .order_by("place")
    )
    return [Place(code, total, bare) for code, total, bare in rows]


def _in_force() -> QuerySet[Card]:
    return Card.objects.filter(person=OuterRef("pk"), ended_at=None)


def homes(actor: Actor) -> Iterable[str]:
    """Return the regions in which the actor makes cards."""
    return actor.regions_where(Permission.CARD_MAKE)
