"""Set-wise writes: the shipped defaults of programmes, conflicts and criteria."""

import csv
from datetime import date
from importlib.resources import files

from django.db import transaction

from smartkampung.aid.models import Conflict, Criterion, Programme
from smartkampung.ledger.actions import open_account

ACCOUNTS = ("source", "budget", "committed", "handed_out")


@transaction.atomic
def load_defaults() -> None:
    """Add what is missing of the shipped programmes, conflicts and criteria.

    A row that is there stays as somebody edited it. Every programme also gets its
    four ledger accounts; only the source of funds may go below zero.
    """
    Programme.objects.bulk_create(
        [_programme(row) for row in _rows("programmes")], ignore_conflicts=True
    )
    Conflict.objects.bulk_create(
        [_conflict(row) for row in _rows("conflicts")], ignore_conflicts=True
    )
    Criterion.objects.bulk_create(
        [Criterion(**row) for row in _rows("criteria")], ignore_conflicts=True
    )
    for programme in Programme.objects.order_by("code"):
        for account in ACCOUNTS:
            open_account(
                code=f"{account}/{programme.code}",
                commodity=programme.commodity,
                may_go_below_zero=account == "source",
            )


def _rows(name: str) -> list[dict[str, str]]:
    table = files("smartkampung.aid").joinpath("data", f"{name}.csv")
    return list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def _programme(row: dict[str, str]) -> Programme:
    typed = {
        "amount": int(row["amount"]),
        "since": date.fromisoformat(row["since"]),
        "until": date.fromisoformat(row["until"]) if row["until"] else None,
        "takes_reports": row["takes_reports"] == "true",
        "criteria_needed": int(row["criteria_needed"]),
    }
    return Programme(**{**row, **typed})


def _conflict(row: dict[str, str]) -> Conflict:
    pair = {"first_id": row["first"], "second_id": row["second"]}
    rest = {name: row[name] for name in ("effect", "component", "source")}
    return Conflict(**pair, **rest, since=date.fromisoformat(row["since"]))
