"""Isolation houses, their rooms and beds, and when they are open."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from smartkampung.isolation.rules.states import HouseKind
from smartkampung.kernel.promises import refuse_when


class House(models.Model):
    """A place where people isolate. Everything here may be read by anybody.

    ``place`` is its RT, or its village where the RT is not known. ``centre`` is the
    Puskesmas that monitors who stays; ``fed_by`` the village whose kitchen cooks.
    Promise kept by the database: a house stands once in a village under one name
    (``house_name_once_in_a_village``).
    """

    village = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    place = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    centre = models.ForeignKey(
        "regions.HealthCentre", models.PROTECT, related_name="houses"
    )
    fed_by = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=13, choices=[(one.value, one.name.title()) for one in HouseKind]
    )
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    contact_name = models.CharField(max_length=80)
    contact_phone = models.CharField(max_length=20)
    women_only = models.BooleanField(default=False)
    wheelchair = models.BooleanField(default=False)
    kitchen = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"], name="house_name_once_in_a_village"
            )
        ]


class Room(models.Model):
    """A room of a house: one family, or people of one sex, share it.

    Promise kept by the database: a room stands once in a house
    (``room_name_once_in_a_house``).
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    own_bathroom = models.BooleanField(default=False)
    women_only = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["house", "name"], name="room_name_once_in_a_house"
            )
        ]


class Bed(models.Model):
    """A bed. It is never deleted: a bed that is gone is blocked without end.

    Promise kept by the database: a bed stands once in a room
    (``bed_name_once_in_a_room``).
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="beds")
    name = models.CharField(max_length=20)
    cot = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room", "name"], name="bed_name_once_in_a_room"
            )
        ]


class Opening(models.Model):
    """The half-open days on which a house takes people in; no end: until further notice.

    Promises kept by the database: the openings of a house never overlap
    (``house_open_once_a_day``); an opening has a day (``opening_has_a_day``); a house
    opens, or stays open for longer, only where its last inspection found no fault
    (``opening_follows_an_inspection``).
    """

    house = models.ForeignKey(House, models.PROTECT, related_name="openings")
    during = DateRangeField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="house_open_once_a_day",
                expressions=[
                    ("house", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="opening_has_a_day", condition=Q(during__isempty=False)
            ),
        ]
        triggers = [
            refuse_when(
                "opening_follows_an_inspection",
                """(TG_OP = 'INSERT' OR NOT NEW.during <@ OLD.during) AND NOT coalesce(
                    (SELECT passed FROM isolation_inspection
                    WHERE house_id = NEW.house_id ORDER BY at DESC, id DESC LIMIT 1),
                    false)""",
                "a house opens where its last inspection found no fault",
                operation=pgtrigger.Insert | pgtrigger.Update,
            )
        ]
