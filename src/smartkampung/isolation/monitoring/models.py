"""What is due each day of a stay, what came of it, and how somebody is."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.isolation.models.stays import Stay
from smartkampung.isolation.monitoring.rules.checks import Outcome, Slot
from smartkampung.isolation.monitoring.rules.ends import Verdict
from smartkampung.isolation.monitoring.rules.health import (
    POSSIBLE_SPO2,
    POSSIBLE_TEMPERATURE,
    Symptom,
)
from smartkampung.isolation.monitoring.rules.ladder import Trigger
from smartkampung.kernel.promises import append_only


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
        triggers = [append_only("obligation_append_only")]


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
        triggers = [append_only("check_append_only")]


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
        triggers = [append_only("reading_append_only")]


class Carer(models.Model):
    """The officer to whom somebody is entrusted for the whole stay."""

    stay = models.OneToOneField(
        Stay, models.PROTECT, primary_key=True, related_name="carer"
    )
    officer = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    by = models.CharField(max_length=150)


class Entrusting(models.Model):
    """Somebody was entrusted to an officer, or handed over to the next.

    Promise kept by the database: it is never changed (``entrusting_append_only``).
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="entrustings")
    officer = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        triggers = [append_only("entrusting_append_only")]


class Escalation(models.Model):
    """Something that somebody must answer by a time; who and when is on the ladder.

    ``health``: only health workers learn of it. ``raised_at``: nobody acknowledged in
    time, and the next were told.
    Promises kept by the database: one of a kind is open about a stay
    (``escalation_open_once``); an acknowledgement has a name
    (``escalation_acknowledged_by_somebody``); what is closed says by whom
    (``escalation_closed_by_somebody``).
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="escalations")
    trigger = models.CharField(
        max_length=12, choices=[(one.value, one.name) for one in Trigger]
    )
    health = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    raised_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "trigger"],
                condition=Q(closed_at=None),
                name="escalation_open_once",
            ),
            models.CheckConstraint(
                name="escalation_acknowledged_by_somebody",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="escalation_closed_by_somebody",
                condition=Q(closed_at=None, closed_by="")
                | Q(closed_at__isnull=False) & ~Q(closed_by=""),
            ),
        ]


class Classing(models.Model):
    """The case class that somebody was given on a day, and the days it counts from.

    The latest stands; the earlier ones stay as they were given, in the words of their
    own list. Promise kept by the database: it is never changed
    (``classing_append_only``).
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="classings")
    code = models.CharField(max_length=13)  # of the list of that day
    onset_on = models.DateField(null=True)
    specimen_on = models.DateField(null=True)
    symptom_free_since = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")

    class Meta:
        triggers = [append_only("classing_append_only")]


class ExitDecision(models.Model):
    """What a named officer decided about somebody, and why.

    Promises kept by the database: it gives a reason (``exit_decision_has_a_reason``);
    it is never changed (``exit_decision_append_only``).
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="decisions")
    verdict = models.CharField(
        max_length=8, choices=[(one.value, one.name) for one in Verdict]
    )
    reason = models.CharField(max_length=300)
    until = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exit_decision_has_a_reason", condition=~Q(reason="")
            )
        ]
        triggers = [append_only("exit_decision_append_only")]


class DischargeLetter(models.Model):
    """The letter that says that somebody was in isolation and may go.

    Promises kept by the database: a stay has one (the primary key); it is never changed
    (``discharge_letter_append_only``).
    """

    stay = models.OneToOneField(
        Stay, models.PROTECT, primary_key=True, related_name="letter"
    )
    since = models.DateField()
    until = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")

    class Meta:
        triggers = [append_only("discharge_letter_append_only")]
