"""Tables of people hit by the crisis."""

from smartkampung.recovery.affected.models.course import Confirmation as Confirmation
from smartkampung.recovery.affected.models.course import FollowUp as FollowUp
from smartkampung.recovery.affected.models.course import Situation as Situation
from smartkampung.recovery.affected.models.lists import AffectedList as AffectedList
from smartkampung.recovery.affected.models.lists import (
    AffectedListPart as AffectedListPart,
)
from smartkampung.recovery.affected.models.people import Affected as Affected
from smartkampung.recovery.affected.models.people import Sector as Sector
from smartkampung.recovery.affected.models.people import Verdict as Verdict
from smartkampung.recovery.affected.models.registrations import (
    Registration as Registration,
)
