"""Tables of scenarios and the rankings that were kept with them."""

import uuid

from django.db import models


class Scenario(models.Model):
    """What a model, a budget and quotas would choose; one may be approved.

    ``spec`` holds the model, quotas and exclusions as read by ``rules``. Money is whole
    rupiah. ``seed`` decides by lot among equals, where the model asks for it.
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
    spec = models.JSONField()
    budget = models.BigIntegerField()
    cost_each = models.BigIntegerField()
    seed = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=150, blank=True)
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)


class Ranked(models.Model):
    """The place of one person or family in the ranking that was kept with a scenario.

    ``score`` is in thousandths of a point and the sum of ``parts``: for each criterion
    of the model, in its order, ``[name, fact, points]``. ``way`` says how somebody was
    chosen: by rank, by a quota ("women"), or by lot.
    """

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="ranked")
    affected = models.ForeignKey("affected.Affected", models.PROTECT, null=True)
    family = models.ForeignKey("residents.Family", models.PROTECT, null=True)
    place = models.IntegerField()
    score = models.BigIntegerField()
    parts = models.JSONField()
    chosen = models.BooleanField()
    way = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["scenario", "place"], name="ranked_place")]
