"""When two addresses are one house, and when an address names none."""

import pytest

from smartkampung.reopening.cases.rules.houses import house_key, names_a_house


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Jl. Mawar No. 5", "mawar 5"),
        ("Mawar 5 RT 003 RW 001", "Jalan Mawar Nomor 5, RT 3/1"),
        ("Dusun Krajan no. 12A", "Dsn Krajan 12a"),
    ],
)
def test_one_house_is_written_in_many_ways(one: str, two: str) -> None:
    assert house_key(one, family=None, who="a") == house_key(two, family=7, who="b")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sda",
        "tidak tahu",
        "Dusun Krajan",
        "Dusun 3",
        "Dsn Krajan RT 003 RW 001",
        "Krajan RT 3/1",
        "Krajan RT03/RW01",
        "Jl. Mawar",
        "Gang 5",
        "Krajan 68454",
    ],
)
def test_an_address_without_a_number_names_no_house(address: str) -> None:
    assert not names_a_house(address)
    assert house_key(address, family=7, who="a") == "card:7"
    keys = {house_key(address, family=None, who=who) for who in ("siti", "agus")}
    assert len(keys) == 2
