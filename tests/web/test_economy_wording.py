"""Signs, amounts and plurals of the economic pages, as people read them."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.utils.translation import override

import smartkampung.web
from smartkampung.accounts.roles import Role
from smartkampung.recovery.economy.rules.comparing import Said
from smartkampung.web.economy import wording
from tests import cast
from tests.cast import REGENCY
from tests.economy import a_file, an_alert, office_account, words

PAGES = "/staff/economy/"
CSS = Path(smartkampung.web.__file__).parent / "static/smartkampung.css"


@pytest.mark.parametrize(
    ("said", "shown"),
    [(-0.04, "0%"), (0.04, "0%"), (-0.06, "−0,1%"), (-90.0, "−90%"), (4.5, "+4,5%")],
)
def test_a_change_has_a_real_sign_and_nought_has_none(said: float, shown: str) -> None:
    with override("id"):
        assert wording.rise(Said(said)) == shown


def test_money_and_counts_below_nought_have_a_real_minus() -> None:
    with override("id"):
        assert wording.money(Decimal("-1500000.50")) == "−Rp1.500.000,50"
        assert wording.money(Decimal(-1500000)) == "−Rp1.500.000"
        assert wording.count(Decimal(-7)) == "−7"
        assert wording.share(Said(-50.0)) == "−50%"
        assert wording.short_money(-0.01) == "Rp0"
        assert wording.short_money(-2_500_000.0) == "−Rp2,5\N{NO-BREAK SPACE}juta"


def test_an_amount_on_a_phone_never_breaks_inside_the_number() -> None:
    css = CSS.read_text()
    every = css.index(
        "overflow-wrap: anywhere; }\n    .table:not(.table-keep) :is(tbody"
    )
    assert css.index("td.n { overflow-wrap: normal; }") > every


@pytest.mark.django_db
def test_a_page_names_the_program_in_one_language(client: Client) -> None:
    reader = cast.sign_in(client, cast.staff("bupati", Role.LEADERSHIP, REGENCY))
    for page in ("settings/", f"alerts/{an_alert().pk}/"):
        shown = words(reader.get(f"{PAGES}{page}"))
        assert "Bawaan program; belum ditetapkan" in shown
        assert "default" not in shown
    shown = words(cast.english(reader).get(f"{PAGES}settings/"))
    assert "Default of the program, not yet decided" in shown
    assert "Bawaan" not in shown


@pytest.mark.django_db
def test_one_figure_is_one_figure(client: Client) -> None:
    office = cast.english(cast.sign_in(client, office_account()))
    shown = words(office.get(f"{PAGES}files/{a_file(faulty=1).pk}/"))
    assert "1 new figure 0 figures that change 0 stand so already" in shown
    assert "1 row with a fault" in shown
    assert "Name Month Which figure In the file" in shown
