"""Jobs of signals: read files of reports, tell the weeks that are over at night."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.reopening.signals.actions.files import check_file as check
from smartkampung.reopening.signals.actions.files import expire_files as expire
from smartkampung.reopening.signals.actions.publishing import publish_weeks


@job("signals.every_night")
def every_night(timestamp: int) -> None:
    """Tell everybody the cases of weeks that are over."""
    publish_weeks(at=now())


app.periodic(cron="52 19 * * *")(app.tasks["signals.every_night"])  # 02.52 WIB


@job("signals.expire_files")
def expire_files(timestamp: int) -> None:
    """Forget what files of daily reports said when thirty days are over."""
    expire(at=now())


app.periodic(cron="45 17 * * *")(app.tasks["signals.expire_files"])  # 00.45 WIB


@job("signals.check_file")
def check_file(file_id: int) -> None:
    """Make the preview of a file of daily reports."""
    check(file_id=file_id, at=now())
