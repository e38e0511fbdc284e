"""What is written down of people who arrive and stay: facts, never changed."""

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from smartkampung.isolation.arrival.rules.screening import Advice, RapidTest
from smartkampung.isolation.arrival.rules.visits import Ended, Found, Safety
from smartkampung.isolation.models.stays import PHONE, Stay
from smartkampung.isolation.monitoring.rules.health import Symptom
from smartkampung.isolation.rules.states import EntryPoint
from smartkampung.kernel.promises import append_only
from smartkampung.kernel.sealed import SealedField


def _choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(str(one.value), one.name.title()) for one in kind]


class Passage(models.Model):
    """One person came through a checkpoint. Says nothing about health.

    The id comes from the form, so that a form sent twice is one passage. Promise kept
    by the database: a passage is never changed or deleted (``passage_append_only``).
    """

    id = models.UUIDField(primary_key=True)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="passages")
    place = models.CharField(max_length=10, choices=_choices(EntryPoint))
    goes_on = models.BooleanField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        triggers = [append_only("passage_append_only")]


class Screening(models.Model):
    """What the checkpoint measured and was told: for health workers only.

    Whoever screens writes it down and cannot read it back (row-level security).
    Promises kept by the database: readings are ones that a living person has
    (``screening_readings_possible``), and never changed (``screening_append_only``).
    """

    passage = models.OneToOneField(Passage, models.PROTECT, primary_key=True)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="screenings")
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True)
    spo2 = models.SmallIntegerField(null=True)
    symptoms = ArrayField(models.CharField(max_length=11, choices=_choices(Symptom)))
    test = models.CharField(max_length=8, choices=_choices(RapidTest))
    advice = models.CharField(max_length=8, choices=_choices(Advice))
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="screening_readings_possible",
                condition=(
                    Q(temperature=None) | Q(temperature__gte=30, temperature__lte=45)
                )
                & (Q(spo2=None) | Q(spo2__gte=50, spo2__lte=100)),
            )
        ]
        triggers = [append_only("screening_append_only")]


class CheckIn(models.Model):
    """Somebody was let into the house, or into isolation at home.

    Promises kept by the database: a person is checked in once (the primary key), and
    that is never changed or deleted (``check_in_append_only``).
    """

    stay = models.OneToOneField(
        Stay, models.PROTECT, primary_key=True, related_name="check_in"
    )
    bed = models.ForeignKey(
        "isolation.Bed", models.PROTECT, null=True, related_name="+"
    )
    belongings = models.CharField(max_length=300, blank=True)
    contact_name = models.CharField(max_length=120)
    contact_phone = SealedField(purpose=PHONE, null=True)
    consent_by = models.CharField(max_length=120)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        triggers = [append_only("check_in_append_only")]


class SupervisionVisit(models.Model):
    """Somebody of the three pillars came by. Presence and safety, never symptoms.

    ``metres`` is how far from the house that was. Promises kept by the database: a
    visit has its position and its photo, or says why not (``visit_shows_its_place``);
    a position is one on earth (``visit_position_possible``); visits are never changed
    or deleted (``visit_append_only``).
    """

    id = models.UUIDField(primary_key=True)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="visits")
    officer = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    found = models.CharField(max_length=10, choices=_choices(Found))
    safety = ArrayField(models.CharField(max_length=9, choices=_choices(Safety)))
    note = models.CharField(max_length=300, blank=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    metres = models.IntegerField(null=True)
    photo = models.ForeignKey(
        "intake.Upload", models.PROTECT, null=True, related_name="+"
    )
    missing = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="visit_shows_its_place",
                condition=Q(lat__isnull=False, photo__isnull=False) | ~Q(missing=""),
            ),
            models.CheckConstraint(
                name="visit_position_possible",
                condition=Q(lat=None, lng=None)
                | Q(lat__gte=-90, lat__lte=90, lng__gte=-180, lng__lte=180),
            ),
        ]
        indexes = [models.Index(fields=["stay", "at"], name="visit_last")]
        triggers = [append_only("visit_append_only")]


class Departure(models.Model):
    """Somebody left without permission, and what came of it.

    Promises kept by the database: a person is gone once at a time
    (``departure_open_once``); an ended one says how, by whom and when
    (``departure_end_says_how``).
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="departures")
    noticed_at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    ended = models.CharField(max_length=9, choices=_choices(Ended), blank=True)
    ended_words = models.CharField(max_length=300, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(ended_at=None),
                name="departure_open_once",
            ),
            models.CheckConstraint(
                name="departure_end_says_how",
                condition=Q(ended_at=None, ended="", ended_by="")
                | Q(ended_at__isnull=False) & ~Q(ended="") & ~Q(ended_by=""),
            ),
        ]
