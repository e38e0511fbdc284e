"""To which account a person's aid is paid."""

from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.sealed import SealedField

NUMBER = "bank_account"


class BankAccount(models.Model):
    """A person's account, as one officer wrote it down and another confirmed it.

    ``form_id`` is made when the form opens (``bank_account_form_once``). Promises kept by the database: who wrote it down does not
    confirm it (``bank_account_needs_two_people``); a person has one account in force
    (``bank_account_one_in_force``) and one that waits (``bank_account_one_waiting``);
    an account in force belongs to one person (``bank_account_of_one_person``); a
    decision says who and when (``bank_account_decision_is_signed``).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        IN_FORCE = "in_force"
        REFUSED = "refused"
        REPLACED = "replaced"

    form_id = models.UUIDField()
    person = models.ForeignKey("residents.Person", models.PROTECT, related_name="+")
    region_code = models.CharField(max_length=30, db_collation="C")
    bank_code = models.CharField(max_length=3)
    number = SealedField(purpose=NUMBER)
    number_index = models.BinaryField()
    holder = models.CharField(max_length=70)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "aid"
        constraints = [
            models.UniqueConstraint(fields=["form_id"], name="bank_account_form_once"),
            models.CheckConstraint(
                name="bank_account_needs_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="in_force"),
                name="bank_account_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state="waiting"),
                name="bank_account_one_waiting",
            ),
            models.UniqueConstraint(
                fields=["bank_code", "number_index"],
                condition=Q(state="in_force"),
                name="bank_account_of_one_person",
            ),
            models.CheckConstraint(
                name="bank_account_decision_is_signed",
                condition=Q(state="waiting", decided_by=None, decided_at=None)
                | ~Q(state="waiting")
                & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]
