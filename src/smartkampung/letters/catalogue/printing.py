"""Facts as they stand on paper: dates, money and codes in the language of a letter."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from smartkampung.kernel.wording import rupiah, short_day
from smartkampung.letters.catalogue.rules.compose import Grid
from smartkampung.letters.catalogue.rules.fields import (
    Fact,
    Facts,
    Field,
    FieldKind,
    Row,
)
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.residents.siak import CodeList, term

_LISTS = {
    FieldKind.RELIGION: CodeList.RELIGION,
    FieldKind.MARITAL: CodeList.MARITAL_STATUS,
    FieldKind.OCCUPATION: CodeList.OCCUPATION,
    FieldKind.EDUCATION: CodeList.EDUCATION,
    FieldKind.CITIZENSHIP: CodeList.CITIZENSHIP,
}
_JOINERS = {"\u200c", "\u200d"}  # parts of letters and of emoji, not orders to a reader


def printed(wording: Wording, facts: Facts, lang: str) -> dict[str, str | Grid]:
    """Return the facts of a letter in words of its language, joined ones made.

    Facts about which nothing was said are left out.
    """
    with override(wording.language(lang)):
        return _printed(wording, facts, wording.language(lang))


def said(wording: Wording, facts: Facts, lang: str) -> dict[str, str | Grid]:
    """Return the facts of a letter in words of its reader, whatever it is written in."""
    with override(lang):
        return _printed(wording, facts, lang)


def _printed(wording: Wording, facts: Facts, lang: str) -> dict[str, str | Grid]:
    words: dict[str, str | Grid] = {}
    for name, fact in facts.items():
        field = wording.fields.get(name)
        if field:
            words[name] = _words(wording, field, fact, lang)
    for name, field in wording.fields.items():
        if field.parts and all(part in words for part in field.parts):
            words[name] = _joined(field, {part: str(words[part]) for part in words})
    return words


def _words(wording: Wording, field: Field, fact: Fact, lang: str) -> str | Grid:
    if isinstance(fact, list):
        return _grid(fact, lang)
    if field.kind is FieldKind.TABLE:
        return Grid((), ())
    if not fact:
        return ""
    if field.kind is FieldKind.CHOICE:
        return _choice(wording, field, fact, lang)
    return _plain(field.kind, fact, lang)


def _plain(kind: FieldKind, fact: str, lang: str) -> str:
    if kind in _LISTS:
        return term(_LISTS[kind], int(fact), language=lang)
    said = _SAID.get(kind)
    return said(fact) if said else visible(fact)


def _sex(code: str) -> str:
    return _("Male") if code == "L" else _("Female")


def village_kind(code: str) -> str:
    """Return "Desa" or "Kelurahan", official nouns in every language."""
    return "Kelurahan" if code == "kelurahan" else "Desa"


def _choice(wording: Wording, field: Field, fact: str, lang: str) -> str:
    asked = wording.kind.asks(field.name.removeprefix("asked."))
    choices = asked.choices if asked else ()
    chosen = next((one for one in choices if one.code == fact), None)
    return chosen.words.of(lang) if chosen else visible(fact)


def _joined(field: Field, words: Mapping[str, str]) -> str:
    before, _dot, last = field.name.rpartition(".")
    one = {part.removeprefix(f"{before}."): words[part] for part in field.parts}
    if last == "birth":
        return ", ".join(filter(None, (one["birth_place"], one["birth_date"])))
    return _home(one)


def _home(one: Mapping[str, str]) -> str:
    numbers = " / ".join(
        f"{name} {one[part]}"
        for name, part in (("RT", "rt"), ("RW", "rw"))
        if one[part]
    )
    named = (
        one["address"],
        _named("Dusun", one["dusun"]),
        numbers,
        _named(one["village_kind"], one["village"]),
        _named("Kecamatan", one["kecamatan"]),
        _named("Kabupaten", one["regency"]),
    )
    return ", ".join(filter(None, named))


def _named(what: str, name: str) -> str:
    return f"{what} {name}" if name else ""


def _grid(rows: list[dict[str, str]], lang: str) -> Grid:
    columns = (
        _("No."),
        _("Name"),
        "NIK",
        _("Sex"),
        _("Place and date of birth"),
        _("Relation in the family"),
    )
    return Grid(
        columns,
        tuple((str(at), *_member(row, lang)) for at, row in enumerate(rows, 1)),
    )


def _member(row: Row, lang: str) -> tuple[str, ...]:
    born = row.get("birth_date", "")
    birth = (row.get("birth_place", ""), born and short_day(date.fromisoformat(born)))
    relation = row.get("relation", "")
    sex = row.get("sex", "")
    cells = (
        row.get("name", ""),
        row.get("nik", ""),
        _sex(sex) if sex else "",
        ", ".join(filter(None, birth)),
        term(CodeList.RELATION, int(relation), language=lang) if relation else "",
    )
    return tuple(visible(cell) or "-" for cell in cells)


def visible(text: str, *, lines: bool = False) -> str:
    """Return a text without signs that steer a reader or a printer unseen."""
    kept = "".join(
        sign
        for sign in text.replace("\r\n", "\n").replace("\t", " ")
        if (lines and sign == "\n")
        or sign in _JOINERS
        or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()


_SAID: dict[FieldKind, Callable[[str], str]] = {
    FieldKind.DATE: lambda fact: short_day(date.fromisoformat(fact)),
    FieldKind.MONEY: lambda fact: rupiah(int(fact)),
    FieldKind.NUMBER: lambda fact: str(int(fact)),  # a year has no thousands to mark
    FieldKind.SEX: _sex,
    FieldKind.VILLAGE_KIND: village_kind,
    FieldKind.LINES: lambda fact: visible(fact, lines=True),
}
