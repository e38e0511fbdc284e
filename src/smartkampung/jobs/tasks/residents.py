"""Jobs of the registry."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.residents.bulk import count_words


@job("residents.count_words")
def count_name_words(timestamp: int) -> None:
    """Count how common each word of a name is, so that the likeliest is tried first."""
    count_words()


app.periodic(cron="37 1 * * *")(app.tasks["residents.count_words"])
