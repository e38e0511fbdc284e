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
    """A relation with one row a family, from which facts are read.

    ``key`` is the column of the family's id; only families in scope are read.
    """

    name: str
    key: str
    tables: str
    where: str = "true"
    tail: str = ""
    distinct: bool = False


@dataclass(frozen=True)
class Base:
    """The families that rules are about: those with a row in ``alive``."""

    table: str
    key: str
    region: str
    alive: Source


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
    """All facts by name, and the families they are about."""

    base: Base
    facts: Mapping[str, Fact]
