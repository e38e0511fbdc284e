"""The list of promises in docs/invariants.md: made by hand, kept complete by machine.

``python -m tests.repository.invariants`` adds a line for each promise that has none,
taken from the docstring of its model, and drops lines of promises that are gone.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import django
from django.apps import apps

PAGE = Path(__file__).resolve().parent.parent.parent / "docs/invariants.md"
BEGIN, END = "<!-- promises: begin -->", "<!-- promises: end -->"
LINE = re.compile(r"^- `(\w+)`")
SQL_NAMES = re.compile(r"ADD CONSTRAINT (\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Promise:
    """One named promise of the database, the model it is about, and its words."""

    name: str
    model: str
    words: str


def promises() -> list[Promise]:
    """Return every named constraint and trigger of our own tables."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("smartkampung."):
            continue
        names = [constraint.name for constraint in model._meta.constraints]
        names += [trigger.name for trigger in getattr(model._meta, "triggers", [])]
        words = model.__doc__ or ""
        found += [
            Promise(name, model._meta.label, _said_of(name, words))
            for name in names
            if not _of_history(name)
        ]
    return sorted({*found, *_in_sql()}, key=lambda promise: promise.name)


def _of_history(name: str) -> bool:
    """Say whether a trigger keeps something up to date rather than forbids."""
    return name in {"insert_insert", "update_update", "append_only"} or (
        name.startswith("keep_")
    )


def _in_sql() -> set[Promise]:
    folder = PAGE.parent.parent / "src/smartkampung"
    return {
        Promise(name, path.parent.parent.name, "")
        for path in folder.glob("**/migrations/*.py")
        for name in SQL_NAMES.findall(path.read_text())
    }


def _said_of(name: str, docstring: str) -> str:
    text = " ".join(docstring.split())
    before, found, _after = text.partition(f"``{name}``")
    if not found:
        return ""
    clause = re.split(r"[.:;]\s|\),|\) and ", before.rstrip(" ("))[-1]
    return clause.strip(" -,").removeprefix("and ")


def listed() -> dict[str, str]:
    """Return the lines that the page has, by the name of the promise."""
    page = PAGE.read_text() if PAGE.exists() else ""
    found = (LINE.match(line) for line in page.splitlines())
    return {match[1]: match.string for match in found if match}


def rewrite() -> None:
    """Bring the list on the page up to date, keeping the words that people wrote."""
    page = PAGE.read_text() if PAGE.exists() else f"# Invariants\n\n{BEGIN}\n{END}\n"
    known = listed()
    lines = [
        known.get(p.name, f"- `{p.name}` ({p.model}): {p.words}") for p in promises()
    ]
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n{chr(10).join(lines)}\n{END}{tail}")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "smartkampung.config.settings"
    django.setup()
    rewrite()
