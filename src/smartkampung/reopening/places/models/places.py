"""The register of places where people meet."""

from django.db import models
from django.db.models import Q

from smartkampung.kernel.sealed import SealedField
from smartkampung.reopening.places.rules.protocol import PLACE_KINDS
from smartkampung.reopening.places.rules.standing import State

PHONE = "phone"


class Place(models.Model):
    """A place under protocol, entered by its village or asked for by its owner.

    ``region_code`` is its RT, or its village where the RT is not known. ``run_by`` is
    the account of a member of staff who runs it, if one does: they never inspect it.
    ``code_hash`` opens it to its owner.
    Promises kept by the database: a form sent twice is one place
    (``place_form_once``); it takes at least one person (``place_takes_somebody``);
    latitude and longitude come together (``place_has_both_coordinates``); a place that
    is not registered says why (``place_refused_with_reason``); when it closed is known
    of what is closed, and of nothing else (``place_closed_at_a_moment``).
    """

    kind = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in PLACE_KINDS]
    )
    name = models.CharField(max_length=80)
    region_code = models.CharField(max_length=30, db_collation="C")
    address = models.CharField(max_length=200)
    capacity = models.IntegerField()
    contact_name = models.CharField(max_length=80)
    contact_phone = SealedField(purpose=PHONE, null=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    run_by = models.CharField(max_length=150, blank=True)
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in State]
    )
    reason = models.CharField(max_length=300, blank=True)
    code_hash = models.BinaryField(unique=True)
    form_id = models.UUIDField()
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form_id"], name="place_form_once"),
            models.CheckConstraint(
                name="place_takes_somebody", condition=Q(capacity__gte=1)
            ),
            models.CheckConstraint(
                name="place_has_both_coordinates",
                condition=Q(lat=None, lng=None)
                | Q(lat__isnull=False, lng__isnull=False),
            ),
            models.CheckConstraint(
                name="place_refused_with_reason",
                condition=~Q(state__in=[State.REFUSED, State.CLOSED]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="place_closed_at_a_moment",
                condition=Q(state=State.CLOSED, closed_at__isnull=False)
                | ~Q(state=State.CLOSED) & Q(closed_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["region_code", "kind"], name="place_where"),
        ]
