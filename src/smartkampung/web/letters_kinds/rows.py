"""From what was typed to the data of a kind, and from a kind to rows of the form."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from smartkampung.letters.catalogue.rules.kinds import Asked, Kind
from smartkampung.letters.catalogue.rules.reading import data_of

_NOT_A_CODE = re.compile(r"[^a-z0-9]+")


def paper_rows(kind: Kind) -> list[dict[str, Any]]:
    """Return the papers to show as rows of the form."""
    return [
        {
            "code": one.code,
            "words_id": one.words.id,
            "words_en": one.words.en,
            "upload": one.upload,
            "required": one.required,
        }
        for one in kind.requirements
    ]


def question_rows(kind: Kind) -> list[dict[str, Any]]:
    """Return the questions as rows of the form."""
    return [
        {
            "name": one.name,
            "type": one.type.value,
            "label_id": one.label.id,
            "label_en": one.label.en,
            "help_id": one.help.id,
            "help_en": one.help.en,
            "required": one.required,
            "when": one.when.value,
            "after": one.after,
            "choices": "\n".join(
                f"{choice.words.id} | {choice.words.en}" for choice in one.choices
            ),
        }
        for one in kind.asked
    ]


def body_of(
    kind: Kind,
    given: Mapping[str, Any],
    papers: list[Mapping[str, Any]],
    questions: list[Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the data of a kind as somebody typed it."""
    return data_of(kind) | {
        "series": given.get("series", ""),
        "group": given.get("group") or kind.group.value,
        "title": _both(given, "title"),
        "about": _both(given, "about"),
        "valid_days": _number(given.get("valid_days")) or 0,
        "steps": list(given.get("steps", ())),
        "who": {
            "subjects": list(given.get("subjects", ())),
            "least_age": _number(given.get("least_age")),
            "most_age": _number(given.get("most_age")),
            "marital": [int(code) for code in given.get("marital", ())],
            "sex": kind.who.sex,
            "on_record": kind.who.on_record,
        },
        "body": {
            lang: given.get(f"body_{lang}", "").replace("\r\n", "\n").strip()
            for lang in ("id", "en")
        },
        "requirement": list(_papers(papers)),
        "ask": list(_questions(kind, questions)),
        "abroad": bool(given.get("abroad")),
        "feeds": given.get("feeds", ""),
        "offered": bool(given.get("offered")),
    }


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _both(given: Mapping[str, Any], name: str) -> dict[str, str]:
    return {lang: given.get(f"{name}_{lang}", "") for lang in ("id", "en")}


def _papers(rows: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        words = _both(row, "words")
        if any(words.values()):
            yield {
                "code": row.get("code") or code_of(words["en"] or words["id"]),
                "words": words,
                "upload": bool(row.get("upload")),
                "required": bool(row.get("required")),
            }


def _questions(kind: Kind, rows: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        label = _both(row, "label")
        if not any(label.values()):
            continue
        name = row.get("name") or code_of(label["en"] or label["id"])
        before = kind.asks(name)
        yield {
            "name": name,
            "type": row.get("type") or "text",
            "label": label,
            "help": _both(row, "help"),
            "required": bool(row.get("required")),
            "choices": list(_choices(before, row.get("choices", ""))),
            "most": before.most if before else 0,
            "when": row.get("when") or "",
            "after": row.get("after") or "",
            "unless": before.unless if before else "",
        }


def _choices(before: Asked | None, text: str) -> Iterator[dict[str, str]]:
    """Yield the answers; one that was there keeps its code, so that old ones fit."""
    known = {one.words.id: one.code for one in before.choices} if before else {}
    for line in filter(str.strip, text.splitlines()):
        words, _bar, english = (part.strip() for part in line.partition("|"))
        code = known.get(words) or code_of(english or words)
        yield {"code": code, "id": words, "en": english or words}


def code_of(words: str) -> str:
    """Return a short name made of words: "Family card" is ``family_card``."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    code = _NOT_A_CODE.sub("_", plain.lower()).strip("_")[:40]
    return code if code[:1].isalpha() else f"x_{code}"[:40]
