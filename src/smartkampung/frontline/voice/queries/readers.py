"""Who has read, taken note or done what was asked, and who has not, by place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from smartkampung.accounts.queries.offices import Holder, holders
from smartkampung.accounts.roles import Role
from smartkampung.frontline.voice.models import Announcement, Reading
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.regions.codes import LEVELS, level
from smartkampung.regions.queries import names


@dataclass
class Part:
    """The readers of one place."""

    code: str
    name: str
    asked: int = 0
    read: int = 0
    answered: int = 0

    @property
    def missing(self) -> int:
        """Return how many have not answered."""
        return self.asked - self.answered

    @property
    def percent(self) -> int:
        """Return how many of a hundred answered."""
        return round(100 * self.answered / self.asked) if self.asked else 0


def parts_of_readers(row: Announcement, *, on: date) -> list[Part]:
    """Return the readers by the places next below the announcement's, whole first.

    Each person counts once in a place. "Answered" is what the announcement asks for:
    read it, take note of it, or do it.
    """
    whole = Part(row.region_code, "")
    found: dict[str, Part] = {}
    seen: set[tuple[str, int]] = set()
    read, answered = _answers(row)
    for one in _addressed(row, on):
        code = _below(one.region_code, row.region_code)
        below = found.setdefault(code, Part(code, ""))
        for key, part in (("", whole), (code, below)):
            if (key, one.staff_id) in seen:
                continue
            seen.add((key, one.staff_id))
            part.asked += 1
            part.read += one.staff_id in read
            part.answered += _has_answered(one, answered)
    called = names([row.region_code, *found])
    for part in (whole, *found.values()):
        part.name = called.get(part.code, part.code)
    return [whole, *sorted(found.values(), key=lambda part: part.code)]


def silent_holders(row: Announcement, *, on: date, area: str = "") -> list[Holder]:
    """Return who has not answered, in a place or everywhere."""
    _read, answered = _answers(row)
    return [
        one for one in _addressed(row, on, area) if not _has_answered(one, answered)
    ]


def _addressed(row: Announcement, on: date, area: str = "") -> Iterator[Holder]:
    roles = [Role(role) for role in row.roles]
    for one in holders(area or row.region_code, roles, on=on):
        if one.username != row.by:
            yield one


Answers = set[int] | set[tuple[str, str]]


def _answers(row: Announcement) -> tuple[set[int], Answers]:
    """Return who read it, and who answered: people, or offices for an act."""
    readings = Reading.objects.filter(announcement=row)
    noted: dict[int, bool] = {
        staff: moment is not None
        for staff, moment in readings.values_list("staff_id", "acknowledged_at")
    }
    if row.asks == Ask.READ:
        return set(noted), set(noted)
    if row.asks == Ask.ACKNOWLEDGE:
        return set(noted), {staff for staff, said in noted.items() if said}
    done = row.tasks.filter(done_at__isnull=False)
    return set(noted), set(done.values_list("role", "place"))


def _has_answered(one: Holder, answered: Answers) -> bool:
    return one.staff_id in answered or (one.role, one.place) in answered


def _below(code: str, area: str) -> str:
    """Return the place next below an area in which a code lies; itself at the end."""
    depth = min(LEVELS.index(level(area)) + 2, len(code.split(".")))
    return ".".join(code.split(".")[:depth])
