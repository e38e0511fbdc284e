"""``smartkampung import``: bring a village's file; look first, apply when it is meant.

Exit code 0: clean; 3: some rows were rejected; 2: the file (or import) is unusable.
"""

import json
from collections.abc import Iterator
from getpass import getuser
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from django.db import IntegrityError, transaction
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from smartkampung.aid.imports import FACTORIES, undo_recipients
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.codes import inside
from smartkampung.regions.queries import regency, region
from smartkampung.regions.rules import dotted
from smartkampung.residents.imports import words, work
from smartkampung.residents.imports.bringing import Done, bring
from smartkampung.residents.imports.handling import Task
from smartkampung.residents.imports.models import Import
from smartkampung.residents.imports.progress import Reporter
from smartkampung.residents.imports.reading.records import Defect, Format, Unusable

UNUSABLE, WITH_REJECTIONS = 2, 3
LISTED = 50
BLOCK = 1 << 20
app = typer.Typer(no_args_is_help=True, help="Bring files into the registry.")
out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)
File = Annotated[Path, typer.Argument(help="The file to read.")]
Village = Annotated[
    str, typer.Option("--village", help="Code of the village, as 35.10.09.2003.")
]
Apply = Annotated[
    bool, typer.Option("--apply", help="Write it down. Without this: only look.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")]
Rejections = Annotated[
    Path | None,
    typer.Option("--rejections", help="Write rejected rows to this workbook."),
]


class Asked(NamedTuple):
    """What is to become of a file that was read."""

    apply: bool
    as_json: bool
    rejections: Path | None


def _plain(kind: Format, told: str) -> None:
    """Add the command of a format that needs to be told nothing but its village."""

    @app.command(kind.value, help=told)
    def command(
        file: File,
        *,
        village: Village = "",
        apply: Apply = False,
        as_json: AsJson = False,
        rejections: Rejections = None,
    ) -> None:
        _bring(kind, file, village, Asked(apply, as_json, rejections))


_plain(
    Format.OPENSID,
    "OpenSID's population workbook (.xlsx, .xlsm, .csv); it needs --village.",
)
_plain(Format.OPENDK, "OpenDK's sync workbook or archive; its rows name their village.")
_plain(Format.PEOPLE, "Our own CSV; its rows name their village, or --village does.")


@app.command("desil")
def desil(
    file: File,
    *,
    village: Village = "",
    source: Annotated[str, typer.Option(help="Name of the list.")] = "DTSEN",
    as_of: Annotated[str, typer.Option(help="Date of the list, 2026-11-24.")] = "",
    apply: Apply = False,
    as_json: AsJson = False,
    rejections: Rejections = None,
) -> None:
    """A DTKS or DTSEN list: family card number, NIK, decile."""
    options = {"source": source, "as_of": as_of}
    _bring(Format.DECILE, file, village, Asked(apply, as_json, rejections), options)


@app.command("recipients")
def recipients(
    file: File,
    *,
    village: Village = "",
    programme: Annotated[
        str, typer.Option(help="Code of our programme, when the file says another.")
    ] = "",
    apply: Apply = False,
    as_json: AsJson = False,
    rejections: Rejections = None,
) -> None:
    """A programme's recipients: a workbook with the sheets Program and Peserta."""
    options = {"programme": programme, "source": file.name[:60]}
    _bring(Format.RECIPIENTS, file, village, Asked(apply, as_json, rejections), options)


@app.command("undo")
def undo(number: Annotated[int, typer.Argument(help="Number of the import.")]) -> None:
    """Put back what an import changed, except what somebody changed since."""
    try:
        with transaction.atomic():
            act_as(Kind.JOB, by=_me(), through="cli")
            imported = work.undo_import(
                import_id=number, by=_me(), at=now(), undoers=[undo_recipients]
            )
    except Import.DoesNotExist:
        err.print(f"There is no import {number}.", style="red", highlight=False)
        raise typer.Exit(UNUSABLE) from None
    except Refused as refusal:
        err.print(str(refusal.message), style="red", markup=False)
        raise typer.Exit(1) from None
    out.print(f"Import {number} is undone.", highlight=False)
    for kept in imported.kept:
        out.print(f"kept: {kept['kind']} {kept['id']} ({kept['why']})", markup=False)


def _bring(
    kind: Format,
    file: Path,
    village: str,
    asked: Asked,
    options: dict[str, str] | None = None,
) -> None:
    try:
        task = Task(kind, _scope(kind, village), now(), options or {})
        done = _run(task, file, asked.apply, quiet=asked.as_json)
    except Unusable as error:
        _tell_unusable(error.defect.value, words.defect(error), asked.as_json)
    except OSError as error:
        _tell_unusable("not_readable", f"{file}: {error.strerror}", asked.as_json)
    else:
        if asked.rejections is not None and len(done.rejections):
            asked.rejections.write_bytes(done.rejections.as_workbook())
        _tell(done, asked.as_json)
        if len(done.rejections):
            raise typer.Exit(WITH_REJECTIONS)
        return
    raise typer.Exit(UNUSABLE)


def _scope(kind: Format, village: str) -> str:
    """Return the village that was named, or the whole regency for those that may."""
    whole = regency()
    if not village:
        if kind is Format.OPENSID or whole is None:
            raise Unusable(Defect.VILLAGE_NEEDED)
        return whole.code
    code = dotted(village)
    found = region(code)
    if found is None or found.kind not in ("desa", "kelurahan"):
        raise Unusable(Defect.VILLAGE_UNKNOWN, village=village)
    if whole is not None and not inside(code, whole.code):
        raise Unusable(Defect.VILLAGE_UNKNOWN, village=village)
    return code


def _run(task: Task, file: Path, apply: bool, *, quiet: bool) -> Done:
    try:
        return _attempt(task, file, apply, quiet=quiet)
    except IntegrityError:
        # Somebody wrote the same number down between our look and our write: now it
        # is there to be seen.
        return _attempt(task, file, apply, quiet=quiet)


def _attempt(task: Task, file: Path, apply: bool, *, quiet: bool) -> Done:
    size = file.stat().st_size
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=err, transient=True, disable=quiet) as bar:
        shown = bar.add_task(file.name, total=None)

        def tell(done: int, total: int) -> None:
            bar.update(shown, completed=done, total=total or size)

        with transaction.atomic():
            act_as(Kind.JOB, by=_me(), through="cli")
            return bring(
                task=task,
                file_name=file.name,
                blocks=_blocks(file),
                by=_me(),
                apply=apply,
                factories=FACTORIES,
                reporter=Reporter(None, tell),
            )


def _blocks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def _tell(done: Done, as_json: bool) -> None:
    summary: dict[str, Any] = done.summary.as_counts()
    if as_json:
        number = done.imported.pk if done.imported else None
        told = {
            **summary,
            "applied": done.imported is not None,
            "import": number,
            "noted": done.summary.noted,
            "changes": [change.as_dict() for change in done.changes],
            "rejections": [row.as_dict() for row in done.rejections.issues()],
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, count in summary.items():
        out.print(f"{name}: {count}", highlight=False)
    for change in done.changes[:LISTED]:
        out.print(str(change), markup=False, highlight=False)
    issues = list(done.rejections.issues())
    for row in issues[:LISTED]:
        err.print(str(row), markup=False, highlight=False)
    if len(issues) > LISTED:
        err.print(f"... and {len(issues) - LISTED} more", highlight=False)
    if done.imported is not None:
        out.print(
            f"Applied as import {done.imported.pk}."
            f" Undo: smartkampung import undo {done.imported.pk}",
            highlight=False,
        )
    else:
        out.print("Nothing was changed. Add --apply to write this down.")


def _tell_unusable(code: str, message: str, as_json: bool) -> None:
    if as_json:
        told = {"unusable": code, "message": message}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        err.print(message, style="red", markup=False, highlight=False)


def _me() -> str:
    return f"cli:{getuser()}"
