"""What else may become of a report: refusals, objections, double aid, the counter."""

import pytest
from playwright.sync_api import expect

from smartkampung.accounts.roles import Role
from smartkampung.ledger.queries import balances
from tests import cast
from tests.cases import listed
from tests.journeys import acts
from tests.journeys.acts import Town

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOBODY_HOME = "Tidak ada orang yang ditemui di alamat yang dilaporkan."
CASH = "BLT Dana Desa"


def test_refused_objected_upheld_and_in_hand_after_all(town: Town) -> None:
    acts.open_town()
    public = town.phone_of()
    sari, endang = town.phone_of(cast.sari()), town.phone_of(cast.camat())
    bambang = town.phone_of(
        cast.staff("bambang", Role.KECAMATAN_OFFICER, cast.KECAMATAN)
    )
    code = acts.report(public)
    acts.visit(sari, answer="no", advice="no")
    acts.refuse(endang, NOBODY_HOME)

    acts.read_decision(public, code)
    for reason in (
        NOBODY_HOME,
        "Terlalu sedikit kriteria kemiskinan yang terpenuhi.",
        "Hasil kunjungan tidak menyarankan bantuan.",
    ):
        expect(public.get_by_text(reason)).to_be_visible()
    acts.object_to_it(public, "Kami pindah kontrakan di gang sebelah.")
    acts.answer_objection(bambang, upheld=True, words="Kami kunjungi lagi.")

    acts.visit(sari)
    endang.goto("/staff/")  # who decided once finds it on nobody's list but others'
    expect(endang.get_by_role("row", name="Putuskan pengajuan")).to_have_count(0)
    endang.goto(f"{sari.url}decide/")
    expect(endang.get_by_text("Anda sudah memutuskan pengajuan ini")).to_be_visible()
    acts.approve(bambang)
    acts.fill_batch(bambang)
    acts.receive(sari)
    public.goto(f"/t/{code}/")
    assert public.locator(".steps li.done").count() == 4


def test_double_aid_is_a_red_light_and_an_objection_to_it_is_dismissed(
    town: Town,
) -> None:
    person = acts.open_town()
    listed(person, "pkh")
    public = town.phone_of()
    sari, endang = town.phone_of(cast.sari()), town.phone_of(cast.camat())
    bambang = town.phone_of(
        cast.staff("bambang", Role.KECAMATAN_OFFICER, cast.KECAMATAN)
    )
    code = acts.report(public)
    acts.visit(sari)

    acts.take_work(endang, "Putuskan pengajuan")
    light = endang.locator(".redlight").first
    expect(light).to_contain_text("Sudah menerima Program Keluarga Harapan (PKH).")
    expect(light).to_contain_text("Terdaftar sejak 1 Januari 2026.")
    expect(endang.get_by_label(acts.PACK)).to_be_disabled()
    # Whatever the browser sends, the system refuses.
    endang.eval_on_selector_all(
        "input[name=yes-programme]", "all => all.forEach(one => one.disabled = false)"
    )
    endang.get_by_label(acts.PACK).check()
    endang.get_by_role("button", name="Setujui bantuan").click()
    expect(endang.locator(".errors")).to_contain_text("tidak dapat digabung")
    acts.refuse(endang)

    acts.read_decision(public, code)
    expect(public.get_by_text("Keluarga sudah menerima bantuan lain")).to_be_visible()
    acts.object_to_it(public, "Tetangga kami menerima dua-duanya.")
    acts.answer_objection(bambang, upheld=False, words="PKH tidak dapat digabung.")
    public.goto(f"/t/{code}/outcome/")
    expect(public.get_by_text("PKH tidak dapat digabung.")).to_be_visible()


def test_absent_first_received_later(town: Town) -> None:
    acts.open_town(packs=1)
    public = town.phone_of()
    sari, endang = town.phone_of(cast.sari()), town.phone_of(cast.camat())
    code = acts.report(public)
    acts.visit(sari)
    acts.approve(endang)
    acts.fill_batch(endang)
    acts.note_outcome(sari, "absent")
    public.goto(f"/t/{code}/")
    assert public.locator(".steps li.done").count() == 3
    acts.receive(sari)
    public.goto(f"/t/{code}/")
    assert public.locator(".steps li.done").count() == 4


def test_received_in_part_returns_the_rest_to_the_budget(town: Town) -> None:
    acts.open_town()
    public = town.phone_of()
    sari, endang = town.phone_of(cast.sari()), town.phone_of(cast.camat())
    acts.report(public)
    acts.visit(sari, programme=CASH)
    acts.approve(endang, CASH)
    acts.fill_batch(endang, programme=CASH)
    acts.note_outcome(sari, "partial", quantity=250_000)
    assert balances(["handed_out/blt_dd", "budget/blt_dd", "committed/blt_dd"]) == {
        "handed_out/blt_dd": 250_000,
        "budget/blt_dd": 50_000,
        "committed/blt_dd": 0,
    }
