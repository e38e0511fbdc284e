"""What a text asks for, however it is spelt; and the numbers that it must not hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartkampung.frontline.texting.rules.reading import (
    Word,
    apart,
    masked,
    may_hold_number,
    read,
)

NIK = "3510091708900001"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("LAPOR", Word.REPORT),
        ("  lapor. bantuan belum datang", Word.REPORT),
        ("Lapro", Word.REPORT),
        ("laapor", Word.REPORT),
        ("mau lapor", Word.REPORT),
        ("CEK K7QF-2M9X-TB4C", Word.FOLLOW),
        ("check K7QF2M9XTB4C", Word.FOLLOW),
        ("isloasi", Word.ISOLATION),
        ("ISOLAS", Word.ISOLATION),
        ("srat", Word.LETTER),
        ("STOP", Word.STOP),
        ("stpo", Word.STOP),
        ("Berhenti", Word.STOP),
        ("stop kirim berita", Word.STOP),
        ("MULIA", Word.START),
        ("bantaun", Word.HELP),
        ("?", Word.HELP),
        ("ＬＡＰＯＲ", Word.REPORT),
        ("LA\u200bPOR", Word.REPORT),
        # nothing of the menu, or nothing sure
        ("stok beras habis", None),
        ("jangan stop", None),
        ("ck", None),
        ("saya sakit", Word.URGENT),
        ("surat sakit", Word.LETTER),
        ("isolasi, saya sakit", Word.ISOLATION),
        ("lapor banjir", Word.URGENT),
        ("2", None),
        ("", None),
    ],
)
def test_the_word_that_is_meant(text: str, word: Word | None) -> None:
    assert read(text).word == word


def test_what_follows_the_word_is_kept_for_it() -> None:
    assert read("CEK: K7QF-2M9X-TB4C").rest == "K7QF-2M9X-TB4C"
    assert read("halo semua").rest == "halo semua"


def test_english_words_are_answered_in_english() -> None:
    assert read("REPORT").english
    assert not read("LAPOR").english
    assert not read("reprot").english  # a slip could be either


@pytest.mark.parametrize(
    "text",
    [
        NIK,
        f"NIK saya {NIK} tolong",
        "3510 0917 0890 0001",
        "3 5 1 0 0 9 1 7 0 8 9 0 0 0 0 1",
        "3510.0917-0890/0001",
        "35.10.09,17_08 - 90:00*01",
        "３５１００９１７０８９００００１",
        "٣٥١٠٠٩١٧٠٨٩٠٠٠٠١",
        "3510\u200b0917\u200b08900001",
        "081234567890 081234567891",
        f"{NIK}99",
    ],
)
def test_a_number_is_seen_and_masked_however_it_is_spaced(text: str) -> None:
    assert may_hold_number(text)
    assert not may_hold_number(masked(text))
    assert sum(sign.isdecimal() for sign in masked(text)) == 0


@pytest.mark.parametrize(
    "text", ["LAPOR", "0812 3456 7890", "RT 7 RW 2 tanggal 17-08-2026", ""]
)
def test_other_numbers_stand(text: str) -> None:
    assert not may_hold_number(text)
    assert masked(text) == text


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("lapor", "lapor", 0),
        ("lapro", "lapor", 1),
        ("lapr", "lapor", 1),
        ("a", "abcd", 3),
    ],
)
def test_slips_between_words(one: str, other: str, slips: int) -> None:
    assert apart(one, other, most=2) == slips


SIGNS = st.text(alphabet=" .,-/_:;*()\u200b\u00a0\u2013", max_size=3)


@settings(max_examples=60)
@given(parts=st.lists(SIGNS, min_size=15, max_size=15), around=st.sampled_from("a .?"))
def test_no_way_of_spacing_hides_a_nik(parts: list[str], around: str) -> None:
    spaced = NIK[0] + "".join(
        f"{gap}{digit}" for gap, digit in zip(parts, NIK[1:], strict=True)
    )
    text = f"lapor{around}{spaced}{around}tolong"
    assert may_hold_number(text)
    assert not any(sign.isdecimal() for sign in masked(text))
