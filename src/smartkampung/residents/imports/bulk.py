"""Writes the findings of a batch, set by set, under one lock an area."""

import json
import uuid
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from smartkampung.kernel.rls import MARKED
from smartkampung.kernel.sealed import keyring
from smartkampung.regions.bulk import RegionRow, save_regions
from smartkampung.residents.bulk import (
    FAMILY,
    PERSON,
    FamilyRow,
    copy_rows,
    family_tuple,
    new_ids,
)
from smartkampung.residents.imports.cards import Card
from smartkampung.residents.imports.changing import PersonPlan
from smartkampung.residents.imports.findings import Finding, Outcome
from smartkampung.residents.imports.models import DETAILS
from smartkampung.residents.imports.ready import Ready, person_values
from smartkampung.residents.models import KK

VILLAGE_DEPTH = 4
LOCK_SPACE = 4_004  # the first key of our advisory locks: imports
# The columns of a person that an import may change, with their types.
CHANGEABLE = (
    ("nik_flags", "int2"),
    ("temporary_id", "text"),
    ("name", "text"),
    ("name_folded", "text"),
    ("sex", "text"),
    ("born_on", "date"),
    ("birth_place", "text"),
    ("religion", "int2"),
    ("education", "int2"),
    ("occupation", "int2"),
    ("marital_status", "int2"),
    ("blood_type", "int2"),
    ("citizenship", "int2"),
    ("relation", "int2"),
    ("father_name", "text"),
    ("mother_name", "text"),
    ("region_code", "text"),
    ("status", "text"),
    ("family_id", "int8"),
)


def lock_area(scope: str) -> None:
    """Let one import at a time change a village, until this transaction ends.

    An import of a larger area waits for those of its villages, and they for it.
    """
    shared = "_shared" if scope.count(".") >= VILLAGE_DEPTH - 1 else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_advisory_xact_lock{shared}(%s, 0)"
            ", pg_advisory_xact_lock(%s, hashtext(%s))",
            [LOCK_SPACE, LOCK_SPACE + 1, scope],
        )


# The mark that a transaction had before an import gave it another one.
_KEPT = ("sk.mark_id", "sk.mark_metadata")


def mark_history(context: uuid.UUID | None, import_id: int = 0) -> None:
    """Mark what this transaction changes from here on as done by one import.

    ``None`` ends it, and whoever was named before is named again. Undo finds the marked
    rows in the history (pghistory's context).
    """
    with connection.cursor() as cursor:
        if context is None:
            _copy_settings(cursor, _KEPT, MARKED)
            return
        _copy_settings(cursor, MARKED, _KEPT)
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', (coalesce(nullif("
            "current_setting('sk.mark_metadata', true), ''), '{}')::jsonb"
            " || %s::jsonb)::text, true)",
            [str(context), json.dumps({"import": import_id})],
        )


def _copy_settings(cursor: Any, source: Sequence[str], target: Sequence[str]) -> None:
    cursor.execute(
        "SELECT set_config(target, coalesce(current_setting(source, true), ''), true)"
        " FROM unnest(%s::text[], %s::text[]) AS copied (source, target)",
        [list(source), list(target)],
    )


def note_progress(beside: Any, import_id: int, done: int, total: int) -> None:
    """Write down how far an import is, on a connection beside its transaction."""
    with beside.cursor() as cursor:
        cursor.execute(
            "INSERT INTO residents_importprogress (batch_id, done, total, at)"
            " VALUES (%s, %s, %s, now()) ON CONFLICT (batch_id) DO UPDATE"
            " SET done = excluded.done, total = excluded.total, at = now()",
            [import_id, done, total],
        )


def keep_deciles(rows: list[tuple[int, int, str, date]]) -> None:
    """Write the decile of families: family, decile, source, date."""
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []]
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO residents_familydecile AS old (family_id, decile, source, "on")'
            " SELECT * FROM unnest(%s::int8[], %s::int2[], %s::text[], %s::date[])"
            " ON CONFLICT (family_id) DO UPDATE SET decile = excluded.decile,"
            ' source = excluded.source, "on" = excluded."on"',
            columns,
        )


def restore(table: str, events: str, columns: list[str], event_ids: list[int]) -> int:
    """Set rows back to what the history says they were; return how many."""
    key, *rest = columns
    changed = ", ".join(f'"{name}" = e."{name}"' for name in rest)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {changed} FROM {events} e"
            f" WHERE e.pgh_id = ANY(%s) AND t.{key} = e.{key}",
            [event_ids],
        )
        return int(cursor.rowcount)


class PeopleWriter:
    """Writes people, cards, details and the RWs and RTs they live in."""

    def __init__(self, known_regions: set[str]) -> None:
        self._regions = known_regions
        self._keys = keyring()
        self.added_regions: list[str] = []
        self.first_added: int | None = None

    def write(
        self, findings: list[Finding], cards: Iterable[tuple[Hashable, Card]]
    ) -> None:
        """Write a judged batch; the ids of new people and cards are set on the way."""
        new = [f for f in findings if f.outcome is Outcome.NEW]
        changed = [f for f in findings if f.outcome is Outcome.CHANGED]
        single = [self._card_alone(f) for f in new if f.plan.card is None]
        every = [card for _, card in cards] + single
        self._add_regions(new, changed, every)
        self._add_cards([card for card in every if card.new])
        self._change_cards([card for card in every if card.changed and not card.new])
        for card in every:
            card.new = False
        self._add_people(new)
        self._change_people([f for f in changed if f.plan.updates or f.plan.card])
        self._keep_details([f for f in (*new, *changed) if f.plan.details is not None])

    def _card_alone(self, finding: Finding) -> Card:
        """A person whose family card is not known stands on a card of their own."""
        ready: Ready = finding.draft
        card = Card(None, ready.region or ready.village, new=True, ours=True)
        card.address, card.dusun = ready.draft.address, ready.draft.dusun
        card.phone = ready.draft.phone
        finding.plan.card = card
        return card

    def _add_regions(
        self, new: list[Finding], changed: list[Finding], cards: list[Card]
    ) -> None:
        wanted = {_home(f) for f in new} | {card.region_code for card in cards}
        wanted |= {f.plan.updates.get("region_code", "") for f in changed}
        missing = wanted - self._regions - {""}
        if not missing:
            return
        dusun = {card.region_code: card.dusun for card in cards}
        rows: dict[str, RegionRow] = {}
        for code in sorted(missing):
            parts = code.split(".")
            rw = ".".join(parts[: VILLAGE_DEPTH + 1])
            name = dusun.get(code, "")
            if rw not in self._regions:
                rows.setdefault(rw, RegionRow(rw, f"RW {rw[-3:]}", dusun=name))
            if len(parts) > VILLAGE_DEPTH + 1:
                rows[code] = RegionRow(code, f"RT {code[-3:]}", dusun=name)
        save_regions(list(rows.values()))
        self._regions |= rows.keys()
        self.added_regions += rows

    def _add_cards(self, cards: list[Card]) -> None:
        for card, key in zip(
            cards, new_ids("residents_family", len(cards)), strict=True
        ):
            card.id = key
        rows = (
            (card.id, *family_tuple(_family_row(card), self._keys)) for card in cards
        )
        copy_rows("residents_family", (("id", "int8"), *FAMILY), rows)

    def _change_cards(self, cards: list[Card]) -> None:
        if not cards:
            return
        keys = self._keys
        rows = [
            (
                card.id,
                card.region_code,
                card.address,
                card.dusun,
                keys.seal(card.phone, "phone") if card.phone else None,
                card.phone_index if card.phone else None,
                keys.seal(card.kk, KK) if card.renewed else None,
                keys.index(card.kk, KK) if card.renewed else None,
            )
            for card in cards
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                CHANGE_CARDS, [list(column) for column in zip(*rows, strict=True)]
            )

    def _add_people(self, new: list[Finding]) -> None:
        ids = new_ids("residents_person", len(new))
        if ids and self.first_added is None:
            self.first_added = ids[0]
        keys = self._keys

        def rows() -> Iterable[tuple[Any, ...]]:
            for finding, key in zip(new, ids, strict=True):
                finding.person_id = key
                ready: Ready = finding.draft
                finding.plan.details = ready.draft.details or None
                home = _home(finding)
                values = ready.values if home == ready.region else None
                if values is None:
                    values = person_values(ready, home, keys)
                yield (key, finding.plan.card.id, *values)

        copy_rows(
            "residents_person", (("id", "int8"), ("family_id", "int8"), *PERSON), rows()
        )

    def _change_people(self, changed: list[Finding]) -> None:
        if not changed:
            return
        columns: list[list[Any]] = [[] for _ in range(len(CHANGEABLE) + 1)]
        for finding in changed:
            plan: PersonPlan = finding.plan
            columns[0].append(finding.person_id)
            for values, (name, _) in zip(columns[1:], CHANGEABLE, strict=True):
                values.append(plan.after(name))
        with connection.cursor() as cursor:
            cursor.execute(CHANGE_PEOPLE, columns)

    def _keep_details(self, findings: list[Finding]) -> None:
        if not findings:
            return
        keys = self._keys
        ids = [finding.person_id for finding in findings]
        boxes = [
            keys.seal(json.dumps(finding.plan.details), DETAILS) for finding in findings
        ]
        with connection.cursor() as cursor:
            cursor.execute(KEEP_DETAILS, [ids, boxes])


def _family_row(card: Card) -> FamilyRow:
    return FamilyRow(
        kk=card.kk,
        region_code=card.region_code,
        members=(),
        temporary_id="" if card.kk else card.temporary_id,
        address=card.address,
        dusun=card.dusun,
        phone=card.phone,
    )


def _home(finding: Finding) -> str:
    """Where a new person lives: as the row says, else where their card is."""
    ready: Ready = finding.draft
    if ready.region:
        return ready.region
    card = finding.plan.card
    if card is not None and card.region_code.startswith(ready.village):
        return str(card.region_code)
    return ready.village


CHANGE_CARDS = """
    UPDATE residents_family f SET
        region_code = v.region_code,
        address = coalesce(nullif(v.address, ''), f.address),
        dusun = coalesce(nullif(v.dusun, ''), f.dusun),
        phone = coalesce(v.phone, f.phone),
        phone_index = coalesce(v.phone_index, f.phone_index),
        kk = coalesce(v.kk, f.kk),
        kk_index = coalesce(v.kk_index, f.kk_index)
    FROM unnest(%s::int8[], %s::text[], %s::text[], %s::text[], %s::bytea[],
        %s::bytea[], %s::bytea[], %s::bytea[])
        AS v (id, region_code, address, dusun, phone, phone_index, kk, kk_index)
    WHERE f.id = v.id
"""
CHANGE_PEOPLE = f"""
    UPDATE residents_person p SET
        {", ".join(f"{name} = v.{name}" for name, _ in CHANGEABLE)}
    FROM unnest(%s::int8[], {", ".join(f"%s::{kind}[]" for _, kind in CHANGEABLE)})
        AS v (id, {", ".join(name for name, _ in CHANGEABLE)})
    WHERE p.id = v.id
"""
KEEP_DETAILS = """
    INSERT INTO residents_persondetail (person_id, box)
    SELECT * FROM unnest(%s::int8[], %s::bytea[])
    ON CONFLICT (person_id) DO UPDATE SET box = excluded.box
"""
