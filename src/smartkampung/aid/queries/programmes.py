"""Programmes, their budgets, the conflict matrix and the criteria, as tables to read."""

from dataclasses import dataclass
from datetime import date

from smartkampung.aid.models import Conflict, Criterion, Programme
from smartkampung.aid.queries.conflicts import running
from smartkampung.kernel.language import either
from smartkampung.ledger.queries import balances

ACCOUNTS = ("budget", "committed", "handed_out")


def open_programmes(on: date) -> list[Programme]:
    """Return the programmes that take reports on a day, by code."""
    rows = Programme.objects.filter(running(on), takes_reports=True)
    return list(rows.order_by("code"))


def programme(code: str) -> Programme | None:
    """Return a programme by its code."""
    return Programme.objects.filter(pk=code).first()


@dataclass(frozen=True)
class Purse:
    """A programme and where its money or goods are."""

    programme: Programme
    budget: int
    committed: int
    handed_out: int


def purses() -> list[Purse]:
    """Return every programme with its balances, in two queries."""
    rows = list(Programme.objects.order_by("code"))
    held = balances(f"{name}/{row.code}" for name in ACCOUNTS for row in rows)
    return [
        Purse(row, *(held.get(f"{name}/{row.code}", 0) for name in ACCOUNTS))
        for row in rows
    ]


def matrix(on: date) -> list[Conflict]:
    """Return the rules of the conflict matrix that are valid on a day."""
    rows = Conflict.objects.filter(running(on)).select_related("first", "second")
    return list(rows.order_by("first", "second", "component"))


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
