"""Jobs of texts that came in."""

from procrastinate.contrib.django import app

from smartkampung.frontline.texting.actions.assist import forget_phones
from smartkampung.frontline.texting.actions.receive import forget_old
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("texting.every_night")
def every_night(timestamp: int) -> None:
    """Forget old texts, and the phones of those who were called long ago."""
    forget_old(at=now())
    forget_phones(at=now())


app.periodic(cron="50 17 * * *")(app.tasks["texting.every_night"])  # 00.50 WIB
