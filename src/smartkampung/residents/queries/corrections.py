"""Wishes to correct a record: what waits, and how a record stands to a wish."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.models import Upload
from smartkampung.kernel.sealed import Sealed, blind_indexes
from smartkampung.regions.codes import within
from smartkampung.residents.corrections.models import Correction as Correction
from smartkampung.residents.life.models import LifeEvent
from smartkampung.residents.models import KK, NIK, Family, Person
from smartkampung.residents.queries.people import note_looks
from smartkampung.residents.rules.corrections import (
    OF_THE_FAMILY,
    SEALED,
    Bar,
    Field,
)
from smartkampung.residents.rules.life import Kind

SEES = Permission.CORRECTION_VIEW


def corrections_for(
    actor: Actor, *, permission: Permission = SEES
) -> QuerySet[Correction]:
    """Return the wishes inside the actor's area, the most pressing first.

    Whoever shows rows of it must call ``note_looks`` with the people.
    """
    inside = within("region_code", actor.regions_where(permission))
    rows = Correction.objects.filter(inside).select_related("person")
    return rows.order_by("due_at", "pk")


def waiting_corrections(actor: Actor) -> QuerySet[Correction]:
    """Return the wishes that wait for a decision, the one due first on top."""
    return corrections_for(actor).filter(state=Correction.State.WAITING)


def decided_corrections(actor: Actor) -> QuerySet[Correction]:
    """Return the wishes that were decided, the latest first."""
    rows = corrections_for(actor).exclude(state=Correction.State.WAITING)
    return rows.order_by("-decided_at", "pk")


def correction_for(
    actor: Actor, pk: int, *, permission: Permission = SEES
) -> Correction:
    """Return one wish with its person, and write the look down; 404 outside."""
    rows = corrections_for(actor, permission=permission)
    wish = get_object_or_404(rows.select_related("person__family", "evidence"), pk=pk)
    note_looks(
        actor, [wish.person], purpose="resident.correction", permission=permission
    )
    return wish


def evidence_for(actor: Actor, pk: int) -> Upload:
    """Return the photo behind one wish, and write the look down; 404 without one."""
    wish = correction_for(actor, pk)
    return get_object_or_404(Upload, pk=wish.evidence_id)


def corrections_of(person: Person) -> QuerySet[Correction]:
    """Return every wish about one person, the newest first; for the person itself."""
    return Correction.objects.filter(person=person).order_by("-asked_at", "pk")


def recorded_value(person: Person, field: Field) -> str:
    """Return what the record says now, in the spelling of ``read_wanted``.

    Plain for sealed fields, too: for comparing, never for showing.
    """
    row = person.family if field in OF_THE_FAMILY else person
    value = getattr(row, field.value)
    if isinstance(value, Sealed):
        return value.open()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def mask_of(plain: str) -> str:
    """Return dots and the last four digits; nothing for nothing."""
    return "•" * max(0, len(plain) - 4) + plain[-4:]


def changed_since(wish: Correction) -> bool:
    """Say whether the record no longer says what it said when the wish was made."""
    field = Field(wish.field)
    now_says = recorded_value(wish.person, field)
    return (mask_of(now_says) if field in SEALED else now_says) != wish.recorded


def value_barred(person: Person, field: Field, value: str) -> list[Bar]:
    """Return what in the rest of the registry speaks against a value."""
    if field is Field.KK:
        cards = Family.objects.filter(kk_index__in=blind_indexes(value, KK))
        return [Bar.CARD_TAKEN] if cards.exclude(pk=person.family_id).exists() else []
    if field is Field.NIK:
        holders = Person.objects.filter(nik_index__in=blind_indexes(value, NIK))
        return [Bar.NIK_TAKEN] if holders.exclude(pk=person.pk).exists() else []
    if field is Field.BORN_ON:
        events = LifeEvent.objects.filter(person=person).exclude(kind=Kind.BIRTH)
        earlier = events.filter(happened_on__lt=date.fromisoformat(value))
        return [Bar.AFTER_FIRST_EVENT] if earlier.exists() else []
    return []
