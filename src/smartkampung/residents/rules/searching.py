"""From what was typed to what the search index is asked. Pure text work.

The index holds single words (``aminah``), a region (``@35.10.09.2003.002.007.``) and
a birth date (``#19850412``) for each person; a query is a boolean of such words. All
are made of folded letters, digits and dots, so quoting them is safe.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from string import ascii_lowercase

from smartkampung.residents.rules.names import fold_name

MOST_WORDS = 5
SHORTEST_PART = 3
# Longer words keep enough of their trigrams when one letter is wrong.
LONGEST_TO_RETYPE = 8
_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4}(\.\d{3}(\.\d{3})?)?)?)?)?")


def words_to_find(name: str) -> list[str]:
    """Return the words of a typed name that are worth asking for, at most five.

    Single letters (the Balinese "I", initials) are left out beside longer words.
    """
    words = list(dict.fromkeys(fold_name(name).split()))
    longer = [word for word in words if len(word) > 1]
    return (longer or words)[:MOST_WORDS]


def one_typo_away(word: str) -> set[str]:
    """Return every spelling that one slip of a finger could have meant.

    A letter too many, too few, wrong, or swapped with its neighbour.
    """
    if not 2 < len(word) <= LONGEST_TO_RETYPE:
        return set()
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    fewer = {left + right[1:] for left, right in halves if right}
    swapped = {
        left + right[1] + right[0] + right[2:]
        for left, right in halves
        if len(right) > 1
    }
    other = {
        left + letter + right[1:]
        for left, right in halves
        if right
        for letter in ascii_lowercase
    }
    more = {
        left + letter + right for left, right in halves for letter in ascii_lowercase
    }
    return (fewer | swapped | other | more) - {word}


def splits(word: str) -> list[tuple[str, str]]:
    """Return the ways to read one word as two (Nurhasanah, Nur Hasanah)."""
    return [
        (word[:at], word[at:])
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    ]


def name_query(
    words: Sequence[str], near: Mapping[str, Iterable[str]] | None = None
) -> str:
    """Return the query for people whose name holds every word, in any order.

    ``near`` gives other readings of a word, each a word or two parted by a space.
    Two neighbouring words written as one are found as well. "" for no words.
    """
    if not words:
        return ""
    exact = [_quoted(word) for word in words]
    readings = [_any_of([word, *(near or {}).get(word, ())]) for word in words]
    joined = [
        " & ".join([*exact[:at], _quoted(words[at] + words[at + 1]), *exact[at + 2 :]])
        for at in range(len(words) - 1)
    ]
    # One mistake at a time: joined words are not also misspelt, which keeps the
    # query small enough to answer within milliseconds.
    return " | ".join(f"({option})" for option in [" & ".join(readings), *joined])


def region_query(codes: Iterable[str]) -> str:
    """Return the query for people inside any of the regions; "" for no limit.

    A whole regency is no limit: there the name is the rarer thing, and the filter on
    rows still holds.
    """
    regions = [code for code in codes if _CODE.fullmatch(code)]
    if any(code.count(".") < 2 for code in regions):
        return ""
    return " | ".join(f"'@{code}.':*" for code in regions)


def birth_query(*, born_on: date | None, born_year: int | None) -> str:
    """Return the query for a birth date or a year of birth; "" for neither."""
    if born_on is not None:
        return f"'#{born_on:%Y%m%d}'"
    return f"'#{born_year:04}':*" if born_year is not None else ""


def all_of(*queries: str) -> str:
    """Return the query for people who meet every one that is not empty."""
    return " & ".join(f"({query})" for query in queries if query)


def _any_of(options: Iterable[str]) -> str:
    readings = [" & ".join(map(_quoted, option.split())) for option in options]
    unique = dict.fromkeys(f"({reading})" for reading in readings)
    return f"({' | '.join(unique)})"


def _quoted(word: str) -> str:
    return f"'{word}'"
