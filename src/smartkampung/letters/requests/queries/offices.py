"""As what somebody signs a letter: the head, a deputy by mandate, the kecamatan."""

from dataclasses import dataclass
from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import day
from smartkampung.letters.requests.models import LetterRequest, Mandate
from smartkampung.letters.requests.queries.villages import mandate_of
from smartkampung.letters.requests.rules.mandates import Manner, title_of
from smartkampung.regions.queries import region

HEADS = {"desa": "Kepala Desa", "kelurahan": "Lurah"}


@dataclass(frozen=True)
class Office:
    """What stands above the name of the signer, and by which mandate."""

    title: str
    on_behalf: str = ""
    mandate: Mandate | None = None

    @property
    def manner(self) -> str:
        """Return how a deputy signs; empty for the head."""
        return self.mandate.manner if self.mandate else ""


def head_title(village_code: str) -> str:
    """Return what stands above the name of the head who signs."""
    village = region(village_code)
    name = village.name if village else village_code
    return f"{HEADS.get(village.kind if village else '', 'Kepala Desa')} {name}"


def office_of(actor: Actor, row: LetterRequest, *, at: datetime) -> Office | None:
    """Return as what somebody may sign a letter at a moment; None if not at all."""
    head = head_title(row.village_code)
    if actor.may_in(Permission.LETTER_SIGN, row.village_code):
        return Office(head)
    if not actor.may_in(Permission.LETTER_DEPUTISE, row.village_code):
        return None
    mandate = mandate_of(actor.staff_id, row.village_code, kind=row.kind, on=day(at))
    if mandate is None:
        return None
    if mandate.manner == Manner.ACTING:
        return Office(title_of(head, Manner.ACTING), mandate=mandate)
    return Office(mandate.title, title_of(head, Manner.ON_BEHALF), mandate)
