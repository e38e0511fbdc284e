"""Which card of a recipient is in force."""

import pgtrigger
from django.db import models
from django.db.models import Q

from smartkampung.aid.cards.rules import End
from smartkampung.aid.models.promises import refuse_when


class Card(models.Model):
    """A card of one person; only the keyed hash of what stands on it is kept.

    Promises kept by the database: a person has one card in force
    (``card_one_in_force``); its end says who, when and why (``card_end_is_signed``);
    what ended never works again, and no card changes its code
    (``card_ended_stays_ended``).
    """

    person = models.ForeignKey("residents.Person", models.PROTECT, related_name="+")
    code_hash = models.BinaryField(unique=True)
    made_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    end = models.CharField(
        max_length=9, choices=[(e.value, e.name.title()) for e in End], blank=True
    )
    ended_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_at=None),
                name="card_one_in_force",
            ),
            models.CheckConstraint(
                name="card_end_is_signed",
                condition=Q(end="", ended_by=None, ended_at=None)
                | ~Q(end="") & Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
        ]
        triggers = [
            refuse_when(
                "card_ended_stays_ended",
                """NEW.code_hash IS DISTINCT FROM OLD.code_hash
                    OR OLD.ended_at IS NOT NULL
                    AND NEW.ended_at IS DISTINCT FROM OLD.ended_at""",
                "a card that ended never works again",
                operation=pgtrigger.Update,
            )
        ]
