"""After a demo travelled in time: the nights that nobody was awake for."""

from django.db import transaction
from procrastinate.contrib.django import app

from smartkampung.kernel.clock import now
from smartkampung.kernel.later import later


@transaction.atomic
def make_up() -> None:
    """Promise every regular job once; each makes up for the days on which it did not run."""
    timestamp = int(now().timestamp())
    for name, number in app.periodic_registry.periodic_tasks:
        later(name, once=f"travel:{name}:{number}", timestamp=timestamp)
