"""Who asks about themselves: a resident who proved to be family. Queries take one."""

from dataclasses import dataclass

# What diaries call a family that looks at, or changes, what is recorded about it.
FAMILY = "family"


@dataclass(frozen=True)
class Subject:
    """A person of one family, as proved by the family's recorded phone."""

    person_id: int
    family_id: int
    region_code: str
