"""Decides what each row of people means: new, changed, unchanged, or for a human.

Never guesses: whatever contradicts the registry becomes a review, and whoever is
missing from the file stays as they are.
"""

from collections.abc import Hashable

from smartkampung.regions.codes import ancestor, inside
from smartkampung.residents.imports import registry
from smartkampung.residents.imports.cards import Card
from smartkampung.residents.imports.changing import PersonPlan, changes_of
from smartkampung.residents.imports.choosing import CardChooser
from smartkampung.residents.imports.comparing import is_back, same_name
from smartkampung.residents.imports.findings import Change, Finding, Outcome
from smartkampung.residents.imports.matches import Known, Match
from smartkampung.residents.imports.pool import Pool
from smartkampung.residents.imports.reading.records import Fault
from smartkampung.residents.imports.ready import Ready, ReadyBatch
from smartkampung.residents.imports.registry import KnownCard, KnownPerson
from smartkampung.residents.imports.source import Head
from smartkampung.residents.models import ImportReview

Kind = ImportReview.Kind


class PeopleJudge:
    """Judges the rows of people of one import, batch by batch, in file order."""

    def __init__(self, *, scope: str, lock: bool) -> None:
        self._scope, self._lock = scope, lock
        self._empty = registry.is_empty()
        self._lines: dict[bytes, tuple[int, Hashable]] = {}
        self._nameless: dict[Hashable, int] = {}
        nobody: list[KnownPerson] = []
        self._pool = Pool(
            nobody if self._empty else registry.people_without_nik(scope, lock=lock)
        )
        self.cards = CardChooser(lock=lock, nobody_yet=self._empty)
        self.first_added: int | None = None

    def judge(self, batch: ReadyBatch) -> list[Finding]:
        """Return the finding of every row that could be read."""
        head = batch.batch.head
        known = self._look_up(batch.people)
        matches = [self._match(head, ready, known) for ready in batch.people]
        self.cards.choose(matches, known.cards)
        told: set[int] = set()
        return [_finding(match, told) for match in matches]

    def _look_up(self, people: list[Ready]) -> Known:
        if self._empty:
            return Known()
        niks = {ready.nik_index for ready in people if ready.nik_index}
        keys = {ready.card_key for ready in people if ready.card_key}
        numbers = [key for key in keys if isinstance(key, bytes)]
        by_kk = registry.cards_by_kk(numbers, lock=self._lock)
        cards: dict[Hashable, KnownCard] = {key: by_kk[key] for key in by_kk}
        temporary = {key[1] for key in keys if isinstance(key, tuple)}
        for card in registry.cards_by_temporary_id(
            temporary, self._scope, lock=self._lock
        ):
            cards[ancestor(card.region_code, "village"), card.temporary_id] = card
        without = {
            (ready.folded, ready.born_on) for ready in people if not ready.nik_index
        }
        namesakes = registry.people_named(
            without, scope=self._scope, below=self.first_added
        )
        return Known(
            by_nik=registry.people_by_nik(niks, lock=self._lock),
            claimants=registry.claimants_by_nik(niks, lock=self._lock),
            namesakes={
                (row.name_folded, row.born_on, row.sex): row for row in namesakes
            },
            cards=cards,
        )

    def _match(self, head: Head, ready: Ready, known: Known) -> Match:
        if ready.issue is not None:
            return Match(ready, issue=ready.issue)
        if ready.nik_index is None:
            return self._match_without_nik(head, ready, known)
        before = self._lines.setdefault(
            ready.nik_index, (ready.draft.line, ready.identity)
        )
        if before[0] != ready.draft.line:
            return self._second(head, ready, before)
        person = known.by_nik.get(ready.nik_index)
        if person is None:
            candidate = None if self._empty else self._pool.resembling(ready)
            review = Kind.NOW_HAS_NIK if candidate else ""
            return Match(ready, candidate, review)
        for claimant in known.claimants.get(ready.nik_index, ()):
            if _is(claimant, ready):
                self._pool.leave_out(claimant)
                return Match(ready, claimant, _objection(claimant, ready))
        return Match(ready, person, _objection(person, ready))

    def _second(self, head: Head, ready: Ready, before: tuple[int, Hashable]) -> Match:
        """The NIK stood further up: the same row again, or somebody else's NIK."""
        line, identity = before
        if identity == ready.identity:
            issue = head.issue(ready.draft.line, "nik", Fault.REPEATED_ROW, before=line)
            return Match(ready, issue=issue)
        return Match(ready, review=Kind.TWICE_IN_FILE)

    def _match_without_nik(self, head: Head, ready: Ready, known: Known) -> Match:
        person = self._pool.take(ready)
        if person is not None:
            return Match(ready, person, _objection(person, ready))
        key = (ready.village, ready.card_key, ready.draft.temporary_id, ready.identity)
        line = self._nameless.setdefault(key, ready.draft.line)
        if line != ready.draft.line:
            issue = head.issue(
                ready.draft.line, "nama", Fault.REPEATED_ROW, before=line
            )
            return Match(ready, issue=issue)
        namesake = known.namesakes.get(ready.identity)
        if namesake is not None and inside(namesake.region_code, ready.village):
            return Match(ready, namesake, Kind.HAD_NIK)
        return Match(ready)


def _is(person: KnownPerson, ready: Ready) -> bool:
    born = person.born_on == ready.born_on or None in (person.born_on, ready.born_on)
    return (
        born
        and person.sex == ready.draft.sex
        and same_name(person.name_folded, ready.folded)
    )


def _objection(person: KnownPerson, ready: Ready) -> str:
    """Return why a row must not simply overwrite the person it seems to be."""
    if not inside(person.region_code, ready.village):
        return Kind.ELSEWHERE
    if None not in (person.born_on, ready.born_on) and person.born_on != ready.born_on:
        return Kind.BIRTH_DATE
    if not _is(person, ready):
        return Kind.OTHER_PERSON
    if is_back(person.status, ready.draft.status):
        return Kind.BACK_TO_LIFE
    return ""


def _review(match: Match) -> Finding:
    person, card = match.known, match.card
    elsewhere = person.region_code if match.review == Kind.ELSEWHERE and person else ""
    if match.review == Kind.CARD_ELSEWHERE and card is not None:
        elsewhere = card.region_code
    return Finding(
        match.ready.draft.line,
        Outcome.REVIEW,
        match.ready,
        person_id=person.id if person else None,
        review=match.review,
        other_region=elsewhere,
    )


def _finding(match: Match, told: set[int]) -> Finding:
    """Turn a match into a finding; a card's change is told with one row only."""
    ready, person, card = match.ready, match.known, match.card
    line = ready.draft.line
    if match.issue is not None:
        return Finding(line, Outcome.REJECTED, ready, issue=match.issue)
    if match.review:
        return _review(match)
    told_here = _card_changes(card, told)
    if person is None:
        plan = PersonPlan(None, card)
        return Finding(line, Outcome.NEW, ready, None, tuple(told_here), plan=plan)
    plan, changes = changes_of(person, ready, card)
    changes += told_here
    outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Finding(line, outcome, ready, person.id, tuple(changes), plan=plan)


def _card_changes(card: Card | None, told: set[int]) -> list[Change]:
    if card is None or not card.changes or id(card) in told:
        return []
    told.add(id(card))
    return list(card.changes)
