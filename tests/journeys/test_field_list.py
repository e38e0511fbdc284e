"""The list of the phone: by when, in which order, at which door, and whom to ring."""

from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from smartkampung.accounts.models import Staff
from smartkampung.kernel.clock import end_of_day, now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, population
from tests.journeys.acts import Town
from tests.journeys.fieldacts import enrol
from tests.journeys.fieldline import Line
from tests.journeys.handset import call

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def visits() -> None:
    """Let Wayan wait past the date, one until tonight, one for later."""
    waits = {
        "I Wayan Sudarma": now() - timedelta(hours=30),
        "Ketut Darma": end_of_day(today()),
        "Nyoman Sariani": now() + timedelta(days=4),
    }
    cases.desk()
    for name, due in waits.items():
        kin = population.family(kk=None, phone=f"+62812345678{len(name):02}")
        who = population.person(name, household=kin)
        case = cases.claim_of(who, nik=f"35100910485000{len(name)}")
        WorkItem.objects.filter(target=f"aid.claim:{case.pk}").update(due_at=due)


def test_the_list_says_when_where_and_rings_without_a_network(
    town: Town, line: Line
) -> None:
    with transaction.atomic():
        act_as(Kind.JOB)
        visits()
    page = town.phone_of(Staff.objects.get(username="sari"))
    enrol(page, line)
    page.context.set_offline(True)
    expect(page.locator("#queue")).to_contain_text("Tidak ada sambungan")
    page.get_by_role("heading", name="Batas hari ini").wait_for()
    said = page.locator("#app").inner_text()
    order = ["Lewat batas waktu", "Wayan", "Batas hari ini", "Ketut", "Batasnya nanti"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    card = page.locator("li.card").filter(has_text="Ketut D.")
    expect(card).to_contain_text("Jalan Kenanga 3 · paling lambat hari ini")
    ring = card.get_by_role("link", name="Telepon Ketut D.")
    expect(ring).to_have_attribute("href", "tel:+6281234567811")
    card.get_by_role("link", name="Kunjungi keluarga").click()
    page.get_by_role("heading", level=1, name="Kunjungi keluarga").wait_for()
    expect(page.get_by_role("link", name="Telepon Ketut D.")).to_be_visible()


def test_a_number_to_ring_stands_nowhere_on_the_phone_in_clear(
    town: Town, line: Line
) -> None:
    with transaction.atomic():
        act_as(Kind.JOB)
        visits()
    page = town.phone_of(Staff.objects.get(username="sari"))
    enrol(page, line)
    page.get_by_role("link", name="Telepon Ketut D.").wait_for()
    everything = """
    const {STORES} = await import('/static/field/layout.js');
    const text = (value) => JSON.stringify(value, (_key, one) =>
      one instanceof ArrayBuffer ? new TextDecoder('latin1').decode(one)
      : ArrayBuffer.isView(one) ? new TextDecoder('latin1').decode(one) : one);
    const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const name of Object.keys(STORES)) found.push(text(await m.all(name)));
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys())
        found.push(await (await (await caches.open(name)).match(request)).text());
    return found.join(' ');
    """
    kept = call(page, "store", everything)
    assert "records" in kept
    for secret in ("81234567811", "Ketut", "Kenanga", cast.RT_HERE):
        assert secret not in kept


def test_a_title_is_no_initial(town: Town, line: Line) -> None:
    page = town.phone_of()
    page.goto(f"{line.url}/field/")
    initial = "return v.map(m.initialOf)"
    names = ["dr. Ratna Dewi", "H. Moch. Anwar", "Sari Rahayu", "Drs."]
    assert call(page, "vault", initial, *names) == ["R", "A", "S", "D"]
