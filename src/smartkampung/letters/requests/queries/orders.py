"""How far a signing of many letters has come."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.letters.requests.models import OrderItem, SigningOrder


@dataclass(frozen=True)
class Progress:
    """An order, its letters in their order, and how many wait."""

    order: SigningOrder
    items: list[OrderItem]

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return sum(item.state == OrderItem.State.WAITING for item in self.items)

    @property
    def refused(self) -> list[OrderItem]:
        """Return what could not be signed; ``code`` says why."""
        return [item for item in self.items if item.state == OrderItem.State.REFUSED]


def progress(actor: Actor, order_id: int) -> Progress:
    """Return one's own order; 404 for that of anybody else."""
    order = get_object_or_404(SigningOrder, pk=order_id, signer=actor.staff_id)
    items = order.items.select_related("request__subject").order_by("pk")
    return Progress(order, list(items))
