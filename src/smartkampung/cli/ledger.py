"""``smartkampung verify`` and ``checkpoint``: has anybody tampered with the ledger?

Django must be set up before this module is imported; ``cli.main`` sees to it.
"""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from smartkampung.cli.trouble import Trouble, plain_words
from smartkampung.ledger.queries.kept import kept_file, kept_seals
from smartkampung.ledger.queries.proof import checkpoint as take_checkpoint
from smartkampung.ledger.queries.proof import verify as verify_ledger
from smartkampung.ledger.rules.chain import BadCheckpoint, SealFacts, read_checkpoint
from smartkampung.ledger.rules.faults import Proof

out = Console(soft_wrap=True)
SHOWN = 20


def verify(
    *,
    against: Annotated[
        Path | None,
        typer.Option("--checkpoint", help="A file that checkpoint wrote earlier."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look at every row of the ledger; exit 1 when anybody tampered with it.

    Compares with the last seal that the worker kept on this machine, if it is here.
    """
    kept = [*(_read(against) if against else []), *_kept_here()]
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Transfers", total=None)
        proof = verify_ledger(
            kept=kept,
            tell=lambda done, total: progress.update(task, completed=done, total=total),
        )
    if as_json:
        typer.echo(json.dumps(_facts(proof)))
    else:
        _tell(proof)
    if not proof.whole:
        raise typer.Exit(1)


def checkpoint(
    file: Annotated[Path, typer.Argument(help="To be kept where nobody here writes.")],
) -> None:
    """Write the seals of the ledger to a file, for an auditor to keep."""
    with plain_words(file):
        file.write_text(json.dumps(take_checkpoint(), indent=1) + "\n")
    out.print(f"{file} is written. Keep it away from this machine.")


def _read(file: Path) -> list[SealFacts]:
    try:
        return read_checkpoint(json.loads(file.read_text()))
    except OSError as error:
        raise Trouble(f"{file} cannot be read: {error.strerror}.") from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise Trouble(f"{file} is no checkpoint: it is not JSON.") from None
    except BadCheckpoint as error:
        raise Trouble(f"{file} is no checkpoint: {error}.") from None


def _kept_here() -> list[SealFacts]:
    try:
        return kept_seals()
    except (OSError, BadCheckpoint) as error:
        raise Trouble(f"{kept_file()} cannot be read: {error}.") from None


def _facts(proof: Proof) -> dict[str, object]:
    faults = [
        {"kind": fault.kind.value, "subject": fault.subject, "number": fault.number}
        for fault in proof.faults
    ]
    return {
        "whole": proof.whole,
        "transfers": proof.transfers,
        "seals": proof.seals,
        "waiting": proof.waiting,
        "first": faults[0] if faults else None,
        "faults": faults,
    }


def _tell(proof: Proof) -> None:
    out.print(
        f"{proof.transfers:,} transfers under {proof.seals:,} seals,"
        f" {proof.waiting:,} wait for one."
    )
    if proof.whole:
        out.print("The ledger is whole: every row is as it was written.")
        return
    out.print(f"[bold red]{len(proof.faults):,} faults.[/bold red] The first:")
    for fault in proof.faults[:SHOWN]:
        out.print(f"  {fault.words}")
    if len(proof.faults) > SHOWN:
        out.print(f"  and {len(proof.faults) - SHOWN:,} more: --json lists them all.")
