"""Thanks name nobody: neither who thanks nor who helped."""

import pytest

from smartkampung.frontline.recognition.rules.thanks import (
    Wrong,
    without_names,
    wrong_with,
)

NAMES = ["Wayan Sudarma", "dr. Sari Wulandari", "H. Moh. Yusuf"]


@pytest.mark.parametrize(
    "words",
    [
        "Terima kasih, petugasnya ramah sekali.",
        "Pak RT dan Bu Bidan cepat datang",
        "Matur nuwun bapak ibu kantor desa",
        "Terima kasih 100 %, RT 007 RW 02!",
        "Bapak sangat sabar",
        "petugas datang sendiri ke rumah ibu saya",
        "Thank you, the ladies at the desk were kind",
    ],
)
def test_words_that_may_stand(words: str) -> None:
    assert wrong_with(words) is None
    assert without_names(words, names=NAMES) == words


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("", Wrong.EMPTY),
        ("!!! 100", Wrong.EMPTY),
        ("hubungi 0812 3456", Wrong.NUMBER),
        ("NIK saya 3510-0917-0890-0001", Wrong.NUMBER),
        ("Terima kasih Bu Komang", Wrong.NAME),
        ("mas agus di loket", Wrong.NAME),
    ],
)
def test_words_that_name_somebody_or_hold_a_number(words: str, problem: Wrong) -> None:
    assert wrong_with(words) is problem


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("dari keluarga Sudarma", "dari keluarga …"),
        ("terima kasih sari", "terima kasih …"),
        ("Yoesoef baik", "… baik"),  # the old spelling of Yusuf
        ("Wayan Sudarma, RT 7", "…, RT 7"),
        ("Sari", "…"),
    ],
)
def test_a_name_is_struck_out_and_nobody_told(words: str, kept: str) -> None:
    assert wrong_with(words) is None, "asked word by word, it answers nothing"
    assert without_names(words, names=NAMES) == kept
