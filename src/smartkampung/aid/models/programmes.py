"""What aid exists, what excludes what, who already receives, when reports are open."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from smartkampung.regions.models import half_open


class Programme(models.Model):
    """A social-assistance programme: what it gives, to whom, how often, from what.

    What it says holds from now on: an entitlement keeps the amount and contents that
    were promised with it. It gives something (``programme_gives_something``) and ends
    after it begins (``programme_ends_after_it_begins``).

    ``amount`` is in whole rupiah or whole packs, as ``commodity`` says (``IDR`` or an
    item code). A benefit ``period`` begins on the first day of a month.
    ``criteria_needed`` is how many poverty criteria a family should meet: advice to
    the decider ("9 of 14" is a custom of villages, not law), 0 for none.
    ``sensitive`` (unless somebody said otherwise) means that being on its list tells of
    pregnancy, disability or illness: no list of it is ever posted.
    """

    class Unit(models.TextChoices):
        FAMILY = "family"
        PERSON = "person"

    class Period(models.TextChoices):
        MONTH = "month"
        QUARTER = "quarter"
        ONCE = "once"

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    unit = models.CharField(max_length=6, choices=Unit.choices)
    period = models.CharField(max_length=7, choices=Period.choices)
    commodity = models.CharField(max_length=20, default="IDR")
    amount = models.BigIntegerField()
    contents = models.CharField(max_length=200, blank=True)
    contents_en = models.CharField(max_length=200, blank=True)
    funding = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField(null=True)
    legal_reference = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    takes_reports = models.BooleanField(default=False)
    criteria_needed = models.SmallIntegerField(default=0)
    sensitive = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="programme_gives_something", condition=Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="programme_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
        ]


class Criterion(models.Model):
    """A yes-or-no question of the field check; yes speaks for the family.

    ``poverty`` are the 14 of BPS, ``situation`` what the pandemic added.
    """

    class Group(models.TextChoices):
        POVERTY = "poverty"
        SITUATION = "situation"

    code = models.CharField(max_length=30, primary_key=True)
    number = models.SmallIntegerField()
    group = models.CharField(max_length=9, choices=Group.choices)
    question = models.CharField(max_length=200)
    question_en = models.CharField(max_length=200)
    source = models.CharField(max_length=120, blank=True)
    asked = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="criterion_number_once")
        ]


class Conflict(models.Model):
    """One cell of the conflict matrix: may a recipient of A also get B?

    Stored once a pair, with the smaller code first (``conflict_pair_is_ordered``);
    no two rules for one pair at one time (``conflict_one_rule_at_a_time``).
    Pairs without a row are allowed. ``component`` narrows the rule to recipients of
    that component of ``first`` (PKH with pregnancy). ``reach`` says who must not have
    both: the same person, whom aid for a whole family reaches too, or anybody on the
    same family card.
    """

    class Reach(models.TextChoices):
        PERSON = "person"
        FAMILY = "family"

    class Effect(models.TextChoices):
        ALLOW = "allow"
        WARN = "warn"
        BLOCK = "block"

    first = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    second = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    effect = models.CharField(max_length=5, choices=Effect.choices)
    component = models.CharField(max_length=30, blank=True)
    reach = models.CharField(max_length=6, choices=Reach.choices, default=Reach.PERSON)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)
    source_en = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conflict_pair_is_ordered", condition=Q(first__lte=F("second"))
            ),
            ExclusionConstraint(
                name="conflict_one_rule_at_a_time",
                expressions=[
                    ("first", RangeOperators.EQUAL),
                    ("second", RangeOperators.EQUAL),
                    ("component", RangeOperators.EQUAL),
                    ("reach", RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
            ),
        ]


def blocked_by_field() -> models.JSONField:
    """Return the field for the records of other aid that stood in the way.

    As they were then: programme, component and time, never a person.
    """
    return models.JSONField(
        default=list, db_default=models.Value([], models.JSONField())
    )


class Enrolment(models.Model):
    """A family (or a person of it) on the list of a programme, for a time.

    Promise kept by the database: a person or family stands once at a time on a
    programme's list (``enrolment_once_at_a_time``). ``person`` is empty where the
    whole family is the unit.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="enrolments")
    family = models.ForeignKey(
        "residents.Family", models.PROTECT, related_name="enrolments"
    )
    person = models.ForeignKey(
        "residents.Person", models.PROTECT, null=True, related_name="+"
    )
    component = models.CharField(max_length=30, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    last_paid_on = models.DateField(null=True)
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="enrolment_once_at_a_time",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    ("family", RangeOperators.EQUAL),
                    (
                        models.functions.Coalesce(F("person"), 0),
                        RangeOperators.EQUAL,
                    ),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
            )
        ]


class ReportingPhase(models.Model):
    """A time during which the public may report missing aid, with a daily quota.

    Phases do not overlap (``reporting_phase_one_at_a_time``). Reports that a village
    assists are exempt from the quota, so that bots cannot close the door.
    """

    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    daily_quota_per_village = models.IntegerField()
    opened_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reporting_phase_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
            ),
            ExclusionConstraint(
                name="reporting_phase_one_at_a_time",
                expressions=[
                    (
                        models.Func(
                            F("opens_at"), F("closes_at"), function="tstzrange"
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]
