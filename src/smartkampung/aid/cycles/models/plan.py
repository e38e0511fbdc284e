"""What is planned: cycles, tranches, village funds, and the days nobody works."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.programmes import Programme
from smartkampung.aid.models.promises import refuse_when

_UNSETTLED = """EXISTS (
    SELECT 1 FROM aid_entitlement e JOIN aid_tranche t ON t.id = e.tranche_id
    WHERE t.cycle_id = NEW.id AND NOT e.cancelled
    AND NOT EXISTS (SELECT 1 FROM aid_handover h WHERE h.entitlement_id = e.id
        AND h.outcome IN ('received', 'partial', 'declined'))
    AND NOT EXISTS (SELECT 1 FROM aid_payment y WHERE y.entitlement_id = e.id
        AND y.state = 'paid'))"""


class Cycle(models.Model):
    """One round of a programme: from the village meetings to the last tranche.

    The time is half-open, and ends after it begins (``cycle_ends_after_it_begins``).
    A programme has one cycle of a name (``cycle_name_once``). It is closed by somebody
    (``cycle_closed_by_somebody``), when everybody has got or given back what they were
    due (``cycle_closes_settled``), and for good (``cycle_stays_closed``).
    """

    class State(models.TextChoices):
        OPEN = "open"
        CLOSED = "closed"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cycles")
    name = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField()
    propose_until = models.DateField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.CheckConstraint(
                name="cycle_closed_by_somebody",
                condition=Q(state="open", closed_by=None, closed_at=None)
                | Q(state="closed", closed_by__isnull=False, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="cycle_ends_after_it_begins", condition=Q(until__gt=F("since"))
            ),
            models.UniqueConstraint(
                fields=["programme", "name"], name="cycle_name_once"
            ),
        ]
        triggers = [
            refuse_when(
                "cycle_closes_settled",
                f"NEW.state = 'closed' AND OLD.state <> 'closed' AND {_UNSETTLED}",
                "a cycle closes when everybody got or gave back what they were due",
                operation=pgtrigger.UpdateOf("state"),
            ),
            refuse_when(
                "cycle_stays_closed",
                "OLD.state = 'closed' AND NEW.state <> 'closed'",
                "a cycle that was closed stays closed",
                operation=pgtrigger.UpdateOf("state"),
            ),
        ]


class Tranche(models.Model):
    """One payment or hand-over of a cycle, for one benefit period.

    ``amount`` and ``contents`` are the programme's on the day it was planned, whatever
    it says later. Promises kept by the database: a cycle has one tranche of a number
    (``tranche_number_once``) and one for a period (``tranche_period_once``); it gives
    something (``tranche_gives_something``).
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="tranches")
    number = models.SmallIntegerField()
    period = models.DateField()
    due_on = models.DateField()
    amount = models.BigIntegerField()
    contents = models.CharField(max_length=200, blank=True)
    contents_en = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "number"], name="tranche_number_once"
            ),
            models.UniqueConstraint(
                fields=["cycle", "period"], name="tranche_period_once"
            ),
            models.CheckConstraint(
                name="tranche_gives_something", condition=Q(amount__gt=0)
            ),
        ]


class VillageFund(models.Model):
    """The Dana Desa of a village in a year, which caps what it may give away in cash.

    One figure for a village and a year (``village_fund_once_a_year``).
    """

    village_code = models.CharField(max_length=30, db_collation="C")
    year = models.SmallIntegerField()
    amount = models.BigIntegerField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["village_code", "year"], name="village_fund_once_a_year"
            )
        ]


class Holiday(models.Model):
    """A day on which offices are closed: a national holiday or a joint day of leave."""

    on = models.DateField(primary_key=True)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)

    class Meta:
        app_label = "aid"
