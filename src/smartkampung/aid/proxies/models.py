"""Proxies, and what they collected."""

from datetime import timedelta

import pgtrigger
from django.db import models
from django.db.models import F, Q

from smartkampung.aid.models.promises import append_only, refuse_when
from smartkampung.aid.proxies.rules import Relation, Wish
from smartkampung.kernel.sealed import SealedField


class Proxy(models.Model):
    """Who may collect for one person in a time, as two people of the village wrote.

    ``form_id`` is made when the form opens (``proxy_form_once``). Promises kept by the
    database: who wrote it down does not approve it (``proxy_needs_two_people``); a
    decision says who and when (``proxy_decision_is_signed``); a person has one in force
    (``proxy_one_in_force``) and one that waits (``proxy_one_waiting``); none stands
    longer than a year (``proxy_stands_a_year_at_most``); where the family's head wished
    for it, it says why (``proxy_of_the_head_has_reason``).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        IN_FORCE = "in_force"
        REFUSED = "refused"
        ENDED = "ended"

    form_id = models.UUIDField()
    person = models.ForeignKey("residents.Person", models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    nik = SealedField(purpose="nik")
    nik_index = models.BinaryField()
    relation = models.CharField(
        max_length=9, choices=[(r.value, r.name.title()) for r in Relation]
    )
    wish = models.CharField(
        max_length=9, choices=[(w.value, w.name.title()) for w in Wish]
    )
    reason = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id"], name="proxy_form_once"),
            models.CheckConstraint(
                name="proxy_needs_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="proxy_decision_is_signed",
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | ~Q(state="waiting")
                & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="in_force"),
                name="proxy_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="waiting"),
                name="proxy_one_waiting",
            ),
            models.CheckConstraint(
                name="proxy_stands_a_year_at_most",
                condition=Q(
                    until__gte=F("since"), until__lte=F("since") + timedelta(days=365)
                ),
            ),
            models.CheckConstraint(
                name="proxy_of_the_head_has_reason",
                condition=~Q(wish="head") | ~Q(reason=""),
            ),
        ]


class Collection(models.Model):
    """One hand-over that a proxy collected; ``turn`` counts the day's.

    Promises kept by the database: a hand-over is collected by one proxy
    (``collection_once``), who is in force that day, for that person and the same as
    here (``collection_by_a_proxy_in_force``); nobody collects for more people a day
    than ``most`` (``collection_within_the_day``, ``collection_turn_once``). Never
    changed nor deleted (``collection_append_only``).
    """

    handover = models.ForeignKey("aid.Handover", models.PROTECT, related_name="+")
    proxy = models.ForeignKey(Proxy, models.PROTECT, related_name="collections")
    nik_index = models.BinaryField()
    on = models.DateField()
    turn = models.SmallIntegerField()
    most = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover"], name="collection_once"),
            models.UniqueConstraint(
                fields=["nik_index", "on", "turn"], name="collection_turn_once"
            ),
            models.CheckConstraint(
                name="collection_within_the_day",
                condition=Q(turn__gte=1, turn__lte=F("most")),
            ),
        ]
        triggers = [
            append_only("collection_append_only"),
            refuse_when(
                "collection_by_a_proxy_in_force",
                """NOT EXISTS (SELECT FROM aid_proxy p
                    JOIN aid_entitlement e ON e.person_id = p.person_id
                    JOIN aid_handover h ON h.entitlement_id = e.id
                    WHERE p.id = NEW.proxy_id AND h.id = NEW.handover_id
                    AND p.state = 'in_force' AND p.nik_index = NEW.nik_index
                    AND NEW.on BETWEEN p.since AND p.until)""",
                "a proxy collects while in force, and for the own recipient",
                operation=pgtrigger.Insert,
            ),
        ]
