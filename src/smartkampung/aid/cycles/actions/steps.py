"""What every step of a list shares: the list under lock, refusals, the diary."""

from smartkampung.accounts.actor import Actor
from smartkampung.aid.cycles.models import Cycle, VillageList
from smartkampung.aid.cycles.queries.kin import kin_on_list
from smartkampung.aid.cycles.rules.steps import Bar, ListState
from smartkampung.aid.cycles.words import sentences
from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused

# Who acted by itself: the registry and the conflict matrix.
ROBOT = "cycles"


class StepRefused(Refused):
    """This officer may not take this step of the list now; ``bars`` is complete."""

    code = "step_refused"

    def __init__(self, bars: list[Bar]) -> None:
        super().__init__(sentences(bars))
        self.bars = bars


class NoReason(Refused):
    """A refusal, a return or a change says why."""

    code = "no_reason"


def fresh(village: VillageList) -> VillageList:
    """Return the list as it is now, under lock."""
    return VillageList.objects.select_related("cycle__programme").get(pk=village.pk)


def must_be(village: VillageList, state: ListState) -> VillageList:
    """Return the list as it is now; raise StepRefused unless it is in a state.

    Nothing more happens to the lists of a closed cycle.
    """
    now_is = fresh(village)
    refuse_closed(now_is)
    if now_is.state != state:
        raise StepRefused([Bar.NOT_THIS_STEP])
    return now_is


def refuse_closed(village: VillageList) -> None:
    """Raise StepRefused where the cycle of a list is closed."""
    refuse([Bar.CYCLE_CLOSED] if village.cycle.state == Cycle.State.CLOSED else [])


def refuse(bars: list[Bar]) -> None:
    """Raise StepRefused where something bars a step."""
    if bars:
        raise StepRefused(bars)


def flag_kin(village: VillageList, by: Actor) -> None:
    """Mark who on a list is kin of the officer who judges it."""
    kin = kin_on_list(village, by.staff_id)
    village.proposals.filter(pk__in=kin).update(kin_found=True)


def note(name: str, village: VillageList, by: Actor, **detail: object) -> None:
    """Write down what was done with a list."""
    record(
        name, target=village, by=by.username, region_code=village.village_code, **detail
    )
