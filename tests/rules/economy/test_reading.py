"""Budget systems write 1.250.000,50; people write (1.000) and Rp 5 juta. No guessing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartkampung.recovery.economy.rules.kinds import ACCOUNTS, PARENTS, TAX, TOTAL
from smartkampung.recovery.economy.rules.reading import (
    LARGEST,
    MONTHS,
    Cell,
    Fault,
    Unread,
    amount,
    fits,
    month,
    percentage,
    revenue_type,
)

TODAY = date(2026, 11, 29)
money = st.decimals(-LARGEST + 1, LARGEST - 1, places=2)


def indonesian(value: Decimal) -> str:
    """Write a number as the budget system does."""
    swapped = str.maketrans(",.", ".,")
    return f"{value:,.2f}".translate(swapped)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1.250.000,50", "1250000.50"),
        ("Rp1.250.000", "1250000"),
        ("Rp. 1.250.000,-", None),
        ("IDR 7", "7"),
        ("120827802564.50", "120827802564.50"),
        ("98,4", "98.4"),
        ("1.234", "1234"),
        ("12.5", "12.5"),
        ("1,234,567.89", "1234567.89"),
        ("1,234,567", "1234567"),
        ("-1.000", "-1000"),
        ("−1.000", "-1000"),
        ("(1.000,25)", "-1000.25"),
        ("1.000-", "-1000"),
        ("Rp -1.000", "-1000"),
        ("-Rp1.000", "-1000"),
        ("'-1.000", "-1000"),
        ("１．０００", "1000"),
        ("1 250 000", "1250000"),
        ("nihil", "0"),
        (0, "0"),
        (1234.5, "1234.5"),
        (-7, "-7"),
    ],
)
def test_an_amount_is_read(cell: Cell, value: str | None) -> None:
    if value is None:
        with pytest.raises(Unread):
            amount(cell)
    else:
        assert amount(cell) == Decimal(value)


@pytest.mark.parametrize("cell", ["", " ", "-", "–", None, True])
def test_an_empty_cell_is_no_figure_and_never_nought(cell: Cell) -> None:
    assert amount(cell) is None


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("1,234", Fault.AMBIGUOUS),
        ("1.23.4", Fault.AMOUNT),
        ("1.234.5", Fault.AMOUNT),
        ("5 juta", Fault.AMOUNT),
        ("--5", Fault.AMOUNT),
        ("((5))", Fault.AMOUNT),
        ("1e9", Fault.AMOUNT),
        ("٣", Fault.AMOUNT),
        ("=1+1", Fault.AMOUNT),
        ("Rp", Fault.AMOUNT),
        (float("nan"), Fault.AMOUNT),
        (float("inf"), Fault.AMOUNT),
        ("1.000.000.000.000.000", Fault.TOO_LARGE),
        (1e20, Fault.TOO_LARGE),
    ],
)
def test_what_cannot_be_read_is_not_guessed(cell: Cell, fault: Fault) -> None:
    with pytest.raises(Unread) as caught:
        amount(cell)
    assert caught.value.fault == fault


@given(money)
def test_every_amount_is_read_back_however_it_is_written(value: Decimal) -> None:
    assert amount(indonesian(value)) == value
    assert amount(f"Rp{indonesian(value)}") == value
    assert amount(f"{value:.2f}") == value
    if value < 0:
        assert amount(f"({indonesian(-value)})") == value
        assert amount(f"{indonesian(-value)} -") == value


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers()))
def test_whatever_stands_in_a_cell_is_a_number_nothing_or_a_fault(cell: Cell) -> None:
    try:
        found = amount(cell)
    except Unread:
        return
    assert found is None or abs(found) < LARGEST


@pytest.mark.parametrize(
    ("cell", "year", "found"),
    [
        ("Mei 2020", None, date(2020, 5, 1)),
        ("mei", "2020", date(2020, 5, 1)),
        ("NOPEMBER-2021", None, date(2021, 11, 1)),
        ("Peb 2020", "2019", date(2020, 2, 1)),
        ("Agt.", 2020.0, date(2020, 8, 1)),
        ("2020-05", None, date(2020, 5, 1)),
        ("2020-05-31", None, date(2020, 5, 1)),
        ("05/2020", None, date(2020, 5, 1)),
        ("31/05/2020", None, date(2020, 5, 1)),
        (5, 2020, date(2020, 5, 1)),
        (5.0, "2020", date(2020, 5, 1)),
        ("May 2020", None, date(2020, 5, 1)),
        ("November 2026", None, date(2026, 11, 1)),
    ],
)
def test_a_month_is_read(cell: Cell, year: Cell, found: date) -> None:
    assert month(cell, year, today=TODAY) == found


@pytest.mark.parametrize(
    ("cell", "year", "fault"),
    [
        ("Mei", None, Fault.YEAR_MISSING),
        ("Mei", "dua ribu", Fault.YEAR_MISSING),
        ("Mai 2020", None, Fault.MONTH),
        ("13", 2020, Fault.MONTH),
        ("0", 2020, Fault.MONTH),
        ("2020-13", None, Fault.MONTH),
        ("", 2020, Fault.MONTH),
        (None, None, Fault.MONTH),
        ("Desember 2026", None, Fault.FUTURE),
        ("Mei 99999", None, Fault.MONTH),
        ("Mei", "99999", Fault.FUTURE),
        ("Mei 1998", None, Fault.TOO_OLD),
    ],
)
def test_a_month_that_is_none_says_what_is_wrong(
    cell: Cell, year: Cell, fault: Fault
) -> None:
    with pytest.raises(Unread) as caught:
        month(cell, year, today=TODAY)
    assert caught.value.fault == fault


def test_every_month_name_is_one_month() -> None:
    names = [name for names in MONTHS for name in names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("name", "account", "code"),
    [
        ("Pajak Hotel", None, "hotel"),
        ("HOTEL", "", "hotel"),
        ("Pajak Daerah", None, TAX),
        ("Jumlah Pajak Daerah", None, TAX),
        ("JUMLAH", None, TOTAL),
        ("Jumlah PAD", None, TOTAL),
        ("Pendapatan Asli Daerah (PAD)", None, TOTAL),
        ("Lain-lain PAD yang sah", None, "other"),
        ("Retribusi Daerah", None, "levies"),
        ("whatever", "4.1.01.06", "hotel"),
        ("whatever", "4.1.01.06.", "hotel"),
        ("", "4.1", TOTAL),
    ],
)
def test_a_type_is_known_by_name_or_account(
    name: Cell, account: Cell, code: str
) -> None:
    assert revenue_type(name, account) == code


@pytest.mark.parametrize("name", ["", None, "Pajak Kos", "Dana Alokasi Umum", 7])
def test_another_type_is_refused(name: Cell) -> None:
    with pytest.raises(Unread):
        revenue_type(name)


def test_every_account_leads_to_a_type_of_the_tree() -> None:
    assert set(ACCOUNTS.values()) == set(PARENTS)


def test_a_percentage_may_be_rounded_or_a_share() -> None:
    figures = {"realised": Decimal(984), "target": Decimal(1000)}
    told = [percentage(cell) for cell in ("98,4%", "98", 0.984, "x", "")]
    assert [one is not None and fits(one, **figures) for one in told] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert not fits(Decimal("46.48"), realised=Decimal(295), target=Decimal(592))
    assert fits(Decimal(5), realised=Decimal(1), target=Decimal(0)), "nothing to say"
