"""Rows with the keys they are found by, made ahead while the database works."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from smartkampung.kernel.sealed import Keyring
from smartkampung.residents.imports.reading.records import Fault, Issue, PersonDraft
from smartkampung.residents.imports.source import Batch, Head
from smartkampung.residents.models import KK, NIK, PHONE
from smartkampung.residents.rules import fold_name, nik_flags

CardKey = bytes | tuple[str, str]


@dataclass(slots=True, eq=False)
class Ready:
    """One person of the file, where they live, and the keys they are found by."""

    draft: PersonDraft
    village: str
    region: str  # empty when the row names neither RW nor RT
    folded: str
    born_on: date | None
    nik_index: bytes | None
    card_key: CardKey | None
    phone_index: bytes | None
    issue: Issue | None = None
    values: tuple[Any, ...] | None = None  # what is stored if they are new

    @property
    def identity(self) -> tuple[str, date | None, str]:
        """Return what tells people apart who have no NIK."""
        return self.folded, self.born_on, self.draft.sex


class ReadyBatch(NamedTuple):
    """A batch whose rows are ready to be judged."""

    batch: Batch
    people: list[Ready]


class Preparer:
    """Computes keys and places; uses no database, so that it may run ahead.

    ``all_new`` seals ahead, too: in an empty registry nearly everybody is new.
    """

    def __init__(
        self,
        *,
        scope: str,
        villages: set[str],
        keys: Keyring,
        all_new: bool = False,
    ) -> None:
        self._keys = keys
        self._all_new = all_new
        self._villages = villages
        self._only = scope if scope in villages else ""
        self._dotted = {code.replace(".", ""): code for code in villages}
        self._kk: tuple[str, bytes] = ("", b"")
        self._phone: tuple[str, bytes] = ("", b"")
        self._regions: dict[tuple[str, str, str], str] = {}

    def prepare(self, batches: Iterator[Batch]) -> Iterator[ReadyBatch]:
        """Yield each batch with its rows made ready."""
        for batch in batches:
            ready = self.one
            yield ReadyBatch(batch, [ready(batch.head, row) for row in batch.drafts])

    def one(self, head: Head, draft: PersonDraft) -> Ready:
        """Return one row with its keys."""
        village, issue = self._village(head, draft)
        index = self._keys.index
        ready = Ready(
            draft,
            village,
            self._region(village, draft.rw, draft.rt),
            draft.folded or fold_name(draft.name),
            date.fromisoformat(draft.born_on) if draft.born_on else None,
            index(draft.nik, NIK) if draft.nik else None,
            self._card_key(village, draft),
            self._phone_index(draft.phone) if draft.phone else None,
            issue,
        )
        if self._all_new and ready.region:
            ready.values = person_values(ready, ready.region, self._keys)
        return ready

    def _village(self, head: Head, draft: PersonDraft) -> tuple[str, Issue | None]:
        said = draft.village
        if not said:
            if self._only:
                return self._only, None
            return "", head.issue(draft.line, "village", Fault.VILLAGE_UNKNOWN)
        code = self._dotted.get(said.replace(".", ""))
        if code is not None:
            return code, None
        fault = Fault.VILLAGE_OUTSIDE if self._only else Fault.VILLAGE_UNKNOWN
        return "", head.issue(
            draft.line, "village", fault, value=said, village=self._only
        )

    def _region(self, village: str, rw: str, rt: str) -> str:
        if not rw:
            return ""
        key = (village, rw, rt)
        code = self._regions.get(key)
        if code is None:
            code = ".".join(part for part in key if part)
            self._regions[key] = code
        return code

    def _phone_index(self, phone: str) -> bytes:
        if self._phone[0] != phone:
            self._phone = (phone, self._keys.index(phone, PHONE))
        return self._phone[1]

    def _card_key(self, village: str, draft: PersonDraft) -> CardKey | None:
        if draft.kk:
            if self._kk[0] != draft.kk:
                self._kk = (draft.kk, self._keys.index(draft.kk, KK))
            return self._kk[1]
        return (village, draft.family_id) if draft.family_id else None


def person_values(ready: Ready, home: str, keys: Keyring) -> tuple[Any, ...]:
    """Return a new person as the values of ``PERSON``; keys are not computed again."""
    draft = ready.draft
    nik, flags = None, 0
    if draft.nik:
        nik = keys.seal(draft.nik, NIK)
        flags = int(
            nik_flags(draft.nik, region_code=home, born_on=ready.born_on, sex=draft.sex)
        )
    return (
        nik,
        ready.nik_index if nik is not None else None,
        flags,
        draft.temporary_id,
        draft.name,
        ready.folded,
        draft.sex,
        ready.born_on,
        draft.birth_place,
        draft.religion,
        draft.education,
        draft.occupation,
        draft.marital_status,
        draft.blood_type,
        draft.citizenship or 1,
        draft.relation,
        draft.father_name,
        draft.mother_name,
        home,
        draft.status or "living",
    )
