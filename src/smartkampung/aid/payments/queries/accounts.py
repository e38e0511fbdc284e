"""Accounts of people, as far as an actor may see them; numbers stay masked."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import BankAccount
from smartkampung.regions.codes import within
from smartkampung.residents.models import Person


def accounts_for(actor: Actor, permission: Permission) -> QuerySet[BankAccount]:
    """Return the accounts inside the actor's regions."""
    inside = within("region_code", actor.regions_where(permission))
    rows = BankAccount.objects.filter(inside)
    return rows.select_related("person", "asked_by", "decided_by").order_by("-pk")


def account_for(actor: Actor, account_id: int, permission: Permission) -> BankAccount:
    """Return one account; 404 outside the actor's jurisdiction."""
    return get_object_or_404(accounts_for(actor, permission), pk=account_id)


def holder_for(actor: Actor, person_id: int, permission: Permission) -> Person:
    """Return a person who may have an account; 404 outside the jurisdiction."""
    inside = within("region_code", actor.regions_where(permission))
    return get_object_or_404(Person.objects.filter(inside), pk=person_id)
