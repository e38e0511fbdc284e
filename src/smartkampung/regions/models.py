"""Where everything is: the tree of regions, who heads them, and health centres."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class DateRange(Func):
    """``daterange(since, until)``, half-open; an empty end never ends."""

    function = "daterange"
    output_field = DateRangeField()


def half_open(since: str = "since", until: str = "until") -> DateRange:
    """Return the half-open range of two date columns, for constraints."""
    return DateRange(F(since), F(until), RangeBoundary())


class Region(models.Model):
    """A province, regency, kecamatan, desa, kelurahan, RW or RT.

    The code is the key and the path (``regions.codes``); ``dusun`` is written on RW.
    ``boundary`` holds the MultiPolygon coordinates of an imported shape, or nothing.
    ``area_km2`` is as a source tells it, or reckoned from a shape: not official.
    A ``synthetic`` region was made up for a demo.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province"
        REGENCY = "regency"
        KECAMATAN = "kecamatan"
        DESA = "desa"
        KELURAHAN = "kelurahan"
        RW = "rw"
        RT = "rt"

    code = models.CharField(max_length=30, primary_key=True, db_collation="C")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    dusun = models.CharField(max_length=80, blank=True)
    bps_code = models.CharField(max_length=12, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    area_km2 = models.FloatField(null=True)
    phone = models.CharField(max_length=30, blank=True)
    boundary = models.JSONField(null=True)
    boundary_source = models.CharField(max_length=120, blank=True)
    synthetic = models.BooleanField(default=False, db_default=False)


class HeadTerm(models.Model):
    """One person heading a region for a term of office.

    Promise kept by the database: a region has one head at a time
    (``region_has_one_head``). The term is half-open.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="heads")
    name = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="region_has_one_head",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    (half_open(), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="head_term_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
        ]


class HealthCentre(models.Model):
    """A Puskesmas. The position is that of its village when none was surveyed."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    village = models.ForeignKey(Region, models.PROTECT, related_name="+")
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    position_note = models.CharField(max_length=120, blank=True)


class ServedVillage(models.Model):
    """A village in the care of one Puskesmas (``village_has_one_health_centre``)."""

    centre = models.ForeignKey(HealthCentre, models.CASCADE, related_name="serves")
    village = models.ForeignKey(Region, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village"], name="village_has_one_health_centre"
            )
        ]
