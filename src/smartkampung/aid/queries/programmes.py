"""Programmes, their budgets, the conflict matrix and the criteria, as tables to read."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from smartkampung.aid.models import Conflict, Criterion, Programme
from smartkampung.aid.queries.conflicts import running
from smartkampung.aid.rules.terms import NAMES, Terms
from smartkampung.kernel.language import either
from smartkampung.ledger.queries import balances

ACCOUNTS = ("budget", "committed", "handed_out", "in_transit", "paid")


def open_programmes(on: date) -> list[Programme]:
    """Return the programmes that take reports on a day, by code."""
    rows = Programme.objects.filter(running(on), takes_reports=True)
    return list(rows.order_by("code"))


def programme(code: str) -> Programme | None:
    """Return a programme by its code."""
    return Programme.objects.filter(pk=code).first()


def terms_of(row: Programme) -> Terms:
    """Return what may change about a programme."""
    return Terms(**{name: getattr(row, name) for name in NAMES})


def components() -> list[str]:
    """Return the components that rules tell apart ("pregnancy"), by name."""
    found = Conflict.objects.exclude(component="").values_list("component", flat=True)
    return sorted(set(found))


@dataclass(frozen=True)
class Purse:
    """A programme and where its money or goods are."""

    programme: Programme
    budget: int
    committed: int
    handed_out: int
    in_transit: int
    paid: int


def purses() -> list[Purse]:
    """Return every programme with its balances, in two queries."""
    rows = list(Programme.objects.order_by("code"))
    held = balances(f"{name}/{row.code}" for name in ACCOUNTS for row in rows)
    return [
        Purse(row, *(held.get(f"{name}/{row.code}", 0) for name in ACCOUNTS))
        for row in rows
    ]


def matrix(on: date) -> list[Conflict]:
    """Return the rules of the conflict matrix that hold on a day, or will later."""
    over = Q(until__lte=on)
    rows = Conflict.objects.exclude(over).select_related("first", "second")
    return list(rows.order_by("first", "second", "component", "reach", "since"))


def rule_of(
    *, first: str, second: str, component: str, reach: str, on: date
) -> Conflict | None:
    """Return the rule that holds for a pair on a day, if there is one."""
    low, high = sorted((first, second))
    rows = Conflict.objects.filter(first=low, second=high, component=component)
    return rows.filter(running(on), reach=reach).first()


@dataclass(frozen=True)
class Question:
    """One question of the field check, in the language of whoever reads."""

    code: str
    group: str
    text: str


def questions() -> list[Question]:
    """Return the questions that a visitor asks, in order."""
    rows = Criterion.objects.filter(asked=True).order_by("number")
    return [
        Question(row.code, row.group, either(row.question, row.question_en))
        for row in rows
    ]


def programme_names() -> list[tuple[str, str]]:
    """Return code and name of every programme, for a choice."""
    rows = Programme.objects.order_by("name")
    return [(row.code, either(row.name, row.name_en)) for row in rows]
