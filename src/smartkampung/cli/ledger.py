"""``smartkampung verify`` and ``checkpoint``: has anybody tampered with the books?

Django must be set up before this module is imported; ``cli.main`` sees to it.
"""

import json
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import Progress

from smartkampung.audit.queries.kept import KEPT as KEPT_EVENTS
from smartkampung.audit.queries.proof import verify_events
from smartkampung.audit.rules import Proof as EventProof
from smartkampung.audit.rules import SealFacts as EventSealFacts
from smartkampung.audit.rules import read_seals
from smartkampung.cli.trouble import Trouble, plain_words
from smartkampung.kernel.chains import Fault, Seal
from smartkampung.kernel.kept_seal import KeptSeal
from smartkampung.ledger.queries.kept import KEPT
from smartkampung.ledger.queries.proof import checkpoint as take_checkpoint
from smartkampung.ledger.queries.proof import verify as verify_ledger
from smartkampung.ledger.rules.chain import SealFacts, read_checkpoint
from smartkampung.ledger.rules.faults import Proof

out = Console(soft_wrap=True)
SHOWN = 20
Kept = TypeVar("Kept", bound=Seal)


def verify(
    *,
    against: Annotated[
        Path | None,
        typer.Option("--checkpoint", help="A file that checkpoint wrote earlier."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Look at every row of ledger and diary of events; exit 1 when one was changed.

    Compares with the last seals that the worker kept on this machine, if they are here.
    """
    kept, kept_of_events = _read(against) if against else ([], [])
    kept = [*kept, *_kept_here(KEPT)]
    kept_of_events = [*kept_of_events, *_kept_here(KEPT_EVENTS)]
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Transfers", total=None)
        proof = verify_ledger(
            kept=kept,
            tell=lambda done, total: progress.update(task, completed=done, total=total),
        )
        progress.update(task, description="Events", total=None)
        events = verify_events(kept=kept_of_events)
    if as_json:
        typer.echo(json.dumps(_facts(proof, events)))
    else:
        _tell(proof, events)
    if not (proof.whole and events.whole):
        raise typer.Exit(1)


def checkpoint(
    file: Annotated[Path, typer.Argument(help="To be kept where nobody here writes.")],
) -> None:
    """Write the seals of ledger and diary to a file, for an auditor to keep."""
    with plain_words(file):
        file.write_text(json.dumps(take_checkpoint(), indent=1) + "\n")
    out.print(f"{file} is written. Keep it away from this machine.")


def _read(file: Path) -> tuple[list[SealFacts], list[EventSealFacts]]:
    try:
        content = json.loads(file.read_text())
        return read_checkpoint(content), read_seals(content)
    except OSError as error:
        raise Trouble(f"{file} cannot be read: {error.strerror}.") from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise Trouble(f"{file} is no checkpoint: it is not JSON.") from None
    except ValueError as error:  # BadCheckpoint is one
        raise Trouble(f"{file} is no checkpoint: {error}.") from None


def _kept_here(chain: KeptSeal[Kept]) -> list[Kept]:
    try:
        return chain.kept()
    except (OSError, ValueError) as error:  # BadCheckpoint is one
        raise Trouble(f"{chain.file} cannot be read: {error}.") from None


def _faults(proof: Proof, events: EventProof) -> list[Fault]:
    return [*proof.faults, *events.faults]


def _facts(proof: Proof, events: EventProof) -> dict[str, object]:
    faults = [
        {"kind": fault.kind.value, "subject": fault.subject, "number": fault.number}
        for fault in _faults(proof, events)
    ]
    return {
        "whole": not faults,
        "transfers": proof.transfers,
        "seals": proof.seals,
        "waiting": proof.waiting,
        "events": events.events,
        "event_seals": events.seals,
        "events_waiting": events.waiting,
        "first": faults[0] if faults else None,
        "faults": faults,
    }


def _tell(proof: Proof, events: EventProof) -> None:
    out.print(
        f"{proof.transfers:,} transfers under {proof.seals:,} seals,"
        f" {proof.waiting:,} wait for one."
    )
    out.print(
        f"{events.events:,} events under {events.seals:,} seals,"
        f" {events.waiting:,} wait for one."
    )
    faults = _faults(proof, events)
    if proof.whole:
        out.print("The ledger is whole: every row is as it was written.")
    if events.whole:
        out.print("The diary of events is whole: every event is as it was written.")
    if not faults:
        return
    out.print(f"[bold red]{len(faults):,} faults.[/bold red] The first:")
    for fault in faults[:SHOWN]:
        out.print(f"  {fault.words}")
    if len(faults) > SHOWN:
        out.print(f"  and {len(faults) - SHOWN:,} more: --json lists them all.")
