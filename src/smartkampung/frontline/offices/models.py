"""Tables: how a term of office is handed over, with its open work."""

from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.promises import append_only, refuse_when

_STANDS = """EXISTS (SELECT FROM offices_termhandover h
    LEFT JOIN offices_termtakenback b ON b.handover_id = h.id
    WHERE h.ended_id = NEW.ended_id AND b.id IS NULL)"""


class TermHandover(models.Model):
    """One office that went from one person to the next, and what was open that day.

    ``open_work`` keeps kinds, places and dates of what waited, never a name;
    ``was_until`` when the term would have ended and ``was_heads`` who was named as
    head of the place, for who takes this back; hand-overs of before do not know.
    Promises kept by the database: a term is handed over once, or again after that was
    taken back (trigger ``term_handed_over_once``), to somebody else (``term_handed_to_another``), by
    neither of the two (``term_handed_over_by_a_third``); it is never changed or
    deleted (trigger ``term_handover_append_only``).
    """

    ended = models.ForeignKey(
        "accounts.Assignment", models.PROTECT, related_name="handed_over"
    )
    begun = models.ForeignKey(
        "accounts.Assignment", models.PROTECT, related_name="taken_over"
    )
    leaver = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    follower = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=30, db_collation="C")
    on = models.DateField()
    open_work = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    was_until = models.DateField(null=True)
    was_heads = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="term_handed_to_another", condition=~Q(leaver=F("follower"))
            ),
            models.CheckConstraint(
                name="term_handed_over_by_a_third",
                condition=~Q(by=F("leaver")) & ~Q(by=F("follower")),
            ),
        ]
        triggers = [
            append_only("term_handover_append_only"),
            refuse_when("term_handed_over_once", _STANDS, "handed over already"),
        ]


class TermTakenBack(models.Model):
    """A hand-over that somebody took back before its first day.

    Promises kept by the database: it happens once, and stays
    (``term_taken_back_append_only``).
    """

    handover = models.OneToOneField(
        TermHandover, models.PROTECT, related_name="taken_back"
    )
    by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [append_only("term_taken_back_append_only")]
