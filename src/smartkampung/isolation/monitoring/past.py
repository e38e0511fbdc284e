"""The door to the alerts that rose about one person, closed ones too."""

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.isolation.models import Escalation, Stay
from smartkampung.isolation.monitoring.rules.ladder import DUTIES


def alerts_of(actor: Actor, stay: Stay) -> list[Escalation]:
    """Return every alert about somebody that the actor might answer, the latest first.

    So pillars read of whom nobody saw and of who left, and of nothing else.
    """
    region = stay.reservation.region_code
    shown = [
        trigger
        for trigger, duty in DUTIES.items()
        if actor.may_in(duty.permission, region)
        and (not duty.health or actor.may_in(Permission.ISOLATION_HEALTH_VIEW, region))
    ]
    rows = Escalation.objects.filter(stay=stay, trigger__in=shown)
    return list(rows.select_related("acknowledged_by").order_by("-opened_at", "-pk"))
