"""``smartkampung identity``: how the line to the civil registry is.

Django must be set up before this module is imported; ``cli.main`` sees to it.
"""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from smartkampung.identity.queries import Service, service_facts
from smartkampung.kernel.clock import WIB, day, now

app = typer.Typer(no_args_is_help=True, help="Checks of identity by Dukcapil.")
out = Console()


@app.callback()
def identity() -> None:
    """Look after checks of identity by the civil registry (Dukcapil)."""


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Tell how the line is, what is left of the quota, and what waits."""
    at = now()
    facts = service_facts(at=at, on=day(at))
    if as_json:
        typer.echo(json.dumps(asdict(facts), default=str))
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in _lines(facts):
        table.add_row(name, value)
    out.print(table)


def _lines(facts: Service) -> list[tuple[str, str]]:
    if facts.configured:
        service = "set up"
    else:
        service = "off: SMARTKAMPUNG_IDENTITY_URL is not set, nothing is asked"
    lines = [
        ("Service", service),
        ("Line", _circuit(facts)),
        ("Quota today", f"{facts.left} of {facts.quota} left"),
        ("Waiting", str(facts.waiting)),
        ("Answered today", str(facts.answered)),
    ]
    if facts.oldest:
        lines.append(("Oldest since", f"{facts.oldest.astimezone(WIB):%d-%m-%Y %H:%M}"))
    if facts.troubled_at:
        when = f"{facts.troubled_at.astimezone(WIB):%d-%m-%Y %H:%M}"
        lines.append(("Last trouble", f"{facts.trouble}, {when}"))
    return lines


def _circuit(facts: Service) -> str:
    words = {
        "closed": "closed: questions go out",
        "open": "open: the service fails, nothing goes out",
        "half_open": "half open: the next question tries whether it is back",
    }[facts.circuit]
    if facts.quiet_until is None:
        return words
    return f"{words}; quiet until {facts.quiet_until.astimezone(WIB):%H:%M:%S}"
