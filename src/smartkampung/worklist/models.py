"""One table of everything that waits for somebody, with a clock on each row."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class WorkItem(models.Model):
    """A thing to do, where, by which permission, until when.

    ``target`` names the row it is about (``aid.claim:17``); where each ``kind`` is done
    stands with the pages. Promises kept by the database: one open item of a kind for
    a target (``work_item_open_once``); a closed item says who closed it
    (``work_item_closed_by_somebody``); what was given to a colleague says by whom and
    until when (``work_item_given_whole``), and nobody gives work to themselves
    (``work_item_given_to_a_colleague``). Who may not do it although their office may, as
    they asked for it or did the step before, stands in ``not_by``, and is not given it
    (``work_item_given_to_who_may``).
    """

    kind = models.CharField(max_length=40)
    target = models.CharField(max_length=60)
    permission = models.CharField(max_length=40)
    region_code = models.CharField(max_length=30, db_collation="C")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)
    urgent = models.BooleanField(default=False)
    given_to = models.CharField(max_length=150, blank=True, db_default="")
    given_by = models.CharField(max_length=150, blank=True, db_default="")
    given_until = models.DateTimeField(null=True)
    not_by = ArrayField(models.CharField(max_length=150), default=list, db_default=[])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target"],
                condition=Q(closed_at=None),
                name="work_item_open_once",
            ),
            models.CheckConstraint(
                name="work_item_closed_by_somebody",
                condition=Q(closed_at=None, closed_by="")
                | Q(closed_at__isnull=False) & ~Q(closed_by=""),
            ),
            models.CheckConstraint(
                name="work_item_given_whole",
                condition=Q(given_to="", given_by="", given_until=None)
                | ~Q(given_to="") & ~Q(given_by="") & Q(given_until__isnull=False),
            ),
            models.CheckConstraint(
                name="work_item_given_to_a_colleague",
                condition=Q(given_to="") | ~Q(given_to=F("given_by")),
            ),
            models.CheckConstraint(
                name="work_item_given_to_who_may",
                condition=Q(given_to="") | ~Q(not_by__contains=[F("given_to")]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["permission", "region_code", "due_at"],
                condition=Q(closed_at=None),
                name="work_item_open",
            ),
            models.Index(fields=["target"], name="work_item_target"),
            models.Index(
                fields=["given_to"],
                condition=Q(closed_at=None) & ~Q(given_to=""),
                name="work_item_given",
            ),
        ]


def target_of(row: models.Model) -> str:
    """Return the name by which work refers to a row: ``aid.claim:17``."""
    return f"{row._meta.label_lower}:{row.pk}"
