"""Rules as data, version by version."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class RuleVersion(models.Model):
    """One wording of the rule about a subject ("aid:blt_dd"), for a time.

    A draft has nobody in ``approved_by``. The time is half-open. Promises kept by the
    database: a number stands once for a subject (``rule_version_number_once``); no two
    versions are in force at once (``rule_version_one_in_force``); it ends after it
    begins (``rule_version_ends_after_it_begins``); who wrote it does not bring it into
    force (``rule_version_needs_two_people``); who approved and when come together
    (``rule_version_approval_is_dated``); once in force it is never reworded nor taken
    back, it only ends (``rule_version_stays_as_approved``), and none is ever deleted
    (``rule_version_is_kept``).
    """

    subject = models.CharField(max_length=60)
    number = models.IntegerField()
    rule = models.JSONField()
    legal_reference = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "number"], name="rule_version_number_once"
            ),
            models.CheckConstraint(
                name="rule_version_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
            models.CheckConstraint(
                name="rule_version_needs_two_people",
                condition=~Q(approved_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="rule_version_approval_is_dated",
                condition=Q(approved_by="", approved_at=None)
                | ~Q(approved_by="") & Q(approved_at__isnull=False),
            ),
            ExclusionConstraint(
                name="rule_version_one_in_force",
                condition=Q(approved_at__isnull=False),
                expressions=[
                    ("subject", RangeOperators.EQUAL),
                    (
                        Func(
                            F("since"),
                            F("until"),
                            RangeBoundary(),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="rule_version_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="rule_version_stays_as_approved",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.approved_at IS NOT NULL AND
                        (to_jsonb(NEW) - 'until') <> (to_jsonb(OLD) - 'until') THEN
                        RAISE EXCEPTION 'a rule in force is never reworded'
                            USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'rule_version_stays_as_approved';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
