"""Reservations, the people in them, and the beds that they take."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from smartkampung.isolation.models.houses import Bed, House
from smartkampung.isolation.rules.states import (
    Document,
    EntryPoint,
    Need,
    ReservationState,
    Setting,
    StayState,
)
from smartkampung.kernel.sealed import SealedField

PHONE = "phone"
NIK = "nik"
DOCUMENT = "document"


def _choices(
    kind: type[Setting | EntryPoint | Need | ReservationState | StayState | Document],
) -> list[tuple[str, str]]:
    return [(one.value, one.name.title()) for one in kind]


@pghistory.track()
class Reservation(models.Model):
    """People who come together, where they go, and the code by which they follow it.

    Only the keyed hash of the code is kept. ``region_code`` is where they will be: the
    RT or village of the house, or of the home. ``phone`` is the one that was typed,
    which proves nothing about the people named.

    Promises kept by the database: a house has a house and a home none
    (``reservation_setting_fits``); an offer has an end
    (``reservation_offer_has_an_end``); who waits has a place in the order
    (``reservation_waits_since``).
    """

    code_hash = models.BinaryField(unique=True)
    state = models.CharField(max_length=9, choices=_choices(ReservationState))
    setting = models.CharField(max_length=5, choices=_choices(Setting))
    region_code = models.CharField(max_length=30, db_collation="C")
    house = models.ForeignKey(House, models.PROTECT, null=True, related_name="+")
    centre = models.ForeignKey(
        "regions.HealthCentre", models.PROTECT, null=True, related_name="+"
    )
    address = models.CharField(max_length=200, blank=True)
    arrives_on = models.DateField()
    origin_code = models.CharField(max_length=30, db_collation="C")
    entry_point = models.CharField(max_length=10, choices=_choices(EntryPoint))
    phone = SealedField(purpose=PHONE, null=True)
    language = models.CharField(max_length=2, default="id")
    needs = ArrayField(models.CharField(max_length=13, choices=_choices(Need)))
    assessment = models.JSONField(default=dict)
    walked_in = models.BooleanField(default=False)
    waits_since = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reservation_setting_fits",
                condition=Q(setting="home", house=None) & ~Q(address="")
                | Q(setting="house", house__isnull=False)
                | Q(setting="house", state__in=["waiting", "cancelled", "expired"]),
            ),
            models.CheckConstraint(
                name="reservation_offer_has_an_end",
                condition=~Q(state="held") | Q(held_until__isnull=False),
            ),
            models.CheckConstraint(
                name="reservation_waits_since",
                condition=~Q(state="waiting") | Q(waits_since__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["region_code", "arrives_on"], name="reservation_arrivals"
            ),
            models.Index(
                fields=["waits_since"],
                condition=Q(state="waiting"),
                name="reservation_waiting",
            ),
            models.Index(
                fields=["held_until"],
                condition=Q(state="held"),
                name="reservation_offered",
            ),
        ]


@pghistory.track()
class Stay(models.Model):
    """One person in isolation, at home or in a house, for half-open days.

    ``identity`` is the keyed fingerprint of the NIK or the document; a baby may have
    none. A reservation made in somebody's name binds that person only once they
    proved to be it (``bound``): by a code to the phone on record, or at the checkpoint.

    Promises kept by the database: a bound person is in one stay at a time
    (``stay_person_once``); who is present is bound, or has no document
    (``stay_present_is_bound``); days are never empty (``stay_has_a_day``).
    """

    reservation = models.ForeignKey(Reservation, models.PROTECT, related_name="stays")
    state = models.CharField(
        max_length=9, choices=_choices(StayState), default=StayState.EXPECTED
    )
    during = DateRangeField()
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1)
    born_on = models.DateField(null=True)
    nik = SealedField(purpose=NIK, null=True)
    document_kind = models.CharField(
        max_length=15, choices=_choices(Document), blank=True
    )
    document = SealedField(purpose=DOCUMENT, null=True)
    identity = models.BinaryField(null=True)
    person = models.ForeignKey(
        "residents.Person", models.PROTECT, null=True, related_name="+"
    )
    bound = models.BooleanField(default=False)
    emergency_contact = models.CharField(max_length=120, blank=True)
    consented_at = models.DateTimeField(null=True)
    present_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="stay_person_once",
                expressions=[
                    ("identity", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(bound=True, state__in=["expected", "present"]),
            ),
            models.CheckConstraint(
                name="stay_present_is_bound",
                condition=~Q(state="present") | Q(bound=True) | Q(identity=None),
            ),
            models.CheckConstraint(
                name="stay_has_a_day", condition=Q(during__isempty=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["reservation"],
                condition=Q(state="present"),
                name="stay_present",
            ),
            models.Index(fields=["identity"], name="stay_identity"),
        ]


@pghistory.track()
class BedUse(models.Model):
    """What takes a bed on some days: the stay of a person, or work on the bed.

    ``during`` are the days of the person in this bed, ``taken`` those and the cleaning
    afterwards; a person who moves has one use after the other. Says nothing about
    anybody, so that whoever books sees which beds are free.

    Promises kept by the database: a bed is taken once a day (``bed_taken_once``); a
    person lies in one bed a day (``stay_in_one_bed``); a use is of a stay or says what
    is done (``bed_use_says_why``); the days of the person are among those taken
    (``bed_use_days_are_taken``).
    """

    bed = models.ForeignKey(Bed, models.PROTECT, related_name="uses")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, related_name="beds")
    during = DateRangeField()
    taken = DateRangeField()
    live = models.BooleanField(default=True)
    work = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="bed_taken_once",
                expressions=[
                    ("bed", RangeOperators.EQUAL),
                    ("taken", RangeOperators.OVERLAPS),
                ],
                condition=Q(live=True),
            ),
            ExclusionConstraint(
                name="stay_in_one_bed",
                expressions=[
                    ("stay", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(live=True, stay__isnull=False),
            ),
            models.CheckConstraint(
                name="bed_use_says_why",
                condition=Q(stay__isnull=False, work="") | Q(stay=None) & ~Q(work=""),
            ),
            models.CheckConstraint(
                name="bed_use_days_are_taken",
                condition=Q(taken__contains=models.F("during")),
            ),
        ]
