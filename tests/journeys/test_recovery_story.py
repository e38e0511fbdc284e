"""One boatman's way: registered, verified, ranked, invited, trained, and earning again."""

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.recovery.programmes.actions.inviting import fill
from smartkampung.recovery.programmes.actions.planning import fingerprint, open_offer
from smartkampung.recovery.programmes.models import Outcome, Seat
from smartkampung.recovery.programmes.rules.states import Kind
from smartkampung.recovery.targeting.models import Scenario
from tests import cast
from tests.domain.aid.test_races import ground
from tests.journeys import acts
from tests.journeys.acts import Town
from tests.journeys.test_affected import confirmed, register, verified
from tests.journeys.test_recovery import follow, press
from tests.journeys.test_targeting import keep
from tests.recovering import DAY, OPENER, a_draft, code_of
from tests.targeting import MILLION, SPEC, in_force

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NAME = "Boatmen first"


def chosen(maya: Page, joko: Page) -> None:
    """Try the priority in the studio, keep what it chooses, and let another approve."""
    maya.goto("/staff/targeting/priorities/workers/studio/")
    maya.fill("#id_budget", str(MILLION))
    keep(maya, NAME)
    press(maya, "Usulkan skenario ini")
    joko.goto(maya.url)
    press(joko, "Setujui skenario ini")
    joko.get_by_role("link", name="Lihat orangnya").click()
    expect(joko.locator("main")).to_contain_text("Wayan Sudarma")


def invited() -> Seat:
    """Open a training for whom the scenario chose, and invite them."""

    def make() -> None:
        act_as(Acting.JOB)
        scenario, at = Scenario.objects.get(name=NAME), now()
        days = {"starts_on": today(), "ends_on": today() + 30 * DAY}
        offer = a_draft(Kind.TRAINING, scenario, **days)
        open_offer(offer=offer, seen=fingerprint(offer), by=OPENER, at=at)
        fill(offer_id=offer.pk, at=at)

    ground(make)
    return Seat.objects.select_related("offer", "person").get()


def test_from_the_last_trip_to_the_next_wage(town: Town) -> None:
    acts.open_town()
    wayan, sari = town.phone_of(), town.phone_of(cast.sari())
    mine = register(wayan)
    confirmed(town, sari)
    verified(sari)

    with transaction.atomic():
        act_as(Acting.JOB)
        in_force(SPEC, since=today(), at=now())
    maya = town.phone_of(cast.staff("maya", Role.ECONOMIC_OFFICE, cast.REGENCY))
    joko = town.phone_of(cast.staff("joko", Role.ECONOMIC_OFFICE, cast.REGENCY))
    chosen(maya, joko)

    seat = invited()
    wayan.goto(f"/r/{code_of(seat)}/")
    press(wayan, "Saya terima tempat ini")
    expect(wayan.get_by_text("Tempat ini milik Anda")).to_be_visible()

    sari.goto(f"/staff/recovery/offers/{seat.offer_id}/sheet/")
    sari.get_by_label(seat.person.name).check()
    press(sari, "Catat lembar ini")
    follow(sari, seat.person.name)
    follow(sari, "Ada yang dicapai")
    sari.get_by_label("Pelatihan selesai").check()
    press(sari, "Catat")
    press(sari, "Sudah selesai")
    follow(sari, "Catat penghasilannya")
    sari.fill("input[name=income]", "2750000")
    press(sari, "Catat")
    expect(sari.get_by_text("Rp2.750.000")).to_be_visible()
    assert Outcome.objects.get().income == 2_750_000

    run_waiting()
    wayan.goto(mine)
    expect(wayan.get_by_text("Anda ada dalam daftar pemulihan.")).to_be_visible()
