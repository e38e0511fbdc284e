"""Reads every text that the interface can show, and every translation there is."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from smartkampung.kernel.catalogues import sources

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src/smartkampung"
TRANSLATORS = re.compile(r"^(n?p?gettext)(_lazy|_noop)?$")
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%([sd])|\{(\w*)[^{}]*\}")


@dataclass(frozen=True)
class Text:
    """One msgid with its context, its plural when it has one, and where it stands."""

    msgid: str
    plural: str
    context: str
    place: str


def texts() -> Iterator[Text]:
    """Return every text in code and templates."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from _texts_of_code(path)
    for path in sorted(PACKAGE.glob("**/templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            yield from _texts_of_template(path)


def _texts_of_code(path: Path) -> Iterator[Text]:
    tree = ast.parse(path.read_text())
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "django.utils.translation"
        ):
            names |= {a.asname or a.name: a.name for a in node.names}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        kind = TRANSLATORS.match(names.get(node.func.id, ""))
        strings = [a.value for a in node.args if isinstance(a, ast.Constant)]
        if kind and strings:
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            yield _text(kind[1], [str(string) for string in strings], place)


def _text(kind: str, strings: list[str], place: str) -> Text:
    context = strings.pop(0) if "p" in kind.removesuffix("gettext") else ""
    plural = strings[1] if kind.startswith("n") else ""
    return Text(strings[0], plural, context, place)


def _texts_of_template(path: Path) -> Iterator[Text]:
    code = templatize(path.read_text(), origin=str(path))
    found = extract_python(BytesIO(code.encode()), DEFAULT_KEYWORDS, [], {})
    for line, function, message, _comments in found:
        strings = [message] if isinstance(message, str) else list(message)
        kind = "gettext" if function in {"_", None} else str(function)
        place = f"{path.relative_to(ROOT)}:{line}"
        yield _text(kind, [s for s in strings if s], place)


@lru_cache(maxsize=1)
def translations() -> dict[tuple[str, str], list[tuple[str, Message]]]:
    """Return the translations of each (context, msgid), with the area each is from."""
    found: dict[tuple[str, str], list[tuple[str, Message]]] = {}
    for source in sources():
        with source.open("rb") as file:
            catalogue = read_po(file, locale="id")
        for message in catalogue:
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            if msgid:
                key = (message.context or "", msgid)
                found.setdefault(key, []).append((source.parts[-4], message))
    return found


def words_of(message: Message) -> tuple[str, ...]:
    """Return the translated forms of a message."""
    words = message.string or ""
    return (words,) if isinstance(words, str) else tuple(words)


def placeholders(text: str) -> set[str]:
    """Return what a text leaves open: ``%(name)s``, ``%s``, ``{name}``."""
    found = PLACEHOLDER.findall(text.replace("%%", ""))
    return {a or b or f"{{{c}}}" for a, b, c in found}
