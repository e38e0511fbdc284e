"""Lists of accounts that somebody brought, and how far they were taken over."""

from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.sealed import SealedField

ROWS = "account_list"


class AccountList(models.Model):
    """One list of accounts: brought to be written down, or to confirm what waits.

    ``digest`` is the keyed print of the file, so that the same list twice is one;
    ``problems`` names cells and what is wrong with them, never what stands in them.
    ``refused`` counts the rows that something changed under while they were written.
    Promise kept by the database: never more done than there is
    (``account_list_done_within_total``).
    """

    class Kind(models.TextChoices):
        BRING = "bring"
        CONFIRM = "confirm"

    class State(models.TextChoices):
        CHECKING = "checking"
        WRITING = "writing"
        DONE = "done"
        REFUSED = "refused"

    kind = models.CharField(max_length=7, choices=Kind.choices)
    state = models.CharField(
        max_length=8, choices=State.choices, default=State.CHECKING
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    digest = models.CharField(max_length=128)
    path = models.CharField(max_length=80)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    same = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    defect = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    faulty = models.IntegerField(default=0)
    brought_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.CheckConstraint(
                name="account_list_done_within_total",
                condition=Q(done__gte=0, done__lte=F("total")),
            )
        ]


class AccountListPart(models.Model):
    """Rows of a list that were checked and wait to be written, sealed; then it is gone.

    Promise kept by the database: a part stands once (``account_list_part_once``).
    """

    list = models.ForeignKey(AccountList, models.CASCADE, related_name="parts")
    number = models.IntegerField()
    rows = SealedField(purpose=ROWS)

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["list", "number"], name="account_list_part_once"
            )
        ]
