"""What the Puskesmas found in a house, how it looks, and what its people eat."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from smartkampung.isolation.houses.rules import Check, Diet
from smartkampung.kernel.promises import append_only


class Inspection(models.Model):
    """A visit of the Puskesmas by the checklist; the last one says if a house may open.

    Promises kept by the database: it passes without faults, and only so
    (``inspection_passes_without_faults``); a form sent twice is one visit
    (``inspection_form_once``); what was found is never changed nor deleted
    (``inspection_append_only``).
    """

    house = models.ForeignKey(
        "isolation.House", models.PROTECT, related_name="inspections"
    )
    form_id = models.UUIDField()
    faults = ArrayField(
        models.CharField(
            max_length=9, choices=[(one.value, one.name.title()) for one in Check]
        )
    )
    passed = models.BooleanField()
    note = models.CharField(max_length=400, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspection_passes_without_faults",
                condition=Q(passed=True, faults=[]) | Q(passed=False) & ~Q(faults=[]),
            ),
            models.UniqueConstraint(fields=["form_id"], name="inspection_form_once"),
        ]
        indexes = [models.Index(fields=["house", "at"], name="inspection_last")]
        triggers = [append_only("inspection_append_only")]


class HousePhoto(models.Model):
    """A photo of a house, for everybody. Promise: once a house (``house_photo_once``)."""

    house = models.ForeignKey("isolation.House", models.PROTECT, related_name="photos")
    upload = models.ForeignKey("intake.Upload", models.PROTECT, related_name="+")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["house", "upload"], name="house_photo_once")
        ]


class Eats(models.Model):
    """What somebody eats during their stay, as they told it for the kitchen.

    The kitchen is told numbers, never whose. Promise kept by the database: once for a
    stay (``eats_once_a_stay``).
    """

    stay = models.ForeignKey("isolation.Stay", models.PROTECT, related_name="eats")
    diet = models.CharField(
        max_length=12, choices=[(one.value, one.name.title()) for one in Diet]
    )
    baby_food = models.BooleanField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stay"], name="eats_once_a_stay")
        ]


class HomeTable(models.Model):
    """What a household that isolates at home wants from the kitchen of its village.

    Until somebody asked them they get meals like a house. ``cooks_itself``: no meals,
    but baby food all the same. ``supplies`` is what is brought along, in words.
    Promise kept by the database: a household has one (the primary key).
    """

    reservation = models.OneToOneField(
        "isolation.Reservation",
        models.PROTECT,
        primary_key=True,
        related_name="home_table",
    )
    cooks_itself = models.BooleanField(default=False)
    supplies = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
