"""What stands on a paper, line by line, as it is shown to who holds its code."""

from collections.abc import Iterable, Mapping
from typing import Any

Line = tuple[str, str]


def lines_of(frame: Iterable[Line], blocks: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return label and words of everything that a letter prints, in its order."""
    lines = [(label, words) for label, words in frame if words]
    for block in blocks:
        lines += _LINES[block["kind"]](block)
    return lines


def _text(block: Mapping[str, Any]) -> list[Line]:
    return [("", block["text"])]


def _rows(block: Mapping[str, Any]) -> list[Line]:
    return [(row["name"], row["text"]) for row in block["rows"]]


def _items(block: Mapping[str, Any]) -> list[Line]:
    return [("", item) for item in block["items"]]


def _table(block: Mapping[str, Any]) -> list[Line]:
    columns = block["columns"]
    return [
        (
            "",
            ", ".join(
                f"{name}: {cell}" for name, cell in zip(columns, row, strict=True)
            ),
        )
        for row in block["rows"]
    ]


_LINES = {
    "heading": _text,
    "paragraph": _text,
    "rows": _rows,
    "list": _items,
    "table": _table,
}


def print_of(lines: Iterable[Line]) -> dict[str, str]:
    """Return the lines as what the square on the paper is made from."""
    return {str(at): f"{label}\n{words}" for at, (label, words) in enumerate(lines)}
