"""Tables of cases: who is ill (behind policies), and counts that name nobody."""

from smartkampung.reopening.cases.models.files import CaseFile
from smartkampung.reopening.cases.models.people import Case, House
from smartkampung.reopening.cases.models.zones import Heard, Mark, ZoneDay, ZoneRow

__all__ = ["Case", "CaseFile", "Heard", "House", "Mark", "ZoneDay", "ZoneRow"]
