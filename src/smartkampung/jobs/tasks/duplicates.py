"""Jobs of duplicates: what follows when people are entered, merged or parted."""

from smartkampung.aid.actions.match import look_again
from smartkampung.duplicates.actions import propose_for
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("duplicates.entered")
def look_for_doubles(person_id: int) -> None:
    """Propose the records that may be of a person who was just entered."""
    propose_for(person_id=person_id, at=now())


@job("duplicates.merged")
def look_again_at_aid(person_id: int) -> None:
    """Let the open claims of a person see what the merged record receives."""
    look_again(person_id=person_id, at=now())
