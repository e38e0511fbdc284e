"""The last seal of the diary, kept beside the database by the worker."""

from smartkampung.audit.queries.proof import as_checkpoint, seal_facts
from smartkampung.audit.rules import against_checkpoint, read_seals
from smartkampung.kernel.kept_seal import CutOff, KeptSeal


class DiaryCutOff(CutOff):
    """The last events, or their seals, are gone or are others."""


KEPT = KeptSeal(
    name="last-event-seal.json",
    seals=lambda since: seal_facts(since=since),
    read=read_seals,
    written=lambda seals: {"event_seals": as_checkpoint(seals)},
    against=against_checkpoint,
    cut_off=DiaryCutOff,
)
check_last_seal, keep_last_seal = KEPT.check, KEPT.keep
