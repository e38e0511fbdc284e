"""What was written down about goods in warehouses."""

from django.db import models
from django.db.models import F, Q

from smartkampung.aid.goods.rules import Cause, Kind


class GoodsMove(models.Model):
    """Goods that came into a warehouse, were spoiled there, or sent to another.

    ``id`` is made when the form opens. ``to_code`` is the warehouse that they were
    sent to; there somebody else counts what arrived. The ledger moves with it.

    Promises kept by the database: something moves (``goods_move_moves_something``);
    what is spoiled has a reason (``goods_move_spoiled_has_reason``); what is sent goes
    to another warehouse (``goods_move_goes_somewhere``); no more arrives than was sent,
    and what is missing has a reason (``goods_move_arrival_is_whole``); nobody counts
    what they sent themselves (``goods_move_counted_by_another``).
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(
        max_length=8, choices=[(k.value, k.name.title()) for k in Kind]
    )
    item = models.CharField(max_length=20)
    region_code = models.CharField(max_length=30, db_collation="C")
    to_code = models.CharField(max_length=30, db_collation="C", blank=True)
    quantity = models.BigIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    arrived = models.BigIntegerField(null=True)
    loss_reason = models.CharField(max_length=300, blank=True)
    arrived_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="goods_move_moves_something", condition=Q(quantity__gt=0)
            ),
            models.CheckConstraint(
                name="goods_move_spoiled_has_reason",
                condition=~Q(kind="spoiled") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="goods_move_goes_somewhere",
                condition=Q(kind="sent") & ~Q(to_code="") & ~Q(to_code=F("region_code"))
                | ~Q(kind="sent") & Q(to_code=""),
            ),
            models.CheckConstraint(
                name="goods_move_arrival_is_whole",
                condition=Q(
                    arrived=None, arrived_by=None, arrived_at=None, loss_reason=""
                )
                | Q(
                    Q(arrived=F("quantity")) | ~Q(loss_reason=""),
                    kind="sent",
                    arrived__gte=0,
                    arrived__lte=F("quantity"),
                    arrived_by__isnull=False,
                    arrived_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="goods_move_counted_by_another",
                condition=Q(arrived_by=None) | ~Q(arrived_by=F("by")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_code"], condition=Q(arrived=None), name="goods_on_the_way"
            )
        ]


class StockCount(models.Model):
    """What was really on the shelf of a warehouse, against what the books said then.

    ``id`` is made when the form opens. A difference waits for a second person, who has
    it booked or refuses it. Promises kept by the database: who counted does not decide
    (``stock_count_needs_two_people``); a difference has a cause and a reason
    (``stock_count_difference_has_reason``); one count of an item waits at a time
    (``stock_count_one_waiting``); a decision says who and when
    (``stock_count_decision_is_signed``); nothing is counted below nought
    (``stock_count_counts``).
    """

    class State(models.TextChoices):
        AGREES = "agrees"
        WAITING = "waiting"
        BOOKED = "booked"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True)
    item = models.CharField(max_length=20)
    region_code = models.CharField(max_length=30, db_collation="C")
    book = models.BigIntegerField()
    counted = models.BigIntegerField()
    cause = models.CharField(
        max_length=7, choices=[(c.value, c.name.title()) for c in Cause], blank=True
    )
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=7, choices=State.choices)
    by = models.ForeignKey("accounts.Staff", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.Staff", models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stock_count_needs_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")),
            ),
            models.CheckConstraint(
                name="stock_count_difference_has_reason",
                condition=Q(state="agrees", counted=F("book"), cause="", reason="")
                | (
                    Q(counted__gt=F("book"), cause="found")
                    | Q(counted__lt=F("book"), cause__in=["spoiled", "missing"])
                )
                & ~Q(state="agrees")
                & ~Q(reason=""),
            ),
            models.UniqueConstraint(
                fields=["item", "region_code"],
                condition=Q(state="waiting"),
                name="stock_count_one_waiting",
            ),
            models.CheckConstraint(
                name="stock_count_decision_is_signed",
                condition=Q(
                    state__in=["agrees", "waiting"], decided_by=None, decided_at=None
                )
                | Q(
                    state__in=["booked", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="stock_count_counts", condition=Q(counted__gte=0, book__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["region_code"], name="stock_count_region")]
