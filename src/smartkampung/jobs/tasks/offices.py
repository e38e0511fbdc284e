"""Jobs of offices: work that was given passes on with a term of office."""

from procrastinate.contrib.django import app

from smartkampung.accounts.actions.devices import end_phones_without_office
from smartkampung.frontline.offices.actions.handing_over import pass_on_all
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("offices.every_day")
def every_day(timestamp: int) -> None:
    """Give what was given to who left to who follows, and end the phones of who left."""
    pass_on_all(at=now())
    end_phones_without_office(at=now())


# Ten minutes after midnight WIB.
app.periodic(cron="10 17 * * *")(app.tasks["offices.every_day"])
