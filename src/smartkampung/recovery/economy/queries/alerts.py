"""What was told about curves that fell or are back."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.recovery.economy.models import Alert
from smartkampung.recovery.economy.queries.here import must_see


def alerts_for(actor: Actor) -> QuerySet[Alert]:
    """Return every alert, the latest first; 404 outside the actor's regency."""
    must_see(actor)
    return Alert.objects.select_related("setting").order_by("-at", "-pk")


def alert_for(actor: Actor, pk: int) -> Alert:
    """Return one alert."""
    return get_object_or_404(alerts_for(actor), pk=pk)
