"""What would change about one person, and what the writer must know to do it."""

import json
from dataclasses import dataclass, field
from typing import Any

from smartkampung.residents.imports.cards import Card
from smartkampung.residents.imports.comparing import (
    CODES,
    TEXTS,
    code_change,
    detail_changes,
    merged_details,
    text_change,
)
from smartkampung.residents.imports.findings import Change
from smartkampung.residents.imports.ready import Ready
from smartkampung.residents.imports.registry import KnownPerson
from smartkampung.residents.rules import nik_flags


@dataclass(slots=True, eq=False)
class PersonPlan:
    """How to write one person: on which card, which columns, which details."""

    known: KnownPerson | None
    card: Card | None
    updates: dict[str, Any] = field(default_factory=dict)
    details: dict[str, str] | None = None

    def after(self, column: str) -> Any:
        """Return what a column holds once the plan is written."""
        if column == "family_id" and self.card is not None and self.card.id is not None:
            return self.card.id
        return self.updates.get(column, getattr(self.known, column))


def changes_of(
    known: KnownPerson, ready: Ready, card: Card | None
) -> tuple[PersonPlan, list[Change]]:
    """Compare a person with a row; empty cells say nothing and change nothing."""
    changes = [*_of_columns(known, ready), *_of_place(known, ready, card)]
    plan = PersonPlan(known, card)
    plan.updates = {change.field: change.new for change in changes}
    plan.updates.pop("kk", None)
    if "name" in plan.updates:
        plan.updates["name_folded"] = ready.folded
    if "born_on" in plan.updates:
        plan.updates["born_on"] = ready.born_on
    flag(plan, ready)
    kept = opened(known)
    details = detail_changes(kept, ready.draft)
    if details:
        plan.details = merged_details(kept, details)
    return plan, [*changes, *details]


def opened(known: KnownPerson) -> dict[str, str]:
    """Return what is kept about a person beyond the registry's columns."""
    if known.detail is None:
        return {}
    kept: dict[str, str] = json.loads(known.detail.open())
    return kept


def _of_columns(known: KnownPerson, ready: Ready) -> list[Change]:
    draft = ready.draft
    found = [text_change(f, getattr(known, f), getattr(draft, f)) for f in TEXTS]
    found += [code_change(f, getattr(known, f), getattr(draft, f)) for f in CODES]
    if known.born_on is None and ready.born_on is not None:
        found.append(Change("born_on", "", draft.born_on))
    if draft.status and draft.status != known.status:
        found.append(Change("status", known.status, draft.status))
    if known.nik_index is None and draft.temporary_id and not known.temporary_id:
        found.append(Change("temporary_id", "", draft.temporary_id))
    return [change for change in found if change is not None]


def _of_place(known: KnownPerson, ready: Ready, card: Card | None) -> list[Change]:
    found = []
    if ready.region and ready.region != known.region_code:
        found.append(Change("region_code", known.region_code, ready.region))
    if card is not None and (card.new or card.id != known.family_id):
        old = known.family_kk.masked if known.family_kk else ""
        found.append(Change("kk", old, ready.draft.kk))
    return found


def flag(plan: PersonPlan, ready: Ready) -> None:
    """Compute again what the NIK disagrees with, when that may have changed."""
    known = plan.known
    if known is None or known.nik_index is None or not ready.draft.nik:
        return
    flags = nik_flags(
        ready.draft.nik,
        region_code=plan.after("region_code"),
        born_on=plan.after("born_on"),
        sex=plan.after("sex"),
    )
    if int(flags) != known.nik_flags and plan.updates:
        plan.updates["nik_flags"] = int(flags)
