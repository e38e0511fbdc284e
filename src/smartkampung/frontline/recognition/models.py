"""Thanks that somebody sent, and the villages that were named for a week."""

from django.db import models
from django.db.models import F, Q

from smartkampung.frontline.recognition.rules.thanks import Sentence, Service
from smartkampung.frontline.recognition.rules.week import FEWEST, Area, Way
from smartkampung.kernel.promises import append_only


class Thanks(models.Model):
    """Thanks for one case, from somebody who stays unnamed, to a village's offices.

    ``case_mark`` is a keyed fingerprint of the case that matches no other table.
    Promises kept by the database: one case gives thanks once
    (``thanks_once_a_case``); own words and chosen sentences exclude each other
    (``thanks_own_words_or_a_sentence``); those for isolation are sentences, so that
    nobody reads there what somebody suffered from (``thanks_isolation_in_sentences``).
    """

    case_mark = models.BinaryField()
    service = models.CharField(
        max_length=9, choices=[(one.value, one.name.title()) for one in Service]
    )
    village_code = models.CharField(max_length=30, db_collation="C")
    sentence = models.CharField(
        max_length=5, choices=[(one.value, one.name.title()) for one in Sentence]
    )
    words = models.CharField(max_length=200, blank=True)
    given_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_mark"], name="thanks_once_a_case"),
            models.CheckConstraint(
                name="thanks_own_words_or_a_sentence",
                condition=Q(sentence=Sentence.OWN) & ~Q(words="")
                | ~Q(sentence=Sentence.OWN) & Q(words=""),
            ),
            models.CheckConstraint(
                name="thanks_isolation_in_sentences",
                condition=~Q(service=Service.ISOLATION) | Q(words=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["village_code", "given_on"], name="thanks_of_a_village"
            )
        ]


class Week(models.Model):
    """A week that was looked at: what at, how, and among how many villages.

    Promises kept by the database: a week is decided once (``week_decided_once``) and
    begins on a Monday (``week_begins_on_a_monday``); what was said is never changed
    (trigger ``week_append_only``).
    """

    monday = models.DateField()
    area = models.CharField(
        max_length=9, choices=[(one.value, one.name.title()) for one in Area]
    )
    way = models.CharField(
        max_length=6, choices=[(one.value, one.name.title()) for one in Way]
    )
    compared = models.IntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["monday"], name="week_decided_once"),
            models.CheckConstraint(
                name="week_begins_on_a_monday",
                condition=Q(monday__iso_week_day=1),
            ),
        ]
        triggers = [append_only("week_append_only")]


class Named(models.Model):
    """A village that was named for a week, with the counts that speak for it.

    Promises kept by the database: a village is named once for a week
    (``named_once_a_week``), by enough that fell due (``named_by_enough``).
    """

    week = models.ForeignKey(Week, models.CASCADE, related_name="named")
    village = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    due = models.IntegerField()
    in_time = models.IntegerField()
    due_before = models.IntegerField()
    in_time_before = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["week", "village"], name="named_once_a_week"
            ),
            models.CheckConstraint(
                name="named_by_enough",
                condition=Q(due__gte=FEWEST, in_time__lte=F("due")),
            ),
        ]
