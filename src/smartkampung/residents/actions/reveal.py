"""Open a sealed number for a colleague's eyes, once, for a reason."""

from collections.abc import Sequence
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit import actions as audit
from smartkampung.kernel.errors import Refused
from smartkampung.residents.models import Person
from smartkampung.residents.rules.quarantine import Bar, reason_bars
from smartkampung.residents.words import BARS


class Number(StrEnum):
    """The sealed numbers of a person and their family card."""

    NIK = "nik"
    KK = "kk"
    PHONE = "phone"


class ReasonNeeded(Refused):
    """A number is opened for a reason that can be read later; ``bars`` says why not."""

    code = "reason_needed"

    def __init__(self, bars: Sequence[Bar]) -> None:
        super().__init__(" ".join(str(BARS[bar]) for bar in bars))
        self.bars = list(bars)


class NothingRecorded(Refused):
    """There is no such number on record."""

    code = "nothing_recorded"


def reveal_number(*, person: Person, number: Number, reason: str, by: Actor) -> str:
    """Return a number in plain digits and write down who asked and why.

    The caller found the person through ``person_for`` with RESIDENT_REVEAL. Raises
    ReasonNeeded or NothingRecorded.
    """
    bars = reason_bars(reason)
    if bars:
        raise ReasonNeeded(bars)
    sealed = {
        Number.NIK: person.nik,
        Number.KK: person.family.kk,
        Number.PHONE: person.family.phone,
    }[number]
    if sealed is None:
        raise NothingRecorded(_("There is no such number on record."))
    return audit.reveal(
        sealed,
        person_id=person.pk,
        by=by.username,
        role=by.role_for(Permission.RESIDENT_REVEAL),
        purpose=f"resident.{number}",
        reason=reason.strip(),
    )
