"""Who takes which free place."""

from hypothesis import given
from hypothesis import strategies as st

from smartkampung.recovery.programmes.rules.choosing import InLine, choose


def line(*ones: tuple[str, bool]) -> list[InLine]:
    """Return people by rank: how each was chosen, and whether they were."""
    return [
        InLine(person, None, person, way, chosen)
        for person, (way, chosen) in enumerate(ones, 1)
    ]


def people(taken: list[tuple[int, InLine]]) -> dict[int, int]:
    """Return who takes which number."""
    return {number: one.person for number, one in taken}


def test_new_places_go_by_rank_to_those_chosen_first() -> None:
    waiting = line(("", False), ("women", True), ("", True))
    assert people(choose([1, 2, 3], {}, waiting)) == {1: 2, 2: 3, 3: 1}


def test_a_place_goes_to_the_next_of_the_same_way() -> None:
    waiting = line(("", True), ("women", True), ("women", True))
    assert people(choose([4], {4: "women"}, waiting)) == {4: 2}


def test_where_nobody_of_that_way_waits_the_next_by_rank_takes_it() -> None:
    assert people(choose([4], {4: "women"}, line(("", True), ("", True)))) == {4: 1}


def test_a_new_place_never_takes_away_who_would_keep_a_quota() -> None:
    waiting = line(("women", True), ("", True))
    assert people(choose([1, 9], {9: "women"}, waiting)) == {9: 1, 1: 2}


def test_who_was_sent_home_comes_before_everybody() -> None:
    home = InLine(7, None, 99, "", chosen=True, again=True)
    waiting = [*line(("women", True)), home]
    assert people(choose([4, 5], {4: "women"}, waiting)) == {4: 7, 5: 1}


def test_a_short_line_fills_what_it_can() -> None:
    assert len(choose([1, 2, 3], {}, line(("", True)))) == 1


LINES = st.lists(
    st.tuples(st.sampled_from(["", "women", "lot"]), st.booleans()), max_size=12
)
WAYS = st.dictionaries(
    st.integers(1, 9), st.sampled_from(["", "women", "lot"]), max_size=6
)


@given(LINES, WAYS, st.integers(0, 12))
def test_nobody_twice_no_number_twice_and_nobody_left_while_places_are(
    ones: list[tuple[str, bool]], ways: dict[int, str], places: int
) -> None:
    free = list(range(1, places + 1))
    taken = choose(free, ways, line(*ones))
    assert len(taken) == min(len(ones), places)
    assert len({number for number, _ in taken}) == len(taken)
    assert len({one.person for _, one in taken}) == len(taken)


@given(LINES, WAYS)
def test_as_many_of_a_way_come_as_left_while_enough_wait(
    ones: list[tuple[str, bool]], ways: dict[int, str]
) -> None:
    """Replacing keeps a quota: for each who left, one of the same way, if any waits."""
    taken = choose(sorted(ways), ways, line(*ones))
    for way in ("women", "lot"):
        left = sum(before == way for before in ways.values())
        waiting = sum(one == way for one, _ in ones)
        came = sum(one.way == way for _, one in taken)
        if set(ways.values()) <= {way}:
            assert came >= min(left, waiting)
