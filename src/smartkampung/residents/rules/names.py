"""Names as people spell them, folded to one spelling so that they find each other.

The folded form is a search key and is never shown. Titles go, abbreviations and
spelling variants meet ("H. Moch. Soekardi, S.Pd." and "Muhammad Sukardi").
"""

import re
import unicodedata
from functools import lru_cache

TITLES = frozenset(
    [
        "h",
        "hj",
        "hjh",
        "haji",
        "hajah",
        "hajjah",
        "kh",
        "k",
        "ky",
        "kyai",
        "kiai",
        "nyai",
        "ust",
        "ustad",
        "ustadz",
        "ustadzah",
        "gus",
        "dr",
        "drs",
        "dra",
        "drg",
        "drh",
        "ir",
        "prof",
        "rd",
        "rr",
        "raden",
        "alm",
        "almh",
        "sdr",
        "sdri",
        "bp",
        "bpk",
        "ibu",
    ]
)
DEGREES = frozenset(
    [
        "sag",
        "sap",
        "sd",
        "se",
        "sei",
        "sfarm",
        "sh",
        "shi",
        "shut",
        "si",
        "sik",
        "sikom",
        "sip",
        "skeb",
        "skel",
        "skep",
        "skes",
        "skg",
        "skh",
        "skm",
        "skom",
        "skp",
        "sos",
        "spd",
        "spdi",
        "spi",
        "spsi",
        "spt",
        "ssi",
        "ssos",
        "ssn",
        "sp",
        "st",
        "sth",
        "stp",
        "str",
        "sthi",
        "mag",
        "map",
        "mba",
        "mh",
        "mhum",
        "mkes",
        "mkom",
        "mkn",
        "mm",
        "mp",
        "mpd",
        "mpdi",
        "mph",
        "msc",
        "msi",
        "msn",
        "mt",
        "mth",
        "ma",
        "amd",
        "amdkeb",
        "amdkep",
        "akeb",
        "ama",
        "phd",
        "lc",
        "bsc",
        "ba",
        "bc",
        "sst",
        "ners",
        "ns",
        "cpa",
        "ak",
        "apt",
    ]
)
MUHAMMAD = "muhamad"
# Whole words that mean one name; written as they stand after the letters are folded.
WORDS = dict.fromkeys(
    [
        "moh",
        "muh",
        "mohd",
        "muhd",
        "mhd",
        "mohamad",
        "mohamat",
        "muhamat",
        "mohamed",
        "muhamed",
        "muhammed",
        "muhamd",
        "muhmad",
    ],
    MUHAMMAD,
) | {
    "ahmat": "ahmad",
    "abd": "abdul",
    "abdl": "abdul",
    "handra": "candra",  # Chandra, after ch became h
    "jahja": "yahya",
    "yahja": "yahya",
    "st": "siti",
    "sity": "siti",
}
# A single letter that opens a name of several words.
INITIALS = {"m": MUHAMMAD}
_OLD = re.compile(r"oe|dj|tj|sj")
# Pairs of letters first, in this order; then single letters.
_LETTERS = (
    ("oe", "u"),
    ("tj", "c"),
    ("sj", "sy"),
    ("chr", "kr"),
    ("kh", "h"),
    ("ch", "h"),
    ("sy", "s"),
    ("dz", "z"),
    ("dh", "d"),
    ("th", "t"),
    ("bh", "b"),
    ("gh", "g"),
    ("ph", "f"),
    ("q", "k"),
    ("v", "f"),
    ("x", "ks"),
)
_DOUBLE = re.compile(r"(.)\1+")
_LAST_Y = re.compile(r"(?<=[^aeiou])y$")
_APART = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['`\u2018\u2019\u02bc\u02bb]")


def fold_name(name: str) -> str:
    """Return the search key of a name: lower-case words parted by single spaces.

    Equal for spellings that mean one name; empty when the name holds no letter.
    """
    first, *after_comma = _plain(name).split(",")
    words = first.split()
    words += [word for part in after_comma for word in _words_after_comma(part)]
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    if len(words) > 1 and words[0] in INITIALS:
        words[0] = INITIALS[words[0]]
    return " ".join(fold_word(word) for word in words)


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return the folded spelling of one plain lower-case word."""
    if _OLD.search(word):
        word = _respell(word)
    for old, new in _LETTERS:
        word = word.replace(old, new)
    word = _DOUBLE.sub(r"\1", word)
    word = _LAST_Y.sub("i", word)
    return WORDS.get(word, word)


def _respell(word: str) -> str:
    """Bring a word of the spelling before 1972 to today's.

    There j was y and nj was ny, but j is also an ordinary letter of today (Panji,
    Jumadi), so only a word that shows another old mark is read the old way.
    """
    return word.replace("dj", "J").replace("tj", "c").replace("j", "y").lower()


def _plain(name: str) -> str:
    letters = name.lower() if name.isascii() else _without_marks(name)
    letters = _APOSTROPHES.sub("", letters)
    return ",".join(_APART.sub(" ", part) for part in letters.split(","))


def _without_marks(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).lower()
    return "".join(mark for mark in letters if not unicodedata.combining(mark))


def _words_after_comma(part: str) -> list[str]:
    """What stands after a comma is a degree, or a second name typed with a comma."""
    if part.replace(" ", "") in DEGREES:
        return []
    return [word for word in part.split() if word not in DEGREES and len(word) > 1]
