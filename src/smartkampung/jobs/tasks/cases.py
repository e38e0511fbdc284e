"""Jobs of cases: read and write files, decide the zones of days that are over."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.reopening.cases.actions import files
from smartkampung.reopening.cases.actions.deciding import decide_due


@job("cases.decide_zones")
def decide_zones(timestamp: int) -> None:
    """Decide the zones of every day since the last one."""
    decide_due(at=now())


app.periodic(cron="17 17 * * *")(app.tasks["cases.decide_zones"])  # 00.17 WIB


@job("cases.expire_files")
def expire_files(timestamp: int) -> None:
    """Forget what files of cases said when thirty days are over."""
    files.expire_files(at=now())


app.periodic(cron="40 17 * * *")(app.tasks["cases.expire_files"])  # 00.40 WIB


@job("cases.check_file")
def check_file(file_id: int) -> None:
    """Make the preview of a file."""
    files.check_file(file_id=file_id, at=now())


@job("cases.write_file")
def write_file(file_id: int, staff_id: int) -> None:
    """Write the rows of a file, in the name of who took it."""
    files.write_file(file_id=file_id, staff_id=staff_id, at=now())
