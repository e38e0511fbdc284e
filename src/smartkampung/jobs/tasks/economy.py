"""Jobs of the economy: read a file of figures, look for falls, count for the public."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.recovery.economy.actions.counting import publish_sectors
from smartkampung.recovery.economy.actions.files import check_file as check
from smartkampung.recovery.economy.actions.watching import watch


@job("economy.check_file")
def check_file(file_id: int) -> None:
    """Make the preview of a file."""
    check(file_id=file_id, at=now())


@job("economy.every_night")
def every_night(timestamp: int) -> None:
    """Tell what a setting of today changes, and count for the public."""
    watch(at=now())
    publish_sectors(at=now())


app.periodic(cron="37 2 * * *")(app.tasks["economy.every_night"])
