"""``smartkampung zones``: the zone of every RT on any day, as decided or known later.

Django must be set up before this module is imported; ``cli.main`` sees to it.
"""

import json
from contextlib import nullcontext
from datetime import date
from typing import Annotated, Any

import typer
from django.db import transaction
from rich.console import Console
from rich.table import Table

from smartkampung.kernel.clock import end_of_day, now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.queries import names
from smartkampung.reopening.cases.queries.zones import (
    decided,
    is_whole,
    zones_decided,
    zones_known,
)
from smartkampung.reopening.cases.rules.zones import UNKNOWN, Zones, rows_of
from smartkampung.reopening.guidance.rules.kinds import Colour

out, err = Console(), Console(stderr=True)
UNUSABLE, TAMPERED = 2, 1
COLUMNS = [*(one.value for one in Colour), UNKNOWN]
On = Annotated[str, typer.Option("--date", help="The day, such as 2021-04-06.")]
Known = Annotated[
    str,
    typer.Option(
        help="By what was known at the end of a day, or 'today'; else as decided."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def zones(on: On = "", known: Known = "", as_json: AsJson = False) -> None:
    """Show the zone of every RT on a day, as it was decided."""
    day = _day(on, "--date") if on else today()
    moment = None if not known else _moment(known)
    busy = nullcontext() if as_json else out.status("...")
    with busy, transaction.atomic():
        act_as(Kind.JOB)
        kept = None if moment else decided(day)
        if kept is not None and not is_whole(kept):
            err.print(
                "The kept decision was changed after it was sealed."
                " / Keputusan yang disimpan diubah setelah disegel.",
            )
            raise typer.Exit(TAMPERED)
        found = zones_decided(kept) if kept else zones_known(day, known=moment or now())
        how = "decided" if kept else "known"
        told = _json(found, how) if as_json else None
        table = None if as_json else _table(found)
    if told is not None:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    out.print(_title(found, how))
    out.print(table)


def _day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        err.print(
            f"{option} is no day such as 2021-04-06: {text}"
            f" / {option} bukan tanggal seperti 2021-04-06: {text}",
            markup=False,
        )
        raise typer.Exit(UNUSABLE) from None


def _moment(text: str) -> Any:
    return now() if text == "today" else end_of_day(_day(text, "--known"))


def _title(found: Zones, how: str) -> str:
    if found.version is None:
        return (
            f"{found.day}: no guidance was in force, so nothing can be decided."
            " / belum ada pedoman, sehingga zona tidak dapat ditentukan."
        )
    words = {
        "decided": "as decided when the day was over / seperti diputuskan saat itu",
        "known": "by what is known, nothing kept / menurut data, bukan keputusan",
    }
    return f"{found.day}: {found.legal_reference}; {words[how]}"


def _table(found: Zones) -> Table:
    table = Table("village", "name", *COLUMNS)
    by_village = found.by_village()
    called = names(by_village)
    quiet = 0
    for code, counts in sorted(by_village.items()):
        if counts[Colour.GREEN.value] == counts.total():
            quiet += 1
            continue
        table.add_row(
            code, called.get(code, ""), *(str(counts[one]) for one in COLUMNS)
        )
    total = found.counts()
    table.add_section()
    table.add_row("", f"+ {quiet} green / hijau", *(str(total[one]) for one in COLUMNS))
    return table


def _json(found: Zones, how: str) -> dict[str, Any]:
    """Return what the table says and every place that is not green."""
    return {
        "date": found.day.isoformat(),
        "how": how,
        "guidance": found.legal_reference or None,
        "decidable": found.version is not None,
        "rts": found.counts(),
        "places": [
            {"code": place, "houses": houses, "colour": colour or None}
            for place, houses, colour in rows_of(found)
        ],
    }
