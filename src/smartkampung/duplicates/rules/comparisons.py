"""How two records are compared: the same levels in SQL (for Splink) and in Python.

Splink compares the whole registry with the SQL on DuckDB or Spark; one person who is
being entered is compared in Python, where no heavy library is loaded. A test holds
the two together. The first level that is true counts. Only SQL that both engines
understand alike is used.
"""

from collections.abc import Callable
from dataclasses import dataclass

from smartkampung.duplicates.rules.distance import within_edits
from smartkampung.duplicates.rules.traits import Traits

Test = Callable[[Traits, Traits], bool]
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Level:
    """One degree of agreement. ``rare`` names the column whose rarity adds weight."""

    code: str
    sql: str
    test: Test
    rare: str = ""


@dataclass(frozen=True)
class Comparison:
    """One field that is compared, from agreement down; "unknown" weighs nothing."""

    name: str
    columns: tuple[str, ...]
    unknown: str
    is_unknown: Test
    levels: tuple[Level, ...]


def _equal(column: str) -> Test:
    return lambda a, b: getattr(a, column) == getattr(b, column)


@dataclass(frozen=True)
class _Near:
    """Texts that differ by a few letters, and share their beginning or their end.

    The shared part is what one slip leaves alone; asking for it first spares the
    costly count of edits for nearly all pairs.
    """

    column: str
    edits: int
    start: int = 2
    end: int = 2
    shortest: int = 0

    @property
    def sql(self) -> str:
        """Return the condition for an engine."""
        left, right = f"{self.column}_l", f"{self.column}_r"
        long_enough = (
            f"length({left}) >= {self.shortest} AND length({right}) >= {self.shortest}"
            " AND "
            if self.shortest
            else ""
        )
        return (
            f"{long_enough}(substr({left}, 1, {self.start}) = substr({right}, 1,"
            f" {self.start}) OR right({left}, {self.end}) = right({right}, {self.end}))"
            f" AND levenshtein({left}, {right}) <= {self.edits}"
        )

    def __call__(self, a: Traits, b: Traits) -> bool:
        """Say the same of two records."""
        left, right = getattr(a, self.column), getattr(b, self.column)
        if min(len(left), len(right)) < self.shortest:
            return False
        alike = left[: self.start] == right[: self.start] or (
            left[-self.end :] == right[-self.end :]
        )
        return alike and within_edits(left, right, self.edits)


def _near(code: str, near: _Near) -> Level:
    return Level(code, near.sql, near)


def _same(column: str, *, rare: bool = False) -> Level:
    return Level(
        "same",
        f"{column}_l = {column}_r",
        _equal(column),
        rare=column if rare else "",
    )


def _part_of(column: str) -> Level:
    """The words of one are among the words of the other, side by side."""
    left, right = f"' ' || {column}_l || ' '", f"' ' || {column}_r || ' '"

    def test(a: Traits, b: Traits) -> bool:
        one, other = f" {getattr(a, column)} ", f" {getattr(b, column)} "
        return one in other or other in one

    return Level(
        "short", f"contains({left}, {right}) OR contains({right}, {left})", test
    )


def _short_name() -> Level:
    """One is a part of the other, or the other with initials."""
    part = _part_of("name")

    def test(a: Traits, b: Traits) -> bool:
        return (
            part.test(a, b)
            or a.name in (b.name_end_short, b.name_start_short)
            or b.name in (a.name_end_short, a.name_start_short)
        )

    return Level(
        "short",
        f"{part.sql} OR name_l = name_end_short_r OR name_l = name_start_short_r"
        " OR name_r = name_end_short_l OR name_r = name_start_short_l",
        test,
    )


def _shares_a_word(a: Traits, b: Traits) -> bool:
    return a.name_first == b.name_first or a.name_last == b.name_last


OTHER = Level("other", "ELSE", lambda a, b: True)


def _optional(
    name: str, column: str, *levels: Level, more: tuple[str, ...] = ()
) -> Comparison:
    return Comparison(
        name=name,
        columns=(column, *more),
        unknown=f"{column}_l IS NULL OR {column}_r IS NULL",
        is_unknown=lambda a, b: not (getattr(a, column) and getattr(b, column)),
        levels=(*levels, OTHER),
    )


def _parent(column: str) -> Comparison:
    """A parent's name; on one family card it says nothing: siblings share it."""
    return Comparison(
        name=f"{column}_name",
        columns=(column, "family"),
        unknown=f"{column}_l IS NULL OR {column}_r IS NULL OR family_l = family_r",
        is_unknown=lambda a, b: (
            not (getattr(a, column) and getattr(b, column))
            or a.family == b.family != ""
        ),
        levels=(
            _same(column, rare=True),
            _near("near", _Near(column, 1, shortest=4)),
            _part_of(column),
            OTHER,
        ),
    )


NAME = _optional(
    "name",
    "name_key",
    _same("name_key", rare=True),
    _near("one_letter", _Near("name", 1, shortest=3)),
    _short_name(),
    _near("two_letters", _Near("name", 2, shortest=8)),
    Level(
        "one_word",
        "name_first_l = name_first_r OR name_last_l = name_last_r",
        _shares_a_word,
    ),
    more=("name", "name_first", "name_last", "name_end_short", "name_start_short"),
)
BORN = _optional(
    "born_on",
    "born",
    _same("born", rare=True),
    Level("swapped", "born_key_l = born_key_r", _equal("born_key")),
    _near("one_digit", _Near("born", 1, start=4, end=4)),
    Level(
        "first_of_year",
        "substr(born_l, 1, 4) = substr(born_r, 1, 4)"
        " AND (right(born_l, 4) = '0101' OR right(born_r, 4) = '0101')",
        lambda a, b: a.born[:4] == b.born[:4] and "0101" in (a.born[4:], b.born[4:]),
    ),
    Level(
        "same_year",
        "substr(born_l, 1, 4) = substr(born_r, 1, 4)",
        lambda a, b: a.born[:4] == b.born[:4],
    ),
    Level(
        "same_day",
        "substr(born_l, 5, 4) = substr(born_r, 5, 4)",
        lambda a, b: a.born[4:] == b.born[4:],
    ),
    more=("born_key",),
)
SEX = _optional("sex", "sex", _same("sex"))
PLACE = Comparison(
    name="place",
    columns=("family", "rt", "village", "kecamatan"),
    unknown="rt_l IS NULL OR rt_r IS NULL",
    is_unknown=lambda a, b: not (a.rt and b.rt),
    levels=(
        Level(
            "same_card",
            "family_l = family_r",
            lambda a, b: a.family != "" and a.family == b.family,
        ),
        Level("same_rt", "rt_l = rt_r", _equal("rt")),
        Level("same_village", "village_l = village_r", _equal("village")),
        Level("same_kecamatan", "kecamatan_l = kecamatan_r", _equal("kecamatan")),
        OTHER,
    ),
)
MOTHER, FATHER = _parent("mother"), _parent("father")
BIRTH_PLACE = _optional("birth_place", "birth_place", _same("birth_place", rare=True))
NIK = _optional(
    "nik",
    "nik",
    _same("nik"),
    _near("one_digit", _Near("nik", 1, start=12, end=4)),
    Level(
        "two_digits",
        "substr(nik_l, 1, 12) = substr(nik_r, 1, 12) AND levenshtein(nik_l, nik_r) <= 2",
        lambda a, b: a.nik[:12] == b.nik[:12] and within_edits(a.nik, b.nik, 2),
    ),
)
COMPARISONS = (NAME, BORN, SEX, PLACE, MOTHER, FATHER, BIRTH_PLACE, NIK)

# Two records are looked at when they agree on all of one of these; a column that is
# empty agrees with nothing. Each catches what another misses: see ADR 0020.
BLOCKS: tuple[tuple[str, ...], ...] = (
    ("name_key", "born_key"),
    ("name_key", "mother_first", "father_first"),
    ("name_key", "village"),
    ("born_key", "mother_first"),
    ("born_key", "father_first"),
    ("born_key", "village"),
    ("born", "name_head"),
    ("born", "name_last"),
    ("mother_first", "father_first", "village"),
    ("family", "sex"),
    ("nik",),
)
# Names that do not resemble are not proposed, however much else agrees: twins.
NAMES_ALIKE = frozenset({"same", "one_letter", "short", "two_letters"})


def levels_of(a: Traits, b: Traits) -> dict[str, str]:
    """Return the level that two records reach in each comparison, or "unknown"."""
    return {
        comparison.name: UNKNOWN
        if comparison.is_unknown(a, b)
        else next(level.code for level in comparison.levels if level.test(a, b))
        for comparison in COMPARISONS
    }
