"""The last seal of the ledger, kept beside the database by the worker."""

from pathlib import Path

from smartkampung.kernel.kept_seal import CutOff, KeptSeal
from smartkampung.ledger.queries.proof import as_checkpoint, seal_facts
from smartkampung.ledger.rules.chain import read_checkpoint
from smartkampung.ledger.rules.faults import against_checkpoint


class LedgerCutOff(CutOff):
    """The last transfers, or their seals, are gone or are others."""


KEPT = KeptSeal(
    name="last-seal.json",
    seals=lambda since: seal_facts(since=since),
    read=read_checkpoint,
    written=as_checkpoint,
    against=against_checkpoint,
    cut_off=LedgerCutOff,
)
check_last_seal, keep_last_seal, kept_seals = KEPT.check, KEPT.keep, KEPT.kept


def kept_file() -> Path:
    """Return where the worker keeps the last seal."""
    return KEPT.file
