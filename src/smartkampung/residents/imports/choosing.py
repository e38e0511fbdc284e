"""Chooses the family card of each row: one that exists, one issued anew, or a new one."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping

from smartkampung.regions.codes import inside
from smartkampung.residents.imports import registry
from smartkampung.residents.imports.cards import Card, CardMemory, of_known, speak
from smartkampung.residents.imports.findings import Change
from smartkampung.residents.imports.matches import Match
from smartkampung.residents.imports.ready import Ready
from smartkampung.residents.imports.registry import KnownCard, KnownPerson
from smartkampung.residents.models import ImportReview

Cards = Mapping[Hashable, KnownCard]


class CardChooser:
    """Chooses batch by batch; remembers the cards of earlier batches.

    ``book`` holds the cards of the batch that was judged last.
    """

    def __init__(self, *, lock: bool, nobody_yet: bool) -> None:
        self._lock, self._nobody_yet = lock, nobody_yet
        self._memory = CardMemory()
        self.book: dict[Hashable, Card] = {}

    def choose(self, matches: list[Match], there: Cards) -> None:
        """Give each row its card, and let heads speak for theirs."""
        self.book = {} if self._nobody_yet else self._renewed(matches, there)
        for match in matches:
            key = match.ready.card_key
            if key is None or not match.usable:
                continue
            if match.known is not None and not match.ready.draft.kk:
                continue  # no number in the file: they stay on the card they are on
            card = self.book.get(key)
            if card is None:
                card = self.book[key] = self._card(key, match.ready, there)
            match.card = card
            if _is_elsewhere(card, match):
                match.review = ImportReview.Kind.CARD_ELSEWHERE
        for match in matches:
            if match.card is not None and match.usable:
                _let_speak(match.card, match.ready)

    def settle(self) -> None:
        """Remember the cards of the batch once it is written."""
        self._memory.keep(self.book.items())

    def _card(self, key: Hashable, ready: Ready, there: Cards) -> Card:
        known = there.get(key)
        card = self._memory.recall(key, known)
        if card is not None:
            return card
        if known is not None:
            return of_known(known)
        return Card(
            None,
            ready.region or ready.village,
            kk=ready.draft.kk,
            temporary_id=ready.draft.family_id,
            new=True,
            ours=True,
        )

    def _renewed(self, matches: Iterable[Match], there: Cards) -> dict[Hashable, Card]:
        """Return the cards of the file that are an old card under a new number.

        So it is when everybody living on one card, and nobody from another, stands
        under the new number. Otherwise the family has split, and the card is new.
        """
        groups = self._alone_on_a_new_number(list(matches), there)
        if not groups:
            return {}
        families = {key: group[0].known for key, group in groups.items()}
        ids = {person.family_id for person in families.values() if person}
        living = registry.living_members(ids)
        taken = Counter(person.family_id for person in families.values() if person)
        cards = registry.cards_by_id(ids, lock=self._lock)
        return {
            key: _anew(cards[person.family_id], person, groups[key][0].ready)
            for key, person in families.items()
            if person is not None
            and taken[person.family_id] == 1
            and _living(groups[key]) == living.get(person.family_id, 0)
        }

    def _alone_on_a_new_number(
        self, matches: list[Match], there: Cards
    ) -> dict[Hashable, list[Match]]:
        """Return the rows of each new number whose people all share one old card."""
        numbers: set[Hashable] = {match.ready.card_key for match in matches}
        groups: dict[Hashable, list[Match]] = defaultdict(list)
        for match in matches:
            key = match.ready.card_key
            new = isinstance(key, bytes) and key not in there
            if new and match.usable and match.known and key not in self._memory:
                groups[key].append(match)
        return {
            key: group
            for key, group in groups.items()
            if len({match.known.family_id for match in group if match.known}) == 1
            and not self._still_used(group[0].known, numbers)
        }

    def _still_used(self, person: KnownPerson | None, numbers: set[Hashable]) -> bool:
        old = person.family_kk_index if person else None
        return old in numbers or old in self._memory


def _living(group: list[Match]) -> int:
    return sum(match.known.status == "living" for match in group if match.known)


def _anew(card: KnownCard, person: KnownPerson, ready: Ready) -> Card:
    old = person.family_kk.masked if person.family_kk else ""
    renewed = of_known(card)
    renewed.kk = ready.draft.kk
    renewed.changed = renewed.renewed = True
    renewed.changes = [Change("kk", old, ready.draft.kk)]
    return renewed


def _is_elsewhere(card: Card, match: Match) -> bool:
    if inside(card.region_code, match.ready.village):
        return False
    return match.known is None or match.known.family_id != card.id


def _let_speak(card: Card, ready: Ready) -> None:
    """Let a row speak for its card, unless the card belongs to another village."""
    if card.spoken or not inside(card.region_code, ready.village):
        return
    speak(card, ready.draft, region=ready.region, phone_index=ready.phone_index)
