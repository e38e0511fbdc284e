"""Which numbers about people in programmes anybody may read. Pure."""

from collections.abc import Mapping, Sequence
from statistics import median

from smartkampung.kernel.small_cells import (
    SMALLEST_SHOWN,
    TOTAL,
    protected,
    small,
)

FINISHED, OTHERS = "finished", "others"
CHOSEN = "chosen"
Incomes = Sequence[tuple[int, int]]
Numbers = dict[str, dict[str, int | None]]
HIDDEN: dict[str, int | None] = {
    "income_before": None,
    "income_after": None,
    "asked": None,
}


def counts(people: Mapping[str, tuple[int, int]]) -> Numbers:
    """Return who took a place and who finished, by kecamatan ("" is the regency).

    ``people`` holds (took a place, of them finished). Small counts are hidden, and as
    many others as it takes to keep them hidden: also between who finished and who did
    not, which together are those who took a place.
    """
    if not people:
        return {}
    table = {
        place: {FINISHED: finished, OTHERS: chosen - finished}
        for place, (chosen, finished) in people.items()
    }
    return {
        "" if place == TOTAL else place: {
            CHOSEN: cells[TOTAL],
            FINISHED: cells[FINISHED],
        }
        for place, cells in protected(table).items()
    }


def medians(incomes: Incomes) -> dict[str, int | None]:
    """Return the median income before and after, and of how many it was asked.

    None at all where so few were asked that a median points at people.
    """
    if not incomes:
        return {"asked": 0}
    if len(incomes) < SMALLEST_SHOWN:
        return dict(HIDDEN)
    return {
        "income_before": round(median(before for before, _after in incomes)),
        "income_after": round(median(after for _before, after in incomes)),
        "asked": len(incomes),
    }


def medians_by_place(
    incomes: Mapping[str, Incomes],
) -> dict[str, dict[str, int | None]]:
    """Return medians of each kecamatan and of the regency ("").

    A kecamatan is left out, too, when those of all others together are few: what the
    regency says would then point at them.
    """
    everybody = [pair for pairs in incomes.values() for pair in pairs]
    found = {"": medians(everybody)}
    for place, pairs in incomes.items():
        rest = len(everybody) - len(pairs)
        found[place] = dict(HIDDEN) if small(rest) else medians(pairs)
    return found
