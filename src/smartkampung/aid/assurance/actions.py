"""Writes down who took findings away: the act of looking is itself on record."""

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.assurance.queries.thread import Thread
from smartkampung.aid.assurance.rules import Error
from smartkampung.audit.actions import record
from smartkampung.regions.models import Region


def note_download(*, error: Error, rows: int, by: Actor) -> None:
    """Write down that the findings of a check were downloaded, and how many."""
    place = by.regions_where(Permission.ASSURANCE_VIEW)[0]
    record(
        "aid.findings_downloaded",
        target=Region(code=place),
        by=by.username,
        region_code=place,
        check=error.value,
        rows=rows,
    )


def note_export(*, thread: Thread, digest: str, by: Actor) -> None:
    """Write down that a case was taken away as a document, by the hash of the file."""
    record(
        "aid.thread_exported",
        target=thread.origin,
        by=by.username,
        region_code=thread.region_code,
        sha256=digest,
    )
