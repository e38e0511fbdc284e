"""Set-wise writes: the shipped defaults of programmes, conflicts and criteria."""

import csv
from collections.abc import Iterable
from datetime import date
from importlib.resources import files

from django.db import transaction

from smartkampung.aid.models import Conflict, Criterion, Holiday, Programme
from smartkampung.ledger.actions import Opening, open_accounts

ACCOUNTS = ("source", "budget", "committed", "handed_out", "in_transit", "paid")


@transaction.atomic
def load_defaults() -> None:
    """Add what is missing of the shipped programmes, conflicts, criteria and holidays.

    A row that is there stays as somebody edited it; English words that it lacks are
    added while its Indonesian ones are still the shipped. Every programme also gets its
    ledger accounts; only the source of funds may go below zero.
    """
    programmes = [_programme(row) for row in _rows("programmes")]
    Programme.objects.bulk_create(programmes, ignore_conflicts=True)
    conflicts = [_conflict(row) for row in _rows("conflicts")]
    Conflict.objects.bulk_create(conflicts, ignore_conflicts=True)
    _add_english(programmes, conflicts)
    Criterion.objects.bulk_create(
        [Criterion(**row) for row in _rows("criteria")], ignore_conflicts=True
    )
    Holiday.objects.bulk_create(
        [Holiday(**row) for row in _rows("holidays")], ignore_conflicts=True
    )
    open_accounts(
        Opening(f"{name}/{programme.code}", programme.commodity, name == "source")
        for programme in Programme.objects.order_by("code")
        for name in ACCOUNTS
    )


def _add_english(
    programmes: Iterable[Programme], conflicts: Iterable[Conflict]
) -> None:
    shipped = {row.contents: row.contents_en for row in programmes}
    for row in Programme.objects.filter(contents_en="", contents__in=shipped):
        Programme.objects.filter(pk=row.pk).update(contents_en=shipped[row.contents])
    sources = {row.source: row.source_en for row in conflicts}
    for source, english in sources.items():
        Conflict.objects.filter(source=source, source_en="").update(source_en=english)


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
        "sensitive": row["sensitive"] != "false",
    }
    return Programme(**{**row, **typed})


def _conflict(row: dict[str, str]) -> Conflict:
    pair = {"first_id": row["first"], "second_id": row["second"]}
    rest = {name: row[name] for name in ("effect", "component", "source", "source_en")}
    return Conflict(**pair, **rest, since=date.fromisoformat(row["since"]))
