"""What every kind of field work has: questions, tasks, and a way into its domain."""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.http import Http404
from django.utils.functional import Promise

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.frontline.field.rules.envelopes import Position
from smartkampung.frontline.field.rules.reading import Question
from smartkampung.frontline.field.words import LATE, PHOTOS_MISSING, REASONS, TOO_SOON
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed
from smartkampung.regions.queries import Place, places


class Late(Refused):
    """It was made in time and arrived after its time: a human says whether it counts."""

    code = LATE

    def __init__(self) -> None:
        super().__init__(REASONS[LATE])


class TooSoon(Refused):
    """By its time it was made before what it is about began."""

    code = TOO_SOON

    def __init__(self) -> None:
        super().__init__(REASONS[TOO_SOON])


class PhotosMissing(Refused):
    """What proves it has not come yet."""

    code = PHOTOS_MISSING

    def __init__(self) -> None:
        super().__init__(REASONS[PHOTOS_MISSING])


class BadFields(Exception):
    """Answers that are well formed and do not fit together; words by question."""

    def __init__(self, errors: Mapping[str, str | Promise]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class Task:
    """One piece of work that a phone may hold: no whole name, no number but to call.

    ``phone`` is sealed, and only there where its officer may ring the person.
    """

    kind: str
    target: str
    title: Any
    who: str
    region_code: str
    due_at: datetime | None = None
    urgent: bool = False
    note: Any = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    person_id: int | None = None
    address: str = ""
    phone: Sealed | None = None


@dataclass(frozen=True)
class Photos:
    """The photos that a record names, and which of them are here."""

    named: tuple[uuid.UUID, ...] = ()
    signature: uuid.UUID | None = None
    # By the id of the phone: the id here, promised where it is still to come.
    uploads: Mapping[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    arrived: frozenset[uuid.UUID] = frozenset()

    @property
    def first(self) -> uuid.UUID | None:
        """Return the kept photo that a record begins with."""
        return self.uploads[self.named[0]] if self.named else None

    @property
    def signed(self) -> uuid.UUID | None:
        """Return the kept signature."""
        return self.uploads[self.signature] if self.signature else None

    def must_have_arrived(self, *wanted: uuid.UUID | None) -> None:
        """Raise PhotosMissing while one of these is still on the phone."""
        if not {one for one in wanted if one} <= self.arrived:
            raise PhotosMissing


@dataclass(frozen=True)
class Sent:
    """What was filled in, by whom and when; ``vouched`` is the colleague who decided."""

    form_id: uuid.UUID
    values: Mapping[str, Any]
    position: Position | None
    photos: Photos
    by: Actor
    at: datetime
    received_at: datetime
    vouched: Actor | None = None


class FieldKind(ABC):
    """One kind of field work. Rights are asked by ``find``, facts by ``take``."""

    code: ClassVar[str]
    label: ClassVar[Promise]
    permission: ClassVar[Permission]
    model: ClassVar[str] = ""  # of its targets; empty where it has none
    health: ClassVar[bool] = False
    position: ClassVar[bool] = False
    # Whether what is asked depends on who asks.
    personal: ClassVar[bool] = False
    # Answers that a colleague may put right alone: nothing that they, or whoever they
    # answer for, decide later rests on them.
    correctable: ClassVar[frozenset[str]] = frozenset()

    @property
    def new(self) -> bool:
        """Say whether it may be begun without a task."""
        return not self.model

    @abstractmethod
    def questions(self, actor: Actor, *, at: datetime) -> Sequence[Question]:
        """Return what is asked."""

    @abstractmethod
    def tasks(self, actor: Actor, *, at: datetime, most: int) -> list[Task]:
        """Return what waits for the actor, the most urgent first."""

    def find(self, actor: Actor, permission: Permission, number: int) -> Any:
        """Return the row that a record is about; raise Http404 for everybody else.

        A kind that is begun without a task has no rows to find.
        """
        raise Http404

    def region_of(self, row: Any) -> str:
        """Return where that row lies."""
        return str(row.region_code)

    def person_of(self, row: Any) -> tuple[str, int | None]:
        """Return the name of whom a row is about, and their number in the registry."""
        return (row.person.name, row.person_id) if row.person else ("", None)

    def nik_in(self, body: Mapping[str, Any]) -> str:
        """Return the number by which the answers name somebody, as it was typed."""
        return ""

    def ask_again(
        self, number: int, *, inside: str, since: datetime, at: datetime
    ) -> bool:
        """Ask for what a record that does not count was about; say whether it was needed.

        It is not where it waits on the lists for as long as it is not done. ``inside``
        is where the record belongs: it may name a row that its sender never reached.
        """
        return False

    @abstractmethod
    def take(self, row: Any, sent: Sent) -> str:
        """Let the domain take it in; return a code to hand to the person, or "".

        Raises Refused (a human decides) or BadFields (the answers cannot be taken).
        """


def home_of(actor: Actor, person: Any) -> dict[str, Any]:
    """Return where somebody lives, and their number where the actor opens numbers."""
    if person is None:
        return {}
    family = person.family
    rings = actor.may_in(Permission.RESIDENT_REVEAL, person.region_code)
    return {
        "address": ", ".join(filter(None, [family.address, family.dusun])),
        "phone": family.phone if rings else None,
    }


def place_words(codes: Iterable[str]) -> dict[str, str]:
    """Return the words for many region codes, in at most one query."""
    return {code: _words(place) for code, place in places(codes).items()}


def _words(place: Place) -> str:
    parts = [f"RT {place.rt}" if place.rt else "", f"RW {place.rw}" if place.rw else ""]
    return " ".join(filter(None, [*parts, place.village or place.kecamatan]))
