"""Messages in regional languages, from a file that native speakers confirm.

Machines and outsiders write these badly, and a wrong word in an official message is
worse than Indonesian: so what nobody confirmed is a draft, and is never sent.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "tongues.json"


@lru_cache(maxsize=2)
def catalogue(file: Path = FILE) -> dict[str, dict[str, object]]:
    """Return for each regional language its name and the words that are confirmed."""
    content = json.loads(file.read_text())
    return {
        code: {
            "name": tongue["name"],
            "words": {
                template: words["text"]
                for template, words in tongue["templates"].items()
                if words["reviewed_by"].strip()
            },
        }
        for code, tongue in content["tongues"].items()
    }


def offered(template: str) -> list[tuple[str, str]]:
    """Return the regional languages (code, name) that have confirmed words for this."""
    return [
        (code, str(tongue["name"]))
        for code, tongue in catalogue().items()
        if words_of(code, template)
    ]


def words_of(code: str, template: str) -> str:
    """Return the confirmed words of a template in a language, or "" for none."""
    words = catalogue().get(code, {}).get("words", {})
    return str(words.get(template, "")) if isinstance(words, dict) else ""


def said(code: str, template: str, context: Mapping[str, object]) -> str:
    """Return a message in a regional language, or "" where nobody confirmed its words."""
    return words_of(code, template).format_map(dict(context))
