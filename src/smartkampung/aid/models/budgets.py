"""More money or goods for a programme: asked for by one, granted by another."""

from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.programmes import Programme


class BudgetRequest(models.Model):
    """A wish to add to the budget of a programme, and what a second person said.

    ``id`` is made when the form opens, so that sending twice is one wish. Promises kept
    by the database: something is asked for (``budget_request_adds_something``); who asks
    does not decide (``budget_request_needs_two_people``); nothing is granted undecided
    (``budget_request_granted_by_somebody``).
    """

    id = models.UUIDField(primary_key=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="requests")
    region_code = models.CharField(max_length=30, db_collation="C")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="budget_request_adds_something", condition=Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="budget_request_needs_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="budget_request_granted_by_somebody",
                condition=Q(decided_by=None, decided_at=None, granted=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]
