"""The last seal, kept beside the database: who cuts off the end is missed at once.

Somebody who deletes seals and links can have the rest chained anew by the program
itself. The worker therefore keeps the newest seal in a file, and stops chaining when
the database no longer has it. An auditor's checkpoint, kept elsewhere, is stronger.
"""

import json
from pathlib import Path

from django.conf import settings

from smartkampung.ledger.queries.proof import as_checkpoint, seal_facts
from smartkampung.ledger.rules.chain import BadCheckpoint, SealFacts, read_checkpoint
from smartkampung.ledger.rules.faults import against_checkpoint


class LedgerCutOff(RuntimeError):
    """The seal that the worker kept is no longer in the database, or another one is."""


def kept_file() -> Path:
    """Return where the worker keeps the last seal."""
    return Path(settings.HOME) / "checkpoints" / "last-seal.json"


def kept_seals() -> list[SealFacts]:
    """Return the seal that the worker kept, if any; raise BadCheckpoint in words."""
    try:
        return read_checkpoint(json.loads(kept_file().read_text()))
    except FileNotFoundError:
        return []
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise BadCheckpoint("it is not JSON") from None


def check_last_seal() -> None:
    """Raise LedgerCutOff when the database does not have the seal that was kept."""
    kept = kept_seals()
    now = {seal.number: seal for seal in seal_facts(since=_newest(kept))}
    for fault in against_checkpoint(kept, now):
        raise LedgerCutOff(f"{fault.words}; see docs/how-to/verify.md")


def keep_last_seal() -> None:
    """Write the newest seal to the file. Whoever calls has checked the one before."""
    newest = seal_facts(since=_newest(kept_seals()))[-1:]
    if not newest:
        return
    file = kept_file()
    file.parent.mkdir(mode=0o750, exist_ok=True)
    beside = file.with_suffix(".part")
    beside.write_text(json.dumps(as_checkpoint(newest), indent=1) + "\n")
    beside.replace(file)


def _newest(seals: list[SealFacts]) -> int:
    return max((seal.number for seal in seals), default=0)
