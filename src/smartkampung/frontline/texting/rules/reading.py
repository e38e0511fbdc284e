"""What somebody wants who wrote a text, however they spell it. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from smartkampung.residents.rules.numbers import LOOSE_RUN, most_digits

LONGEST = 1_000  # letters that are looked at; six messages of SMS hold fewer
NUMBER_DIGITS = 16
HIDDEN = "•"
# A word of four or five letters may be wrong in one place, a longer one in two.
LOOSE, VERY_LOOSE = 4, 6
_WORDS = re.compile(r"[a-z]+|[0-9]+|\?+")


class Word(StrEnum):
    """The words of the menu."""

    REPORT = "report"
    FOLLOW = "follow"
    ISOLATION = "isolation"
    LETTER = "letter"
    STOP = "stop"
    START = "start"
    HELP = "help"
    CALL = "call"
    URGENT = "urgent"


# The words as people are told them, and as they write them all the same.
SPELLINGS: dict[Word, tuple[str, ...]] = {
    Word.REPORT: ("lapor", "laporan", "lapur", "report"),
    Word.FOLLOW: ("cek", "chek", "check", "kode", "status"),
    Word.ISOLATION: ("isolasi", "isoman", "karantina", "isolation"),
    Word.LETTER: ("surat", "letter"),
    Word.STOP: ("stop", "setop", "berhenti", "unsub", "unsubscribe"),
    Word.START: ("mulai", "start"),
    Word.HELP: ("bantuan", "tolong", "menu", "info", "help"),
    Word.CALL: ("telepon", "telpon", "telp", "ditelepon", "call"),
}
ENGLISH = frozenset(
    {"report", "check", "isolation", "letter", "unsubscribe", "start", "help", "call"}
)
# Danger or illness, wherever it stands: except where somebody asks for another topic.
URGENT_ENGLISH = frozenset({"emergency", "flood", "fire", "ambulance"})
URGENT = frozenset(
    {"darurat", "sakit", "pingsan", "sesak", "banjir", "longsor", "kebakaran"}
    | {"kecelakaan", "gempa", "tsunami", "ambulan", "ambulans"}
    | URGENT_ENGLISH
)
GIVES_WAY = frozenset({None, Word.HELP, Word.REPORT, Word.CALL})
# What a misspelt word means only where nothing follows it.
ALONE = frozenset({Word.STOP, Word.START})
_BY_SPELLING = {
    spelling: word for word, spellings in SPELLINGS.items() for spelling in spellings
}


@dataclass(frozen=True)
class Asked:
    """What a text asks for: a word of the menu or none, and what follows it."""

    word: Word | None
    rest: str
    english: bool = False


def plain(text: str) -> str:
    """Return a text in letters and digits of one kind, without invisible marks.

    Full-width and other digits become 0 to 9, so that no number hides in them.
    """
    kept = unicodedata.normalize("NFKC", text[:LONGEST])
    return "".join(_sign(sign) for sign in kept)


def _sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if unicodedata.category(sign) == "Cf":
        return ""
    return sign if sign.isprintable() else " "


def may_hold_number(text: str) -> bool:
    """Say whether a NIK or card number may stand in a text, however it is spaced.

    Stricter than forms are: sixteen digits with nothing but signs between them count,
    even where they are two telephone numbers. Who meant those can write again.
    """
    return most_digits(plain(text)) >= NUMBER_DIGITS


def masked(text: str) -> str:
    """Return a text without its long numbers, before anything keeps it."""
    return LOOSE_RUN.sub(
        lambda run: HIDDEN * 4 if may_hold_number(run[0]) else run[0], plain(text)
    ).strip()


def read(text: str) -> Asked:
    """Return what a text asks for.

    Danger and illness go first. Then the first word counts, with its slips of the
    thumb; else any word that is spelt
    right, except STOP: "jangan stop" is not a wish to stop.
    """
    said = plain(text).strip()
    words = _WORDS.findall(said.lower())
    if not words:
        return Asked(None, said)
    first = Word.HELP if words[0].startswith("?") else _first(words)
    if first in GIVES_WAY and URGENT & set(words):
        english = words[0] in ENGLISH or bool(URGENT_ENGLISH & set(words))
        return Asked(Word.URGENT, "", english)
    if first is not None:
        return Asked(first, _after_first(said), words[0] in ENGLISH)
    for word in words[1:]:
        found = _BY_SPELLING.get(word)
        if found is not None and found is not Word.STOP:
            return Asked(found, said, word in ENGLISH)
    return Asked(None, said)


def _first(words: list[str]) -> Word | None:
    exact = _BY_SPELLING.get(words[0])
    guessed = exact or nearest(words[0])
    # "stok beras habis" silences nobody.
    return None if not exact and guessed in ALONE and len(words) > 1 else guessed


def nearest(typed: str) -> Word | None:
    """Return the one word of the menu that a misspelt one must mean, or None."""
    slips = 0 if len(typed) < LOOSE else 1 if len(typed) < VERY_LOOSE else 2
    found = {
        word
        for spelling, word in _BY_SPELLING.items()
        if len(spelling) >= LOOSE and apart(typed, spelling, most=slips) <= slips
    }
    return found.pop() if len(found) == 1 else None


def apart(one: str, other: str, *, most: int) -> int:
    """Return how many slips lie between two words: a letter more, less, other, or two
    that changed places. More than ``most`` is told as one more than that.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for place, wanted in enumerate(other, 1):
            cost = min(
                before[place] + 1,
                row[place - 1] + 1,
                before[place - 1] + (letter != wanted),
            )
            if _crossed(one, other, at, place):
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def _crossed(one: str, other: str, at: int, place: int) -> bool:
    return (
        at > 1
        and place > 1
        and one[at - 1] == other[place - 2]
        and one[at - 2] == other[place - 1]
    )


def _after_first(said: str) -> str:
    """Return what stands behind the first word."""
    return re.sub(r"^\W*(?:[^\W\d_]+|\?+)\W*", "", said).strip()
