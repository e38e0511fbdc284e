"""What a fact is: a name, a unit, where it comes from, and SQL that stands in code only.

Rules are data and name facts; the SQL of a fact never comes from data. This module
knows no domain: residents and aid declare theirs, ``config`` says which count.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Words:
    """A short text in both languages."""

    id: str
    en: str


class Kind(StrEnum):
    """What a fact can be."""

    NUMBER = "number"
    YES_NO = "yes_no"
    CODE = "code"  # one number of a list
    CODES = "codes"  # any number of short names


SQL_TYPES = {
    Kind.NUMBER: "bigint",
    Kind.YES_NO: "boolean",
    Kind.CODE: "int[]",
    Kind.CODES: "text",
}
# What a fact itself is; SQL_TYPES is what it is compared with.
KEPT_TYPES = {
    Kind.NUMBER: "bigint",
    Kind.YES_NO: "boolean",
    Kind.CODE: "int",
    Kind.CODES: "text[]",
}


@dataclass(frozen=True)
class Source:
    """A relation with one row a family (or what ``unit`` names), to read facts from.

    ``key`` is the column of its id; only those in scope are read.
    """

    name: str
    key: str
    tables: str
    where: str = "true"
    tail: str = ""
    distinct: bool = False
    unit: str = "family"


@dataclass(frozen=True)
class Base:
    """The families (or what ``unit`` names) that rules are about.

    Those with a row in ``alive``. ``others`` names columns with the ids of what else is
    known of each: an affected person has a family, whose facts count as well.
    """

    table: str
    key: str
    region: str
    alive: Source
    unit: str = "family"
    others: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, unit: str) -> str:
        """Return the column with the id of a unit, such as the family."""
        return self.key if unit == self.unit else self.others[unit]


@dataclass(frozen=True)
class Fact:
    """Something known about a family.

    ``sql`` is an expression over the tables of ``source``; ``absent`` is what holds
    for a family without a row there (``NULL``: not known, so no criterion is met).
    """

    name: str
    kind: Kind
    label: Words
    unit: Words
    origin: Words
    source: Source
    sql: str
    absent: str = "NULL"
    choices: Mapping[str, Words] = field(default_factory=dict)
    most: int = 10**12  # no number above it can be true


@dataclass(frozen=True)
class Registry:
    """All facts by name, and the families or people they are about."""

    base: Base
    facts: Mapping[str, Fact]
