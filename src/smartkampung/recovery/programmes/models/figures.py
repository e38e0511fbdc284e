"""What anybody may read about the programmes, counted once a night."""

from django.db import models


class Figure(models.Model):
    """One number of the public page; empty where it would point at people.

    ``kecamatan`` is empty for the whole regency. Written anew each night and read by
    nothing else, so that no page counts people. Promise kept by the database: one
    number for each kind, place and measure (``figure_of_recovery_once``).
    """

    kind = models.CharField(max_length=13)
    kecamatan = models.CharField(max_length=30, blank=True, db_collation="C")
    measure = models.CharField(max_length=14)
    value = models.BigIntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "kecamatan", "measure"], name="figure_of_recovery_once"
            )
        ]
