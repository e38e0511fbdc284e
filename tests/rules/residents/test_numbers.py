"""NIK, family-card numbers and phones as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.residents.rules import (
    Misshapen,
    NikFlag,
    Problem,
    holds_number,
    is_temporary_id,
    nik_flags,
    parse_nik,
    read_kk,
    read_nik,
    read_phone,
)
from smartkampung.residents.rules.numbers import most_digits

MAN = "3510091204850003"
WOMAN = "3510095204850003"


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(MAN, id="plain"),
        pytest.param("3510 0912 0485 0003", id="in groups"),
        pytest.param("351009.120485.0003", id="with dots"),
        pytest.param("'3510091204850003", id="apostrophe of a spreadsheet"),
        pytest.param("\ufeff3510091204850003\u200b", id="invisible characters"),
        pytest.param(" 351009-120485-0003\n", id="dashes and a line end"),
    ],
)
def test_a_nik_is_read_however_it_is_grouped(typed: str) -> None:
    assert read_nik(typed) == MAN


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        pytest.param("", Problem.EMPTY, id="nothing"),
        pytest.param(" - ", Problem.EMPTY, id="only separators"),
        pytest.param("351009120485000O", Problem.NOT_DIGITS, id="letter O for zero"),
        pytest.param("35100912048500🙂", Problem.NOT_DIGITS, id="emoji"),
        pytest.param("٣٥١٠٠٩١٢٠٤٨٥٠٠٠٣", Problem.NOT_DIGITS, id="arabic digits"),
        pytest.param("351009120485000", Problem.LENGTH, id="15 digits"),
        pytest.param("35100912048500031", Problem.LENGTH, id="17 digits"),
        pytest.param("0510091204850003", Problem.STARTS_WITH_ZERO, id="temporary id"),
        pytest.param("3510098504850003", Problem.IMPOSSIBLE_DAY, id="day 85"),
        pytest.param("3510093204850003", Problem.IMPOSSIBLE_DAY, id="day 32"),
        pytest.param("3510094004850003", Problem.IMPOSSIBLE_DAY, id="day 40"),
        pytest.param("3510090004850003", Problem.IMPOSSIBLE_DAY, id="day 0"),
        pytest.param("3510097204850003", Problem.IMPOSSIBLE_DAY, id="woman of day 32"),
        pytest.param("3510091213850003", Problem.IMPOSSIBLE_MONTH, id="month 13"),
        pytest.param("3510091200850003", Problem.IMPOSSIBLE_MONTH, id="month 0"),
    ],
)
def test_an_impossible_nik_is_refused(typed: str, problem: Problem) -> None:
    with pytest.raises(Misshapen) as refusal:
        read_nik(typed)
    assert refusal.value.problem is problem


def test_the_refusal_counts_digits_and_never_repeats_the_number() -> None:
    with pytest.raises(Misshapen) as refusal:
        read_nik("351009120485000")
    assert refusal.value.typed == 15
    assert "3510" not in repr(refusal.value)


@pytest.mark.parametrize("region", ["110101", "351009", "917101", "961001"])
def test_every_province_is_accepted_papua_included(region: str) -> None:
    assert parse_nik(read_nik(f"{region}1204150003")).region == region


def test_the_parts_of_a_nik() -> None:
    nik = parse_nik(WOMAN)
    assert (nik.region, nik.day, nik.month, nik.short_year) == ("351009", 12, 4, 85)
    assert (nik.woman, nik.serial) == (True, "0003")
    assert not parse_nik(MAN).woman


@pytest.mark.parametrize(
    ("region_code", "born_on", "sex", "flags"),
    [
        pytest.param(
            "35.10.09.2003.002.007",
            date(1985, 4, 12),
            "L",
            NikFlag.NONE,
            id="agrees with all",
        ),
        pytest.param(
            "35.10.08.2003", date(1985, 4, 12), "L", NikFlag.REGION, id="moved here"
        ),
        pytest.param(
            "35.10.09.2003", date(1985, 4, 13), "L", NikFlag.BIRTH_DATE, id="other day"
        ),
        pytest.param(
            "35.10.09.2003", date(1986, 4, 12), "L", NikFlag.BIRTH_DATE, id="other year"
        ),
        pytest.param(
            "35.10.09.2003", date(1985, 4, 12), "P", NikFlag.SEX, id="a woman"
        ),
        pytest.param("35.10.09.2003", None, "L", NikFlag.NONE, id="birth date unknown"),
        pytest.param(
            "35.71.01.1001",
            date(1999, 1, 1),
            "P",
            NikFlag.REGION | NikFlag.BIRTH_DATE | NikFlag.SEX,
            id="disagrees with all",
        ),
    ],
)
def test_disagreement_is_a_flag_and_not_a_refusal(
    region_code: str, born_on: date | None, sex: str, flags: NikFlag
) -> None:
    found = nik_flags(MAN, region_code=region_code, born_on=born_on, sex=sex)
    assert found == flags


@given(
    born_on=st.dates(date(1900, 1, 1), date(2026, 11, 24)),
    sex=st.sampled_from("LP"),
    serial=st.integers(1, 9999),
)
def test_a_coherent_nik_raises_no_flag(born_on: date, sex: str, serial: int) -> None:
    day = born_on.day + (40 if sex == "P" else 0)
    nik = f"351009{day:02}{born_on:%m%y}{serial:04}"
    flags = nik_flags(
        read_nik(nik), region_code="35.10.09.2003", born_on=born_on, sex=sex
    )
    assert flags == NikFlag.NONE


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        digits = read_nik(text)
    except Misshapen:
        return
    assert len(digits) == 16


@pytest.mark.parametrize(
    ("typed", "temporary"),
    [
        ("0", True),
        ("0351009200300001", True),
        ("'0351009200300001", True),
        (MAN, False),
        ("", False),
        ("0A", False),
    ],
)
def test_temporary_ids_start_with_zero(typed: str, temporary: bool) -> None:
    assert is_temporary_id(typed) is temporary


def test_a_family_card_number_carries_a_plain_day() -> None:
    assert read_kk("3510 0912 0411 0003") == "3510091204110003"
    with pytest.raises(Misshapen) as refusal:
        read_kk("3510095204110003")
    assert refusal.value.problem is Problem.IMPOSSIBLE_DAY


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "62812 3456 7890",
        "0062 812 3456 7890",
        "+62 (0)812 3456 7890",
        "(0812) 34567890",
        "81234567890",
    ],
)
def test_a_phone_has_one_spelling(typed: str) -> None:
    assert read_phone(typed) == "+6281234567890"


def test_a_landline_of_the_regency_is_a_phone() -> None:
    assert read_phone("(0333) 421234") == "+62333421234"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.EMPTY),
        ("none", Problem.NOT_DIGITS),
        ("0812", Problem.NOT_A_PHONE),
        ("08123456789012345", Problem.NOT_A_PHONE),
        ("+14155550123", Problem.NOT_A_PHONE),
        ("0801234567", Problem.NOT_A_PHONE),
    ],
)
def test_what_is_not_a_phone_is_refused(typed: str, problem: Problem) -> None:
    with pytest.raises(Misshapen) as refusal:
        read_phone(typed)
    assert refusal.value.problem is problem


@pytest.mark.parametrize(
    "text",
    [
        "3510091708900001",
        "NIK saya 3510091708900001.",
        "35.1009.170890.0001",
        "3510 0917 0890 0001",
        "3510-0917-0890-0001, rumah hijau",
        "35100917 08900001",
        "No3510091708900001KK",
        "35100917089000013510090101150002",
        "3510091708900001 3510090101150002",
        "３５１００９１７０８９００００１",
        "3510\u200b0917\u200b08900001",
    ],
)
def test_a_number_in_a_text_is_found_however_it_is_written(text: str) -> None:
    assert holds_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Rumah hijau, RT 007 RW 002.",
        "Telepon 0857 1111 2222 atau 0812-3456-7890.",
        "085711112222 081234567890",
        "351009170890000",
        "Rp600.000 pada 28-05-2020, Rp1.200.000 pada 28-06-2020",
        "Tahun 2018, 2019, 2020, 2021 tidak pernah",
    ],
)
def test_other_numbers_may_stand_in_a_text(text: str) -> None:
    assert not holds_number(text)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("", 0),
        ("RT 007 RW 02", 3),
        ("0812 3456", 8),
        ("3510-0917-0890-0001", 16),
        ("1 . . 2", 1),
        ("\uff11\uff12", 2),
    ],
)
def test_how_many_digits_stand_in_a_row(text: str, digits: int) -> None:
    assert most_digits(text) == digits
