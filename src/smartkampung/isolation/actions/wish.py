"""What somebody asks for: who comes, from where, when and to which house."""

from dataclasses import dataclass, field
from datetime import date

from smartkampung.isolation.rules import rooms
from smartkampung.isolation.rules.states import Need, Setting
from smartkampung.kernel.sealed import blind_index

NIK, DOCUMENT = "nik", "document"


@dataclass(frozen=True)
class Guest:
    """One person who comes. Without a NIK, a document of another kind names them."""

    name: str
    sex: str
    born_on: date | None = None
    nik: str = ""
    document_kind: str = ""
    document: str = ""

    @property
    def identity(self) -> bytes | None:
        """Return the fingerprint under which this person is in one stay at a time."""
        if self.nik:
            return blind_index(self.nik, NIK)
        if self.document:
            return blind_index(f"{self.document_kind}:{self.document}", DOCUMENT)
        return None


@dataclass(frozen=True)
class Wish:
    """What somebody asks for. ``place`` is the RT of a home, where it is known."""

    village: str
    arrives_on: date
    origin_code: str
    entry_point: str
    guests: tuple[Guest, ...]
    setting: Setting = Setting.HOUSE
    house_id: int | None = None
    address: str = ""
    place: str = ""
    phone: str = ""
    language: str = "id"
    needs: frozenset[Need] = frozenset()
    assessment: dict[str, bool] = field(default_factory=dict)
    walked_in: bool = False

    @property
    def party(self) -> list[rooms.Guest]:
        """Return what choosing beds asks of the people."""
        return [rooms.Guest(guest.sex, guest.born_on) for guest in self.guests]
