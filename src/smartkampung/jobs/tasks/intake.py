"""Jobs of intake."""

from procrastinate.contrib.django import app

from smartkampung.intake.actions import upkeep
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("intake.clean_up")
def clean_up(timestamp: int) -> None:
    """Throw away old counts, answers, codes and photos of forms never sent."""
    upkeep.clean_up(at=now())


app.periodic(cron="17 2 * * *")(app.tasks["intake.clean_up"])
