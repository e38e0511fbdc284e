"""Many letters that one person signs at once, in the worker."""

from django.db import models
from django.db.models import F, Q

from smartkampung.kernel.sealed import SealedField
from smartkampung.letters.requests.models.requests import LetterRequest

SEALED_AS = "letter.order"


class SigningOrder(models.Model):
    """Sign these letters in my name, within a quarter of an hour.

    The passphrase is sealed and forgotten at the end. Promises kept by the database:
    an order that ended remembers no passphrase (``signing_order_forgets``), and it ends
    (``signing_order_expires``).
    """

    signer = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    village_code = models.CharField(max_length=30, db_collation="C")
    passphrase = SealedField(purpose=SEALED_AS, null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_order_forgets",
                condition=Q(ended_at=None, passphrase__isnull=False)
                | Q(ended_at__isnull=False, passphrase=None),
            ),
            models.CheckConstraint(
                name="signing_order_expires",
                condition=Q(expires_at__gt=F("made_at")),
            ),
        ]


class OrderItem(models.Model):
    """One letter of an order, and how it went.

    Promise kept by the database: a request stands once in an order
    (``order_item_once``).
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SIGNED = "signed"
        REFUSED = "refused"

    order = models.ForeignKey(SigningOrder, models.CASCADE, related_name="items")
    request = models.ForeignKey(LetterRequest, models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    code = models.CharField(max_length=60, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "request"], name="order_item_once")
        ]
