"""The walk of a day: what lies together stays together, the nearest comes next."""

from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from smartkampung.regions.walk import Spot, route
from smartkampung.web.frontline.clocks import clock

HERE, NEXT, FAR = "35.10.09.2003", "35.10.09.2004", "35.10.09.2009"
NOON = datetime(2026, 11, 30, 5, tzinfo=UTC)  # 12.00 WIB


def test_the_nearest_village_comes_next_and_not_the_next_code() -> None:
    spots = {
        HERE: Spot(at=(-8.20, 114.30)),
        NEXT: Spot(at=(-8.40, 114.30)),
        FAR: Spot(at=(-8.21, 114.31)),
    }
    codes = [f"{village}.001.001" for village in (HERE, NEXT, FAR)]
    assert route(codes, spots, start=codes[0]) == [codes[0], codes[2], codes[1]]
    assert route(codes, spots, start=codes[1]) == [codes[1], codes[2], codes[0]]


def test_an_rw_of_the_same_dusun_comes_before_one_of_another() -> None:
    rws = {f"{HERE}.00{number}": Spot(dusun) for number, dusun in enumerate("ABA", 1)}
    codes = [f"{rw}.001" for rw in rws]
    assert route(codes, rws, start=codes[0]) == [codes[0], codes[2], codes[1]]


def test_what_is_the_villages_own_is_done_before_its_rts() -> None:
    codes = [f"{HERE}.001.001", HERE, f"{HERE}.001"]
    assert route(codes, {}, start="") == [HERE, f"{HERE}.001", f"{HERE}.001.001"]


def test_places_that_nobody_surveyed_follow_by_code() -> None:
    spots = {FAR: Spot(at=(-8.2, 114.3))}
    codes = [HERE, NEXT, FAR]
    assert route(codes, spots, start=FAR) == [FAR, HERE, NEXT]
    assert route([], {}, start="") == []


segments = st.sampled_from(["001", "002", "003"])
places = st.builds(
    lambda village, rest: ".".join([village, *rest]),
    st.sampled_from([HERE, NEXT, FAR, "35.10.10.2001", "35.10.09"]),
    st.lists(segments, max_size=2),
)
positions = st.none() | st.tuples(st.floats(-9, -7), st.floats(113, 115))
spots_known = st.dictionaries(
    places, st.builds(Spot, st.sampled_from(["", "A", "B"]), positions), max_size=12
)


@settings(max_examples=50, deadline=None)
@given(st.lists(places, max_size=20), spots_known, st.data())
def test_every_place_once_and_each_village_in_one_go(
    codes: list[str], spots: dict[str, Spot], data: st.DataObject
) -> None:
    start = data.draw(st.sampled_from(codes)) if codes else ""
    found = route(codes, spots, start=start)
    assert sorted(found) == sorted(set(codes))
    for depth in (4, 5):
        runs = [key for key, _ in groupby(c.split(".")[:depth] for c in found)]
        assert len(runs) == len({tuple(run) for run in runs})


@pytest.mark.parametrize(
    ("left", "words", "state"),
    [
        (-timedelta(days=2, hours=3), "2 days late", "late"),
        (-timedelta(hours=3), "3 hours late", "late"),
        (-timedelta(minutes=1), "late since just now", "late"),
        (timedelta(minutes=59), "within the hour", "wait"),
        (timedelta(hours=3, minutes=30), "3 hours left", "wait"),
        (timedelta(hours=12), "tomorrow", ""),
        (timedelta(days=5), "in 5 days", ""),
    ],
)
def test_the_clock_says_how_long(left: timedelta, words: str, state: str) -> None:
    with override("en"):
        found = clock(NOON + left, NOON)
    assert (found.words, found.state) == (words, state)
