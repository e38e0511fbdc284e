"""Looks at a list of cases: what can be written, and which cells are wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from smartkampung.kernel.sealed import keyring
from smartkampung.regions.codes import inside, level, reached, village_of
from smartkampung.regions.queries import rts_of
from smartkampung.reopening.cases.actions.recording import Told
from smartkampung.reopening.cases.models import Case
from smartkampung.reopening.cases.queries.twins import AGAIN
from smartkampung.residents.imports.reading.records import CaseDraft, Fault, Issue
from smartkampung.residents.imports.rejections import RejectionBook
from smartkampung.residents.imports.source import Batch, Head
from smartkampung.residents.models import NIK, Person
from smartkampung.residents.rules.names import fold_name


class Row(NamedTuple):
    """One row that can be written, as it is kept until then."""

    line: int
    name: str
    place: str
    confirmed_on: str
    nik: str
    address: str
    outcome: str
    outcome_on: str

    def told(self) -> Told:
        """Return the case that it tells."""
        return Told(
            name=self.name,
            place=self.place,
            confirmed_on=date.fromisoformat(self.confirmed_on),
            nik=self.nik,
            address=self.address,
            outcome=self.outcome,
            outcome_on=date.fromisoformat(self.outcome_on) if self.outcome_on else None,
        )


class Home(NamedTuple):
    """Who holds a NIK here: folded name, and place."""

    name: str
    place: str


class Checker:
    """Looks at a file batch by batch, for the villages of who brought it."""

    def __init__(self, villages: Mapping[str, str], *, most_shown: int) -> None:
        self._codes = _by_word(villages)
        self._inside = reached("region_code", list(villages))
        self._rts: dict[str, list[str]] = {}
        self._seen: dict[tuple[str, str], int] = {}
        self._keys = keyring()
        self._most = most_shown
        self.book = RejectionBook()
        self.rows: list[Row] = []
        self.problems: list[Issue] = []
        self.met: list[Case] = []  # of whom the file asks
        self.rejected = self.read = 0

    def look_at(self, batch: Batch) -> None:
        """Check some rows with two statements."""
        self.read += len(batch.drafts) + len(batch.rejected)
        for rejected in batch.rejected:
            self._reject(batch.head, list(rejected.raw), rejected.issues)
        drafts: list[CaseDraft] = batch.drafts
        indexes = {one.nik: self._keys.index(one.nik, NIK) for one in drafts if one.nik}
        homes, known = self._homes(indexes), self._known(indexes)
        for draft in drafts:
            self._row(batch.head, draft, homes.get(draft.nik), known)

    def _row(
        self,
        head: Head,
        draft: CaseDraft,
        home: Home | None,
        known: Mapping[str, list[date]],
    ) -> None:
        issues = self._issues(head, draft, home, known)
        place = "" if issues else self._place(head, draft, home, issues)
        if issues:
            self._reject(head, list(draft.raw), issues)
            return
        self.rows.append(
            Row(
                draft.line,
                draft.name,
                place,
                draft.confirmed_on,
                draft.nik,
                draft.address,
                draft.outcome,
                draft.outcome_on,
            )
        )

    def _issues(
        self,
        head: Head,
        draft: CaseDraft,
        home: Home | None,
        known: Mapping[str, list[date]],
    ) -> list[Issue]:
        who = draft.nik or f"{fold_name(draft.name)} {draft.village} {draft.address}"
        before = self._seen.setdefault((who, draft.confirmed_on), draft.line)
        if before != draft.line:
            return [head.issue(draft.line, "nama", Fault.REPEATED_ROW, before=before)]
        on = date.fromisoformat(draft.confirmed_on)
        if any(abs(on - one) < AGAIN for one in known.get(draft.nik, [])):
            return [
                head.issue(
                    draft.line,
                    "confirmed_on",
                    Fault.CASE_KNOWN,
                    value=draft.confirmed_on,
                )
            ]
        names = set(fold_name(draft.name).split())
        if home and not names & set(home.name.split()):
            return [head.issue(draft.line, "nama", Fault.OTHER_NAME)]
        return []

    def _place(
        self, head: Head, draft: CaseDraft, home: Home | None, issues: list[Issue]
    ) -> str:
        """Return the RT that the row tells, else that of the registry, else a village."""
        village = self._codes.get(_word(draft.village)) if draft.village else None
        if not draft.village and home:
            village = village_of(home.place)
        if village is None:
            told = draft.village
            issues.append(
                head.issue(draft.line, "village", Fault.CASE_VILLAGE, value=told)
            )
            return ""
        if draft.rt:
            return self._rt(head, draft, village, issues)
        at_home = home and level(home.place) == "rt" and inside(home.place, village)
        return home.place if home and at_home else village

    def _rt(
        self, head: Head, draft: CaseDraft, village: str, issues: list[Issue]
    ) -> str:
        if village not in self._rts:
            codes = rts_of(village).values_list("code", flat=True)
            self._rts[village] = list(codes)
        wanted = f".{draft.rw}.{draft.rt}" if draft.rw else f".{draft.rt}"
        found = [code for code in self._rts[village] if code.endswith(wanted)]
        if len(found) != 1:
            issue = head.issue(draft.line, "rt", Fault.CASE_RT, value=draft.rt)
            issues.append(issue)
            return ""
        return found[0]

    def _reject(self, head: Head, raw: list[str], issues: list[Issue]) -> None:
        self.rejected += 1
        self.book.add(head, raw, issues)
        if len(self.problems) < self._most:
            self.problems += issues

    def _homes(self, indexes: Mapping[str, bytes]) -> dict[str, Home]:
        people: Any = Person.objects.filter(
            self._inside, nik_index__in=list(indexes.values())
        )
        rows = people.values_list("nik_index", "name_folded", "region_code")
        found = {bytes(index): Home(name, place) for index, name, place in rows}
        return {nik: found[one] for nik, one in indexes.items() if one in found}

    def _known(self, indexes: Mapping[str, bytes]) -> dict[str, list[date]]:
        # Only where the officer may see who is ill: elsewhere a file would be a way to
        # ask after five thousand people at once.
        standing = Q(nik_index__in=list(indexes.values()), withdrawn_at=None)
        rows: Any = Case.objects.filter(self._inside, standing)
        days: dict[bytes, list[date]] = {}
        for one in rows.only("nik_index", "confirmed_on", "person_id", "region_code"):
            self.met.append(one)
            days.setdefault(bytes(one.nik_index), []).append(one.confirmed_on)
        return {nik: days[one] for nik, one in indexes.items() if one in days}


def _word(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _by_word(villages: Mapping[str, str]) -> dict[str, str]:
    """Return the code for each way to write a village; a name of two is of none."""
    names: dict[str, list[str]] = {}
    for code, name in villages.items():
        names.setdefault(_word(name), []).append(code)
    alone = {word: codes[0] for word, codes in names.items() if len(codes) == 1}
    return alone | {_word(code): code for code in villages}
