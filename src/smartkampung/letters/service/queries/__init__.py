"""What the pages of a village office ask for: closed days, deputies, the book."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries.offices import Holder, holders
from smartkampung.accounts.roles import Permission, Role
from smartkampung.letters.requests.models import BookEntry, ClosedDay, Mandate
from smartkampung.letters.requests.queries.villages import mandates_for
from smartkampung.regions.codes import inside, level
from smartkampung.residents.rules import fold_name

RULES = Permission.LETTER_RULES


def villages_ruled(actor: Actor) -> list[str]:
    """Return the villages whose rules somebody sets."""
    return [code for code in actor.regions_where(RULES) if level(code) == "village"]


def ruled(actor: Actor, code: str) -> str:
    """Return a village whose rules somebody sets; 404 for any other."""
    if code not in villages_ruled(actor):
        raise Http404
    return code


def closed_days(code: str, *, since: date) -> list[ClosedDay]:
    """Return the own closed days of a village from a day on."""
    return list(ClosedDay.objects.filter(region=code, on__gte=since).order_by("on"))


def closed_day(actor: Actor, closed_id: int) -> ClosedDay:
    """Return a closed day of a village whose rules somebody sets; 404 for others."""
    row = ClosedDay.objects.filter(
        pk=closed_id, region__in=villages_ruled(actor)
    ).first()
    if row is None:
        raise Http404
    return row


def deputies(code: str, *, on: date) -> list[Holder]:
    """Return who may sign in place of the head of a village."""
    return [
        one
        for one in holders(code, (Role.VILLAGE_OFFICER,), on=on)
        if inside(one.region_code, code)
    ]


def deputy(staff_id: int) -> Staff:
    """Return the account of a deputy who was offered."""
    return Staff.objects.get(pk=staff_id)


def mandates_of(actor: Actor, code: str) -> list[Mandate]:
    """Return the mandates of a village, the latest first."""
    return list(mandates_for(actor).filter(village=code))


def mandate_for(actor: Actor, mandate_id: int) -> Mandate:
    """Return a mandate of a village whose rules somebody sets; 404 for others."""
    rows = mandates_for(actor).filter(village__in=villages_ruled(actor))
    row = rows.filter(pk=mandate_id).first()
    if row is None:
        raise Http404
    return row


def searched(rows: QuerySet[BookEntry], words: str) -> QuerySet[BookEntry]:
    """Return the lines of a book whose number, or person, holds some words."""
    if not words.strip():
        return rows
    folded = fold_name(words)
    by_name = Q(letters__request__subject__name_folded__contains=folded) | Q(
        cosigned__request__subject__name_folded__contains=folded
    )
    number = Q(text__icontains=words.strip())
    return rows.filter(number | by_name if folded else number).distinct()
