"""Tables of people hit by the crisis."""

from django.db import models


class Sector(models.Model):
    """A branch of the economy, in words that people use; tourism has several."""

    code = models.CharField(max_length=30, primary_key=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kbli = models.CharField(max_length=5)  # section or division of KBLI 2020
    tourism = models.BooleanField(default=False)


class Affected(models.Model):
    """One person hit by the crisis, from being matched until recovered.

    ``person`` is the resident, whose NIK was checked. Incomes are whole rupiah a month.
    ``region_code`` is that of the person's RT when opened, else the village's.
    """

    class State(models.TextChoices):
        TO_VERIFY = "to_verify"
        VERIFIED = "verified"
        REFUSED = "refused"
        RECOVERED = "recovered"

    class Kind(models.TextChoices):
        LAID_OFF = "laid_off"
        FURLOUGHED = "furloughed"
        HOURS_CUT = "hours_cut"
        BUSINESS_CLOSED = "business_closed"
        SALES_DOWN = "sales_down"
        RETURNED_MIGRANT = "returned_migrant"

    OPEN = (State.TO_VERIFY, State.VERIFIED)

    person = models.ForeignKey(
        "residents.Person", models.PROTECT, related_name="affected"
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+")
    employer = models.CharField(max_length=120, blank=True)
    happened_on = models.DateField()
    income_before = models.BigIntegerField()
    income_after = models.BigIntegerField()
    sales_down_percent = models.PositiveSmallIntegerField(null=True)
    dependants = models.PositiveSmallIntegerField()
    debts = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["region_code", "state"], name="affected_region"),
        ]
