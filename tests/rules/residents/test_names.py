"""Spellings that mean one name fold to one key; different names stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.residents.rules import fold_name

SAME = {
    "muhamad ali": [
        "Muhammad Ali",
        "Moch. Ali",
        "MOH ALI",
        "M. Ali",
        "M.Ali",
        "Muh Ali",
        "Mochammad Ali",
        "Mohamad Ali",
        "Mukhammad Ali",
        "H. Muchamad Ali",
    ],
    "siti aminah": [
        "Siti Aminah",
        "St. Aminah",
        "Hj. Siti Aminah",
        "SITI  AMINAH",
        "Sitti Aminnah",
        "siti, aminah",
    ],
    "sukarno": ["Soekarno", "Sukarno", "Ir. Soekarno", "Drs. H. Sukarno, M.Si."],
    "joyo suryo": ["Djojo Soerjo", "Joyo Suryo"],
    "cut nja": ["Tjoet Nja'", "Cut Nja"],
    "sarifudin": ["Sjarifoeddin", "Syarifudin", "Sarifuddin"],
    "ahmad husnul": [
        "Achmad Chusnul",
        "Ahmad Khusnul",
        "Akhmad Husnul",
        "Ahmat Husnul",
    ],
    "abdul rahman": ["KH. Abd. Rahman", "Abdul Rakhman", "Abdul Rachman"],
    "rizki": ["Rizky", "Rizqi", "Rizki", "Rizqy"],
    "nuraini": ["Nur'aini", "Nur\u2019aini", "Nuraini"],
    "yahya": ["Jahja", "Yahja", "Yahya"],
    "ratna dewi": ["dr. Ratna Dewi, Sp.A", "Ratna Dewi, S.Pd., M.Pd.", "Hj Ratna Dewi"],
    "candra": ["Chandra", "Candra"],
    "rene": ["René", "Rene"],
}


@pytest.mark.parametrize(
    ("spelling", "key"),
    [(spelling, key) for key, spellings in SAME.items() for spelling in spellings],
)
def test_spellings_of_one_name_meet(spelling: str, key: str) -> None:
    assert fold_name(spelling) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Panji", "Panyi"),
        ("Jumadi", "Yumadi"),
        ("Siti Aminah", "Siti Amanah"),
        ("Made", "Gede"),
        ("Haryo", "Harjo"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@pytest.mark.parametrize("name", ["Haji", "M", "Gus", "St"])
def test_a_name_that_is_only_a_title_is_a_name(name: str) -> None:
    assert fold_name(name)


@pytest.mark.parametrize("name", ["", "  ", "😀", "...", "'"])
def test_no_letters_no_key(name: str) -> None:
    assert fold_name(name) == ""


@given(st.text(max_size=120))
def test_a_key_is_plain_words_whatever_was_typed(name: str) -> None:
    key = fold_name(name)
    assert key == " ".join(key.split())
    assert key.isascii()
    assert key == key.lower()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=40))
def test_capitals_and_double_spaces_change_nothing(name: str) -> None:
    assert fold_name(name) == fold_name(name.upper().replace(" ", "  "))
