"""Tables of scenarios, the rankings kept with them, and facts kept for a day."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import append_only


class Scenario(models.Model):
    """What a priority, a budget and quotas would choose; one may be approved.

    ``spec`` is a priority as ``rules.reading`` reads it; ``version`` is the one that it
    started from. Money is whole rupiah. ``figures`` are kept with the ranking. Where
    equals are parted by lot, ``LotEntry`` holds the list since the proposal, under
    ``list_hash``; ``seed_source`` and ``seed_on`` say where and when ``seed`` is drawn,
    and ``left_out`` how many the rule left out of the list.

    Promises kept by the database: whoever made or proposed it does not approve it
    (``scenario_needs_two_people``); each step has a person and a moment
    (``scenario_steps_are_signed``); it costs something and has a budget
    (``scenario_money_is_possible``); once proposed it is never reworded, and once
    approved never changed at all, and who made it stays from the beginning
    (``scenario_stays_as_proposed``); a seed stands only beside a list that was fixed
    and a source and day that were named (``scenario_lot_is_announced``); none is ever
    deleted (``scenario_is_kept``).
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PROPOSED = "proposed"
        APPROVED = "approved"
        DROPPED = "dropped"

    class Population(models.TextChoices):
        AFFECTED = "affected"
        FAMILIES = "families"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    population = models.CharField(max_length=8, choices=Population.choices)
    version = models.ForeignKey(
        "criteria.RuleVersion", models.PROTECT, null=True, related_name="+"
    )
    spec = models.JSONField()
    budget = models.BigIntegerField()
    cost_each = models.BigIntegerField()
    seed_source = models.CharField(max_length=120, blank=True)
    seed_on = models.DateField(null=True)
    list_hash = models.CharField(max_length=64, blank=True)
    left_out = models.IntegerField(null=True)
    seed = models.CharField(max_length=64, blank=True)
    figures = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=150, blank=True)
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="scenario_needs_two_people",
                condition=Q(approved_by="")
                | ~Q(approved_by=F("made_by")) & ~Q(approved_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="scenario_steps_are_signed",
                condition=(
                    Q(state__in=["draft", "dropped"])
                    | ~Q(proposed_by="") & Q(proposed_at__isnull=False)
                )
                & (
                    ~Q(state="approved") & Q(approved_by="", approved_at=None)
                    | Q(state="approved", approved_at__isnull=False)
                    & ~Q(approved_by="")
                ),
            ),
            models.CheckConstraint(
                name="scenario_money_is_possible",
                condition=Q(budget__gte=0, cost_each__gt=0),
            ),
            models.CheckConstraint(
                name="scenario_lot_is_announced",
                condition=Q(seed="")
                | Q(seed_on__isnull=False, left_out__isnull=False)
                & ~Q(seed_source="")
                & ~Q(list_hash=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="scenario_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="scenario_stays_as_proposed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.state IN ('approved', 'dropped')
                        OR (NEW.made_by, NEW.made_at)
                        IS DISTINCT FROM (OLD.made_by, OLD.made_at)
                        OR OLD.state = 'proposed'
                        AND (NEW.name, NEW.spec, NEW.budget, NEW.cost_each,
                            NEW.population, NEW.version_id, NEW.proposed_by,
                            NEW.proposed_at, NEW.seed_source, NEW.seed_on,
                            NEW.list_hash, NEW.left_out)
                        IS DISTINCT FROM
                        (OLD.name, OLD.spec, OLD.budget, OLD.cost_each,
                            OLD.population, OLD.version_id, OLD.proposed_by,
                            OLD.proposed_at, OLD.seed_source, OLD.seed_on,
                            OLD.list_hash, OLD.left_out) THEN
                        RAISE EXCEPTION 'what was proposed is never reworded'
                            USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'scenario_stays_as_proposed';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]


class LotEntry(models.Model):
    """Somebody on the list of a lottery, as it was fixed when it was proposed.

    ``number`` is the id of the affected person or family, ``tier`` one number for all
    who are equal but for the lot; ``cell`` says what quotas and seats count them for
    (see ``rules.filling``). The rest goes into the ranking as it is.

    Promises kept by the database: a number stands once on a list
    (``lot_entry_once``); it is never changed or deleted (``lot_entry_append_only``);
    nobody is added once the scenario is proposed (``lot_entry_closed_by_proposal``).
    """

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="lots")
    number = models.BigIntegerField()
    tier = models.IntegerField()
    cell = models.BigIntegerField()
    score = models.BigIntegerField()
    parts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "number"], name="lot_entry_once"
            ),
        ]
        triggers = [
            append_only("lot_entry_append_only"),
            pgtrigger.Trigger(
                name="lot_entry_closed_by_proposal",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="fresh"),
                func="""
                    IF EXISTS (SELECT 1 FROM targeting_scenario s WHERE s.state <>
                        'draft' AND s.id IN (SELECT scenario_id FROM fresh)) THEN
                        RAISE EXCEPTION 'the list of this lottery is fixed'
                            USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'lot_entry_closed_by_proposal';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]


class Ranked(models.Model):
    """The place of one person or family in the ranking that was kept with a scenario.

    ``score`` is in thousandths of a point and the sum of ``parts``: for each criterion
    of the model, in its order, ``[name, fact, points]``. ``way`` says how somebody was
    chosen: "rank", the name of a quota, "lot", or "left_over" (a seat that another
    village could not fill). ``tier`` is one number for all who are equal but for the
    lot. Those whom the exclusion leaves out stand in no ranking.

    Promises kept by the database: it is about one person or one family
    (``ranked_one_of_two``); a place is taken once (``ranked_place_once``), and a person
    or family has one place (``ranked_person_once``, ``ranked_family_once``); who was
    chosen says how (``ranked_way_of_the_chosen``); it is never changed or deleted
    (``ranked_append_only``), and nobody is added once the scenario is approved
    (``ranked_closed_by_approval``).
    """

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="ranked")
    affected = models.ForeignKey("affected.Affected", models.PROTECT, null=True)
    family = models.ForeignKey("residents.Family", models.PROTECT, null=True)
    place = models.IntegerField()
    tier = models.IntegerField(default=0)
    score = models.BigIntegerField()
    parts = models.JSONField()
    chosen = models.BooleanField()
    way = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "place"], name="ranked_place_once"
            ),
            models.UniqueConstraint(
                fields=["scenario", "affected"],
                condition=Q(affected__isnull=False),
                name="ranked_person_once",
            ),
            models.UniqueConstraint(
                fields=["scenario", "family"],
                condition=Q(family__isnull=False),
                name="ranked_family_once",
            ),
            models.CheckConstraint(
                name="ranked_one_of_two",
                condition=Q(affected__isnull=False, family=None)
                | Q(affected=None, family__isnull=False),
            ),
            models.CheckConstraint(
                name="ranked_way_of_the_chosen",
                condition=Q(chosen=True) & ~Q(way="") | Q(chosen=False, way=""),
            ),
        ]
        triggers = [
            append_only("ranked_append_only"),
            pgtrigger.Trigger(
                name="ranked_closed_by_approval",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="fresh"),
                func="""
                    IF EXISTS (SELECT 1 FROM targeting_scenario s WHERE s.state =
                        'approved' AND s.id IN (SELECT scenario_id FROM fresh)) THEN
                        RAISE EXCEPTION 'the ranking of this scenario is kept'
                            USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'ranked_closed_by_approval';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]


class Kept(models.Model):
    """When, and as of which day, the facts of a population were kept.

    ``numbers`` names the facts in the order of ``values``. This and both tables below
    are unlogged: they hold copies, which are made anew after a crash.
    """

    population = models.CharField(primary_key=True, max_length=8)
    on = models.DateField()
    at = models.DateTimeField()
    numbers = ArrayField(models.CharField(max_length=60))
    listed = ArrayField(models.CharField(max_length=60))


class _Known(models.Model):
    """What is known of one person or family on the day of ``Kept``.

    ``values`` are numbers, codes, and yes or no as 1 or 0; ``lists`` holds facts with
    several codes, each as one text with commas between.
    """

    unit_id = models.BigIntegerField(primary_key=True)
    region_code = models.CharField(max_length=30, db_collation="C")
    values = ArrayField(models.BigIntegerField(null=True))
    lists = ArrayField(models.TextField(null=True))

    class Meta:
        abstract = True


class KnownAffected(_Known):
    """Facts of affected people, kept for a day."""


class KnownFamily(_Known):
    """Facts of families, kept for a day."""
