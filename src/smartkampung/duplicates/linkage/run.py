"""One search of the whole registry, from reading it to the lists of the officers.

One at a time, by a lock that goes when the process goes. Killed at any moment it
leaves whole proposals only; the next run finds the rest, and nothing twice.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.duplicates.actions.propose import Found, propose
from smartkampung.duplicates.linkage.engine import in_memory, registered
from smartkampung.duplicates.linkage.find import Explained, Search
from smartkampung.duplicates.linkage.registry import everybody
from smartkampung.duplicates.linkage.table import table_of
from smartkampung.duplicates.models import NameShare, Run
from smartkampung.duplicates.rules.weights import Model, current_model
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused

LOCK = 351_015_004  # any number that no other advisory lock of this program has
AT_ONCE = 1_000
Tell = Callable[[str, int], None]  # what is being done, how many so far


class AlreadyRunning(Refused):
    """Another process searches at this moment."""

    code = "duplicates_already_running"


def search_registry(
    *, by: str, at: datetime, tell: Tell, model: Model | None = None
) -> Run:
    """Search everybody, and propose what is found; raise AlreadyRunning.

    ``model`` is the one that this version ships, unless given.
    """
    model = model or current_model()
    with _alone():
        run = Run.objects.create(
            model_version=model.version, started_at=at, started_by=by
        )
        with in_memory() as engine:
            people = table_of(everybody(), tell=lambda n: tell("read", n))
            run.people = people.num_rows
            search = Search(registered(engine, people), model, count=run.people)
            del people
            tell("compare", run.people)
            pairs = search.pairs()
            run.pairs = len(pairs)
            _keep_shares(search)
            run.proposed = _propose(search.explained(pairs), model, at, tell)
        _finish(run, by)
    return run


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise AlreadyRunning(
                _("A search for duplicates is running already. Wait until it ends.")
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _propose(
    explained: Iterator[Explained], model: Model, at: datetime, tell: Tell
) -> int:
    proposed, piece = 0, []
    for pair in explained:
        piece.append(Found(*pair))
        if len(piece) == AT_ONCE:
            proposed += propose(piece, version=model.version, at=at)
            tell("propose", proposed)
            piece = []
    proposed += propose(piece, version=model.version, at=at)
    tell("propose", proposed)
    return proposed


@transaction.atomic
def _keep_shares(search: Search) -> None:
    """Keep how common names are, for whoever is entered one by one."""
    NameShare.objects.all().delete()
    NameShare.objects.bulk_create(
        (
            NameShare(column=column, value=value, share=share)
            for column, value, share in search.shares()
        ),
        batch_size=5_000,
    )


@transaction.atomic
def _finish(run: Run, by: str) -> None:
    run.finished_at = now()
    run.save()
    record(
        "duplicates.searched",
        target=run,
        by=by,
        people=run.people,
        proposed=run.proposed,
        model=run.model_version,
    )
