"""The village that a text names."""

import pytest

from smartkampung.frontline.texting.rules.naming import Named, Village, find

VILLAGES = [
    Village("1.1", "Sumberwangi", "Lereng"),
    Village("1.2", "Karangjati", "Lereng"),
    Village("1.3", "Lereng", "Lereng"),
    Village("2.1", "Karangjati", "Pesisir"),
    Village("2.2", "Tegal Karangjati", "Pesisir"),
    Village("2.3", "Bayu", "Pesisir"),
]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Sumberwangi", "1.1"),
        ("desa SUMBER WANGI, kec. Lereng", "1.1"),
        ("sumberwngi", "1.1"),
        ("Karangjati Lereng", "1.2"),
        ("karangjati pesisir", "2.1"),
        ("Tegal Karangjati", "2.2"),
        ("Lereng", "1.3"),
        ("saya dari Bayu", "2.3"),
    ],
)
def test_one_village(said: str, code: str) -> None:
    assert find(said, VILLAGES) == Named(code)


@pytest.mark.parametrize("said", ["Karangjati", "Jakarta", "", "baju", "RT 7 RW 2"])
def test_several_or_none(said: str) -> None:
    assert find(said, VILLAGES) is None


@pytest.mark.parametrize("said", ["Sumberwangi RT 7 RW 2", "rw.02 rt.007 sumberwangi"])
def test_rt_and_rw_may_stand_beside(said: str) -> None:
    assert find(said, VILLAGES) == Named("1.1", "1.1.002.007")
    assert find("Sumberwangi RT 7", VILLAGES) == Named("1.1")
