"""What anybody may read about aid, made from tables that nobody may."""

from datetime import timedelta
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.disclosure.rules import MOST_DAYS, Stage
from smartkampung.aid.models.promises import refuse_when
from smartkampung.kernel.small_cells import SMALLEST_SHOWN
from smartkampung.regions.models import half_open

COUNTS = ("total", "given_here", "given_elsewhere", "waiting")


def _never_small(*counts: str) -> Q:
    safe = Q()
    for count in counts:
        at_least = Q(**{f"{count}__gte": SMALLEST_SHOWN})
        safe &= Q(**{count: None}) | Q(**{count: 0}) | at_least
    return safe


class ProgrammeFigure(models.Model):
    """How many a programme reaches in a place, how much it gave, and where it stands.

    ``total`` are the families (or people) on the list or served before: of
    ``given_here`` the system holds a hand-over or payment, of ``given_elsewhere`` the
    list of another office says when they were paid last, of those ``waiting`` neither.
    ``given`` is what went to ``given_here``, in the programme's commodity. Empty where
    it would point at people.

    Promises kept by the database: a programme has one row for a place
    (``programme_figure_once``); no count from 1 to 4 is kept here
    (``programme_figure_never_small``); a sum is hidden where its count is
    (``programme_figure_hides_sum_with_count``).
    """

    programme = models.ForeignKey(
        "aid.Programme", models.CASCADE, related_name="figures"
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    total = models.BigIntegerField(null=True)
    given_here = models.BigIntegerField(null=True)
    given_elsewhere = models.BigIntegerField(null=True)
    waiting = models.BigIntegerField(null=True)
    given = models.BigIntegerField(null=True)
    stage = models.CharField(
        max_length=8, choices=[(stage.value, stage.name.title()) for stage in Stage]
    )
    next_on = models.DateField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "region_code"], name="programme_figure_once"
            ),
            models.CheckConstraint(
                name="programme_figure_never_small", condition=_never_small(*COUNTS)
            ),
            models.CheckConstraint(
                name="programme_figure_hides_sum_with_count",
                condition=Q(given=None) | Q(given_here__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["region_code"], name="programme_figure_region")]


class Publication(models.Model):
    """The wish to post the recipients of a cycle, because law asks for it.

    Lists are off unless a second person switches one on, and then only for the time of
    objections: half-open, within the cycle. ``region_code`` is the office that asks.

    Promises kept by the database: it rests on a law (``publication_rests_on_law``);
    it ends after it begins (``publication_ends_after_it_begins``) and lasts no longer
    than an objection may take (``publication_at_most_thirty_days``), within its cycle
    (``publication_within_its_cycle``); a cycle has one at a time
    (``publication_one_at_a_time``); who asks does not switch it on
    (``publication_needs_two_people``); a decision says who and when
    (``publication_decision_is_signed``), and so does an early end
    (``publication_withdrawal_is_signed``); what was asked for is not changed afterwards
    (``publication_terms_stay``); it is never about a programme that tells of
    pregnancy, disability or illness (``publication_never_of_the_sensitive``).
    """

    id = models.UUIDField(primary_key=True)
    cycle = models.ForeignKey("aid.Cycle", models.PROTECT, related_name="publications")
    region_code = models.CharField(max_length=30, db_collation="C")
    legal_reference = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField()
    asked_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(default=False)
    withdrawn_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.CheckConstraint(
                name="publication_rests_on_law", condition=~Q(legal_reference="")
            ),
            models.CheckConstraint(
                name="publication_ends_after_it_begins",
                condition=Q(until__gt=F("since")),
            ),
            models.CheckConstraint(
                name="publication_at_most_thirty_days",
                condition=Q(until__lte=F("since") + timedelta(days=MOST_DAYS)),
            ),
            models.CheckConstraint(
                name="publication_needs_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="publication_decision_is_signed",
                condition=Q(decided_by=None, decided_at=None, granted=False)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="publication_withdrawal_is_signed",
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(
                    withdrawn_by__isnull=False, withdrawn_at__isnull=False, granted=True
                ),
            ),
            ExclusionConstraint(
                name="publication_one_at_a_time",
                expressions=[
                    ("cycle", RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at=None) & (Q(decided_at=None) | Q(granted=True)),
            ),
        ]
        triggers: ClassVar = [
            refuse_when(
                "publication_within_its_cycle",
                """NOT EXISTS (SELECT FROM aid_cycle c WHERE c.id = NEW.cycle_id
                    AND c.since <= NEW.since AND NEW.until <= c.until)""",
                "a list is posted within its cycle",
            ),
            refuse_when(
                "publication_terms_stay",
                """(NEW.cycle_id, NEW.since, NEW.until, NEW.legal_reference,
                        NEW.asked_by_id) IS DISTINCT FROM
                    (OLD.cycle_id, OLD.since, OLD.until, OLD.legal_reference,
                        OLD.asked_by_id)""",
                "what a second person looks at is what was asked for",
                operation=pgtrigger.Update,
            ),
            refuse_when(
                "publication_never_of_the_sensitive",
                """(TG_OP = 'INSERT' OR NEW.granted AND NOT OLD.granted) AND EXISTS (
                    SELECT FROM aid_cycle c JOIN aid_programme p
                        ON p.code = c.programme_id
                    WHERE c.id = NEW.cycle_id AND p.sensitive)""",
                "no list of what tells of pregnancy, disability or illness",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]


# The names of a village are written in one statement.
_NEVER_OF_FEW = pgtrigger.Trigger(
    name="published_name_never_of_few",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="written"),
    func=f"""
        IF EXISTS (
            SELECT FROM aid_publishedname n
            WHERE (n.publication_id, n.village_code) IN
                (SELECT publication_id, village_code FROM written)
            GROUP BY n.publication_id, n.village_code
            HAVING count(*) < {SMALLEST_SHOWN}
        ) THEN
            RAISE EXCEPTION 'a list of few names points at people'
                USING ERRCODE = 'check_violation',
                CONSTRAINT = 'published_name_never_of_few';
        END IF;
        RETURN NULL;
    """,
)


class PublishedName(models.Model):
    """One masked name on the list of a village; only its number leads to the person.

    ``number`` is the place on the village's own list, by which somebody objects and an
    officer of the village finds who is meant.

    Behind row-level security: nobody reads it before the first day, from the last day
    on, before a second person switched it on, or when the programme became sensitive;
    the public one village at a time. Promises kept by the database: a name is masked
    (``published_name_is_masked``); a number stands once on a list
    (``published_name_number_once``); a village has none or at least five
    (``published_name_never_of_few``).
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="names")
    village_code = models.CharField(max_length=30, db_collation="C")
    number = models.IntegerField()
    masked = models.CharField(max_length=200)

    class Meta:
        app_label = "aid"
        constraints = [
            models.CheckConstraint(
                name="published_name_is_masked",
                condition=Q(masked__regex=r"^[^ *]\*\*\*( [^ *]\*\*\*)*$"),
            ),
            models.UniqueConstraint(
                fields=["publication", "village_code", "number"],
                name="published_name_number_once",
            ),
        ]
        triggers: ClassVar = [_NEVER_OF_FEW]


class ErrorFigure(models.Model):
    """How many errors of a programme's choice were proved in a place.

    ``number`` is the wording of the rule (0: none was in force), empty in the row that
    counts all of them. ``left_out`` and ``let_in`` tell the two kinds of a wording
    apart, ``total`` is their sum. Empty where it would point at people. Promises kept
    by the database: one row for a wording and a place (``error_figure_once``); no count
    from 1 to 4 is kept here (``error_figure_never_small``).
    """

    programme = models.ForeignKey(
        "aid.Programme", models.CASCADE, null=True, related_name="+"
    )
    region_code = models.CharField(max_length=30, db_collation="C")
    number = models.IntegerField(null=True)
    left_out = models.BigIntegerField(null=True)
    let_in = models.BigIntegerField(null=True)
    total = models.BigIntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "region_code", "number"],
                nulls_distinct=False,
                name="error_figure_once",
            ),
            models.CheckConstraint(
                name="error_figure_never_small",
                condition=_never_small("left_out", "let_in", "total"),
            ),
        ]
        indexes = [models.Index(fields=["region_code"], name="error_figure_region")]
