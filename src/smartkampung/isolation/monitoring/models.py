"""What is due each day of a stay, what came of it, and how somebody is."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.isolation.models.stays import Stay
from smartkampung.isolation.monitoring.rules.checks import Outcome, Slot
from smartkampung.isolation.monitoring.rules.health import (
    POSSIBLE_SPO2,
    POSSIBLE_TEMPERATURE,
    Symptom,
)


def _append_only(name: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class Obligation(models.Model):
    """A look at somebody that is due in a window of time, and the officer who owes it.

    Missed is not stored: it is true when the window has closed and no check followed.
    Promises kept by the database: a look of a day is due once, however often it is
    generated (``obligation_once``); its window has a length
    (``obligation_has_a_window``); it is never changed (``obligation_append_only``).
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="obligations")
    day_index = models.SmallIntegerField()
    slot = models.CharField(max_length=7, choices=[(s.value, s.name) for s in Slot])
    due_on = models.DateField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    officer = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "day_index", "slot"], name="obligation_once"
            ),
            models.CheckConstraint(
                name="obligation_has_a_window",
                condition=Q(closes_at__gt=F("opens_at"), day_index__gte=1),
            ),
        ]
        indexes = [models.Index(fields=["due_on", "stay"], name="obligation_due")]
        triggers = [_append_only("obligation_append_only")]


class Check(models.Model):
    """What came of one try to see somebody, at the level of presence.

    How they were stands in ``Reading``, which only health workers see. ``form_id`` was
    made when the form opened: the same form sent twice is one check.
    Promises kept by the database: a form is one check (the primary key); whoever saw
    somebody has a name, and a report of oneself none (``check_says_who``); a check is
    never changed (``check_append_only``).
    """

    form_id = models.UUIDField(primary_key=True)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="checks")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="checks")
    outcome = models.CharField(
        max_length=13, choices=[(o.value, o.name) for o in Outcome]
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_says_who",
                condition=Q(outcome="reported", by=None)
                | ~Q(outcome="reported") & Q(by__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["stay", "at"], name="check_of_stay")]
        triggers = [_append_only("check_append_only")]


class Reading(models.Model):
    """How somebody was at a check: for health workers, and for nobody else.

    Promises kept by the database: a temperature and a saturation are possible ones
    (``reading_is_possible``); a reading is never changed (``reading_append_only``).
    """

    check_made = models.OneToOneField(
        Check, models.PROTECT, primary_key=True, related_name="reading"
    )
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    unwell = models.BooleanField()
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    spo2 = models.SmallIntegerField(null=True)
    symptoms = ArrayField(
        models.CharField(max_length=11, choices=[(s.value, s.name) for s in Symptom])
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reading_is_possible",
                condition=(
                    Q(temperature=None) | Q(temperature__range=POSSIBLE_TEMPERATURE)
                )
                & (Q(spo2=None) | Q(spo2__range=POSSIBLE_SPO2)),
            )
        ]
        indexes = [models.Index(fields=["stay", "-at"], name="reading_of_stay")]
        triggers = [_append_only("reading_append_only")]


class Carer(models.Model):
    """The officer to whom somebody is entrusted for the whole stay."""

    stay = models.OneToOneField(
        Stay, models.PROTECT, primary_key=True, related_name="carer"
    )
    officer = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    by = models.CharField(max_length=150)
