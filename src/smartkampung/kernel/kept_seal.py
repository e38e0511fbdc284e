"""The last seal of a chain, kept beside the database: a cut-off end is missed at once.

Somebody who deletes seals, and what they seal, can have the rest sealed anew by the
program itself. The worker therefore keeps the newest seal in a file, and stops sealing
when the database no longer has it. An auditor's checkpoint, kept elsewhere, is stronger.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.conf import settings

from smartkampung.kernel.chains import Fault, Seal

Kind = TypeVar("Kind", bound=Seal)


class CutOff(RuntimeError):
    """The seal that the worker kept is no longer in the database, or another one is."""


@dataclass(frozen=True)
class KeptSeal(Generic[Kind]):
    """Where one chain keeps its last seal; ``seals`` are those from a number on."""

    name: str
    seals: Callable[[int], list[Kind]]
    read: Callable[[Any], list[Kind]]
    written: Callable[[list[Kind]], object]
    against: Callable[[Iterable[Kind], Mapping[int, Kind]], Iterable[Fault]]
    cut_off: type[CutOff]

    @property
    def file(self) -> Path:
        """Return where the worker keeps it."""
        return Path(settings.HOME) / "checkpoints" / self.name

    def kept(self) -> list[Kind]:
        """Return the seal that the worker kept, if any; raise ValueError in words."""
        try:
            return self.read(json.loads(self.file.read_text()))
        except FileNotFoundError:
            return []
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise ValueError("it is not JSON") from None

    def check(self) -> None:
        """Raise ``cut_off`` when the database does not have the seal that was kept."""
        kept = self.kept()
        now = {seal.number: seal for seal in self.seals(_newest(kept))}
        for fault in self.against(kept, now):
            raise self.cut_off(f"{fault.words}; see docs/how-to/verify.md")

    def keep(self) -> None:
        """Write the newest seal to the file. Whoever calls has checked the one before."""
        newest = self.seals(_newest(self.kept()))[-1:]
        if not newest:
            return
        file = self.file
        file.parent.mkdir(mode=0o750, exist_ok=True)
        beside = file.with_suffix(".part")
        beside.write_text(json.dumps(self.written(newest), indent=1) + "\n")
        beside.replace(file)


def _newest(seals: Iterable[Seal]) -> int:
    return max((seal.number for seal in seals), default=0)
