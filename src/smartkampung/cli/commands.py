"""Commands that work on a deployment; Django is set up before this is imported."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils.module_loading import import_string
from rich.console import Console

from smartkampung.aid.bulk import load_defaults
from smartkampung.cli import (
    accounts,
    bank,
    duplicates,
    economy,
    exports,
    fhir,
    identity,
    imports,
    ledger,
    letters,
    lottery,
    prepare,
    regions,
    signals,
    zones,
)
from smartkampung.cli.checks import run_checks
from smartkampung.cli.trouble import Trouble, plain_words
from smartkampung.kernel import rotation
from smartkampung.kernel.sealed import write_new_keys

out = Console()
keys = typer.Typer(no_args_is_help=True, help="Keys that seal NIKs and phones.")


def add_to(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(migrate)
    app.command()(worker)
    app.command()(check)
    app.command()(ledger.verify)
    app.command()(ledger.checkpoint)
    app.command()(bank.bank_simulator)
    app.command("fhir-export")(fhir.export_stay)
    app.command()(lottery.lottery)
    app.command("verify-letter")(letters.verify_letter)
    app.command()(zones.zones)
    app.command("prepare-demo", hidden=True)(prepare.prepare_demo)
    app.command("tell-beside", hidden=True)(prepare.tell_beside)
    app.command("site-files", hidden=True)(prepare.files)
    app.add_typer(keys, name="keys")
    app.add_typer(accounts.app, name="accounts")
    app.add_typer(regions.app, name="regions")
    app.add_typer(duplicates.app, name="duplicates")
    app.add_typer(economy.app, name="economy")
    app.add_typer(signals.app, name="signals")
    app.add_typer(imports.app, name="import")
    app.add_typer(exports.app, name="export")
    app.add_typer(identity.app, name="identity")
    app.add_typer(letters.app, name="letters")


def migrate() -> None:
    """Bring the database to this version, and grant the program its rights.

    Adds the shipped aid programmes that are not there; what was edited stays.
    """
    prepare.migrate()
    role = prepare.grant()
    prepare.files()
    load_defaults()
    out.print("The database is up to date." + (f" {role} may use it." if role else ""))


def worker(
    jobs: Annotated[int, typer.Option(help="Jobs to run at the same time.")] = 4,
) -> None:
    """Run background jobs until told to stop."""
    if settings.TIME_TRAVEL:
        import_string("smartkampung.jobs.travel.make_up")()
    import_string("smartkampung.jobs.worker.run_worker")(jobs=jobs)


def check() -> None:
    """Tell everything that is wrong with this deployment; exit code 1 if anything is."""
    wrong = 0
    for result in run_checks():
        mark = "[red]✗[/red]" if result.problems else "[green]✓[/green]"
        out.print(f"{mark} {result.title}", highlight=False)
        for problem in result.problems:
            out.print(f"    {problem}", markup=False, highlight=False, soft_wrap=True)
        for note in result.notes:
            out.print(f"    {note}", markup=False, highlight=False, soft_wrap=True)
        wrong += len(result.problems)
    if wrong:
        out.print(f"{wrong} to mend.", style="red", highlight=False)
        raise typer.Exit(1)
    out.print("All is well.", style="green")


@keys.command("new")
def new_keys(
    file: Annotated[Path | None, typer.Argument(help="Where to write them.")] = None,
) -> None:
    """Make the key file of a new deployment. It is never overwritten: keep a copy."""
    path = file or Path(settings.KEY_FILE)
    if path.exists():
        raise Trouble(f"{path} exists. Without it nothing sealed can be read again.")
    with plain_words(path):
        write_new_keys(path)
    out.print(f"Keys written to {path}. Back this file up apart from the database.")


@keys.command("add")
def add_key() -> None:
    """Add a new key to the file. Restart everything, then run `keys rotate`."""
    path = _key_file()
    with plain_words(path):
        version = rotation.add_key(path)
    out.print(f"Key {version} added to {path}. Copy the file to every machine,")
    out.print("restart web and worker everywhere, then run: smartkampung keys rotate")


@keys.command("rotate")
def rotate_keys() -> None:
    """Seal everything by the newest key. May be repeated; keep the old keys."""
    path = _key_file()
    with plain_words(path):
        version = rotation.use_newest(path)
    with out.status("Sealing anew") as status:
        count = rotation.reseal(
            lambda column, done: status.update(f"{column}: {done} sealed anew")
        )
    out.print(f"Key {version} is in use; {count} values were sealed anew.")
    out.print("Restart web and worker, and run this once more until it says 0.")


def _key_file() -> Path:
    path = Path(settings.KEY_FILE)
    if not path.exists():
        raise Trouble(f"No key file at {path}. Make one with: smartkampung keys new")
    return path
