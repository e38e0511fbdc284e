"""Tables of recovery programmes."""

from smartkampung.recovery.programmes.models.facts import Attendance as Attendance
from smartkampung.recovery.programmes.models.facts import (
    MilestoneReached as MilestoneReached,
)
from smartkampung.recovery.programmes.models.facts import Outcome as Outcome
from smartkampung.recovery.programmes.models.facts import Sheet as Sheet
from smartkampung.recovery.programmes.models.figures import Figure as Figure
from smartkampung.recovery.programmes.models.money import Instalment as Instalment
from smartkampung.recovery.programmes.models.money import Loan as Loan
from smartkampung.recovery.programmes.models.money import Payout as Payout
from smartkampung.recovery.programmes.models.money import Plan as Plan
from smartkampung.recovery.programmes.models.money import Repayment as Repayment
from smartkampung.recovery.programmes.models.offers import Closing as Closing
from smartkampung.recovery.programmes.models.offers import KindPair as KindPair
from smartkampung.recovery.programmes.models.offers import Offer as Offer
from smartkampung.recovery.programmes.models.offers import Programme as Programme
from smartkampung.recovery.programmes.models.seats import Seat as Seat
