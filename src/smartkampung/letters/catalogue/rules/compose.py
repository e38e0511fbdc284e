"""A wording with facts in it: what the template draws, and nothing of it is markup."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from smartkampung.letters.catalogue.rules.markup import (
    Block,
    Heading,
    Items,
    Paragraph,
    Rows,
    Slot,
    Table,
    Words,
    slots,
)
from smartkampung.letters.catalogue.rules.wording import Wording

NOTHING = "-"  # how official papers write that nothing is on record
# What every letter prints, whatever its body says.
FRAME = (
    "letter.number",
    "letter.date",
    "letter.valid_until",
    "signer.name",
    "signer.title",
    "signer.on_behalf",
    "office.village",
    "office.kind",
    "office.kecamatan",
    "office.regency",
    "office.address",
)


class Grid(NamedTuple):
    """A table in words."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Printed = Mapping[str, str | Grid]


class MissingFacts(LookupError):
    """A letter names fields about which nothing was said, not even that it is empty."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def filled(wording: Wording, facts: Printed, lang: str) -> list[dict[str, Any]]:
    """Return the blocks of a letter as JSON values, with facts in words.

    A row or an item whose fields are all empty and may be so is left out; any other
    empty field prints "-". Raises MissingFacts for fields that the facts do not know.
    """
    missing = sorted(_named(wording, lang) - set(facts))
    if missing:
        raise MissingFacts(missing)
    page = _Page(wording, facts)
    return [data for block in wording.blocks(lang) if (data := page.block(block))]


def _named(wording: Wording, lang: str) -> frozenset[str]:
    return slots(wording.blocks(lang))


class _Page:
    def __init__(self, wording: Wording, facts: Printed) -> None:
        self.fields = wording.fields
        self.facts = facts

    def block(self, block: Block) -> dict[str, Any] | None:
        """Return one block, or None when nothing of it is left."""
        match block:
            case Heading(words):
                return {"kind": "heading", "text": self.text(words)}
            case Paragraph(words):
                return {"kind": "paragraph", "text": self.text(words)}
            case Rows(rows):
                kept = [
                    {"name": label, "text": self.text(words)}
                    for label, words in rows
                    if not self.left_out(words)
                ]
                return {"kind": "rows", "rows": kept} if kept else None
            case Items(items):
                texts = [self.text(one) for one in items if not self.left_out(one)]
                return {"kind": "list", "items": texts} if texts else None
            case Table(name):
                return self.table(name)

    def table(self, name: str) -> dict[str, Any] | None:
        """Return a table; None when nobody stands in it."""
        grid = self.facts[name]
        if not isinstance(grid, Grid) or not grid.rows:
            return None
        rows = [list(row) for row in grid.rows]
        return {"kind": "table", "columns": list(grid.columns), "rows": rows}

    def left_out(self, words: Words) -> bool:
        """Say whether all that a row prints is empty, and may be."""
        named = [piece.name for piece in words if isinstance(piece, Slot)]
        return bool(named) and all(
            not self.facts[name] and not self.fields[name].required for name in named
        )

    def text(self, words: Words) -> str:
        """Return words with the facts between them."""
        return "".join(
            piece if isinstance(piece, str) else str(self.facts[piece.name]) or NOTHING
            for piece in words
        )
