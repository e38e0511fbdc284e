"""Jobs of the ledger."""

import json
from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now, today
from smartkampung.ledger.bulk import seal_waiting
from smartkampung.ledger.queries.kept import check_last_seal, keep_last_seal
from smartkampung.ledger.queries.proof import checkpoint


@job("ledger.seal")
def seal(timestamp: int) -> None:
    """Put what was moved since the last time into the chain, and keep the last seal.

    Fails, and chains nothing, when the end was cut off: what is left stays as it is.
    """
    check_last_seal()
    seal_waiting(at=now())
    keep_last_seal()


@job("ledger.checkpoint")
def keep_checkpoint(timestamp: int) -> None:
    """Write the seals of today to a file; an auditor's machine fetches it."""
    folder = Path(settings.HOME) / "checkpoints"
    folder.mkdir(mode=0o750, exist_ok=True)
    file = folder / f"ledger-{today().isoformat()}.json"
    beside = file.with_suffix(".part")
    beside.write_text(json.dumps(checkpoint(), indent=1) + "\n")
    beside.replace(file)


app.periodic(cron="*/5 * * * *")(app.tasks["ledger.seal"])
app.periodic(cron="57 23 * * *")(app.tasks["ledger.checkpoint"])
