"""``smartkampung export``: people of a village into a file. Whoever may run this may
read the database; still every person in the file is written down as seen."""

import os
import secrets
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from django.db import transaction
from rich.console import Console

from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.queries import region
from smartkampung.regions.rules import dotted
from smartkampung.residents.exports import work

UNUSABLE = 2
app = typer.Typer(no_args_is_help=True, help="Take people out of the registry.")
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
File = Annotated[Path, typer.Argument(help="The file to write.")]
Village = Annotated[str, typer.Option("--village", help="Code of the village.")]
Reason = Annotated[str, typer.Option("--reason", help="What the file is for.")]


@app.command("opensid")
def opensid(file: File, village: Village, reason: Reason = "command line") -> None:
    """OpenSID's population workbook (.xlsx) or the same columns as .csv."""
    form = file.suffix.lower().removeprefix(".")
    if form not in ("xlsx", "csv"):
        _refuse("The file name must end in .xlsx or .csv.")
    _write(file, village, form, reason)


@app.command("people")
def people(file: File, village: Village, reason: Reason = "command line") -> None:
    """Our own CSV."""
    if file.suffix.lower() != ".csv":
        _refuse("The file name must end in .csv.")
    _write(file, village, "people", reason)


def _write(file: Path, village: str, form: str, reason: str) -> None:
    place = region(dotted(village))
    if place is None or place.kind not in ("desa", "kelurahan"):
        _refuse(f"There is no village {village} here.")
        return
    with transaction.atomic():
        act_as(Kind.JOB)
        content, count = work.bring_out(
            region_code=place.code,
            form=form,
            mark=secrets.token_hex(6).upper(),
            by=f"cli:{getuser()}",
            reason=reason,
            at=now(),
        )
    try:
        _save(file, content)
    except OSError as error:
        _refuse(f"{file}: {error.strerror}")
    out.print(f"{count} people of {place.name} written to {file}.", highlight=False)


def _save(file: Path, content: bytes) -> None:
    """Only the owner may read it, from the first byte on."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        target.write(content)


def _refuse(message: str) -> None:
    err.print(message, style="red", markup=False, highlight=False)
    raise typer.Exit(UNUSABLE)
