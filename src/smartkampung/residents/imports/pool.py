"""The people whom the registry knows without a NIK, and how they are known again."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from smartkampung.regions.codes import inside
from smartkampung.residents.imports.ready import Ready
from smartkampung.residents.imports.registry import KnownPerson


class Pool:
    """The people whom the registry knows without a NIK; each is found once."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self._by_id: dict[str, list[KnownPerson]] = defaultdict(list)
        self._by_identity: dict[Hashable, list[KnownPerson]] = defaultdict(list)
        self._taken: set[int] = set()
        for row in people:
            if row.temporary_id:
                self._by_id[row.temporary_id].append(row)
            key = (row.name_folded, row.born_on, row.sex)
            self._by_identity[key].append(row)
        for rows in self._by_identity.values():
            rows.sort(key=lambda row: bool(row.temporary_id))

    def take(self, ready: Ready) -> KnownPerson | None:
        """Return the person of a row without NIK, by temporary id, else by name."""
        person = None
        if ready.draft.temporary_id:
            person = self._free(self._by_id.get(ready.draft.temporary_id, ()), ready)
        if person is None:
            person = self._free(self._by_identity.get(ready.identity, ()), ready)
        if person is not None:
            self._taken.add(person.id)
        return person

    def leave_out(self, person: KnownPerson) -> None:
        """Remember that somebody was found by other means."""
        self._taken.add(person.id)

    def resembling(self, ready: Ready) -> KnownPerson | None:
        """Return somebody without NIK who may be the person of a row with one."""
        if ready.born_on is None:
            return None
        return self._free(self._by_identity.get(ready.identity, ()), ready)

    def _free(self, people: Iterable[KnownPerson], ready: Ready) -> KnownPerson | None:
        free = [
            row
            for row in people
            if row.id not in self._taken and inside(row.region_code, ready.village)
        ]
        same_card = [row for row in free if row.family_kk_index == ready.card_key]
        return next(iter(same_card or free), None)
