"""Joko and Maya of the economic office try, propose and approve; others read."""

import re
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Access
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.recovery.targeting.actions.scenarios import approve_scenario
from smartkampung.recovery.targeting.models import Scenario
from smartkampung.recovery.targeting.rules.lots import drawn
from smartkampung.regions.models import Region
from smartkampung.web.targeting.lottery import lottery
from tests import cast, population
from tests.cases import NOW
from tests.targeting import (
    DICE,
    MILLION,
    SPEC,
    WOMEN,
    affected,
    approved,
    in_force,
    proposed,
    scenario,
)

pytestmark = pytest.mark.django_db
HOME = "/staff/targeting/"
STUDIO = f"{HOME}priorities/workers/studio/"
LOT = {**SPEC, "last": "lot", "ties": []}
SEED = "dadu 4 2 6"


@pytest.fixture
def maya() -> Client:
    act_as(Kind.JOB)
    cast.staff("maya", Role.ECONOMIC_OFFICE, cast.REGENCY)
    cast.staff("joko", Role.ECONOMIC_OFFICE, cast.REGENCY)
    for village, lng in ((cast.HERE, 114.10), (cast.NEXT_DOOR, 114.13)):
        Region.objects.filter(code=village).update(lat=-8.3, lng=lng)
    in_force({**SPEC, "quotas": [WOMEN]}, since=today(), at=now())
    affected("I Wayan Sudarma", income_after=0)
    affected("Ketut Rai", income_after=500_000, region=population.RT_NEXT_DOOR)
    affected("Luh Sari", income_after=3 * MILLION, dependants=0, sex="P")
    return enter("maya")


def enter(username: str) -> Client:
    """Sign somebody in, reading English."""
    client = cast.english(Client())
    return cast.sign_in(client, Staff.objects.get(username=username))


def body(answer: Any) -> str:
    """Return the words of a page."""
    text: str = answer.content.decode()
    return text


def asked(**more: Any) -> dict[str, Any]:
    """Return the form of the studio as it is at the beginning, with changes."""
    told = {"w0": 50, "w1": 30, "w2": 10, "w3": 10, "q0_least": 50, "q0_most": ""}
    told |= {"budget": 2 * MILLION, "cost_each": MILLION}
    return {**told, "seats": "no", "last": "oldest", **more}


def test_the_overview_leads_to_priority_and_studio(maya: Client) -> None:
    page = body(maya.get(HOME))
    assert "Pemulihan pekerja terdampak" in page
    page = body(maya.get(f"{HOME}priorities/workers/"))
    assert "Income now: nothing from 3,000,000 rupiah a month on" in page
    assert "Perempuan: at least 50% of the places" in page
    assert maya.get(f"{HOME}priorities/no-such/").status_code == 404


def test_the_studio_begins_with_the_base_and_nothing_moves(maya: Client) -> None:
    answer = maya.get(STUDIO)
    assert answer.context["chosen"] == "2"
    assert answer.context["moved"]["entering"] == []
    assert "1 (50%)" in body(answer)


def test_who_enters_and_leaves_is_seen_at_once(maya: Client) -> None:
    """Without the quota for women Ketut enters and Luh leaves."""
    answer = maya.get(STUDIO, asked(q0_least=""))
    page = body(answer)
    assert "Enter: 1" in page
    assert "Leave: 1" in page
    assert page.index("Ketut Rai") < page.index("Luh Sari")
    assert Access.objects.filter(by="maya", purpose="targeting.ranking").count() == 2
    assert answer.context["maps"][1].shapes


def test_a_wider_budget_is_counted_by_area(maya: Client) -> None:
    page = body(maya.get(STUDIO, asked(budget=3 * MILLION, **{"in": cast.KECAMATAN})))
    assert "Sumberwangi" in page
    assert "Rp3.000.000" in page or "Rp3,000,000" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("w0", "-1"),
        ("w0", "1001"),
        ("w1", "banyak"),
        ("w1", ""),
        ("budget", "-5"),
        ("budget", "1e9"),
        ("budget", "9" * 30),
        ("cost_each", "0"),
        ("cost_each", ""),
        ("q0_least", "101"),
        ("q0_least", "x"),
        ("q0_most", "10"),
        ("seats", "perhaps"),
        ("last", "friends"),
    ],
)
def test_the_studio_names_the_field_that_does_not_fit(
    maya: Client, field: str, value: str
) -> None:
    answer = maya.get(STUDIO, asked(**{field: value}))
    assert answer.status_code == 422
    bad = {"q0_most": "q0_least"}.get(field, field)
    assert bad in answer.context["form"].errors
    assert answer.context["moved"]["entering"] == []
    assert (
        maya.post(f"{STUDIO}save/", asked(name="x", **{field: value})).status_code
        == 422
    )
    assert not Scenario.objects.exists()


@pytest.mark.parametrize("name", ["", "x" * 121, "NIK 3510091204850003"])
def test_a_scenario_needs_a_name_that_fits(maya: Client, name: str) -> None:
    answer = maya.post(f"{STUDIO}save/", asked(name=name))
    assert answer.status_code == 422
    assert "name" in answer.context["save_form"].errors


@pytest.mark.parametrize(
    "query", ["from=x", "from=00000000-0000-0000-0000-000000000000"]
)
def test_a_base_that_is_none_is_not_found(maya: Client, query: str) -> None:
    assert maya.get(f"{STUDIO}?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["entering=x", "leaving=999", "in=%27", "in=35.10.99", "in=٣"]
)
def test_an_odd_address_still_shows_a_page(maya: Client, query: str) -> None:
    assert maya.get(f"{STUDIO}?{query}").status_code == 200


def test_from_studio_to_approval_by_another(maya: Client) -> None:
    form = asked(name="Tanpa kuota", q0_least="", w1=40)
    answer = maya.post(f"{STUDIO}save/", form, follow=True)
    row = Scenario.objects.get()
    assert "Kept as a draft" in body(answer)
    assert row.spec["criteria"][1]["weight"] == 40
    assert row.spec["quotas"] == []
    address = f"{HOME}scenarios/{row.pk}/"
    assert maya.post(f"{address}approve/").status_code == 409
    maya.post(f"{address}propose/")
    page = body(maya.get(address))
    assert "another officer must approve it" in page
    assert "Approve this scenario" not in page
    assert maya.post(f"{address}approve/").status_code == 409
    answer = enter("joko").post(f"{address}approve/", follow=True)
    assert "Everybody&#x27;s place was kept" in body(answer)
    assert enter("joko").post(f"{address}drop/").status_code == 409
    starting = maya.get(f"{STUDIO}?from={row.pk}")
    assert starting.context["form"]["w1"].value() == 40


def test_each_place_is_explained_on_the_page_and_in_the_letter(maya: Client) -> None:
    row = approved({**SPEC, "quotas": [WOMEN]})
    people = f"{HOME}scenarios/{row.pk}/people/"
    assert "Luh Sari" in body(maya.get(f"{people}?show=chosen"))
    assert "Ketut Rai" in body(maya.get(f"{people}?show=others"))
    page = body(maya.get(f"{people}3/"))
    assert "Chosen by the quota “Perempuan”" in page
    page = body(maya.get(f"{people}2/"))
    assert "Number 2 of 2 places, but a quota" in page
    page = body(maya.get(f"{people}1/"))
    assert "number 1 of 2 places" in page
    # 50 for no income, 15 for two dependants, 10 for being laid off.
    assert re.search(r"75 of at most 100", page)
    letter = maya.get(f"{people}1/letter.pdf")
    words = " ".join(
        part.extract_text() for part in PdfReader(BytesIO(letter.content)).pages
    )
    for said in ("I Wayan Sudarma", "You have a place.", "15 of 30", "Dependants"):
        assert said in words
    assert maya.get(f"{people}9/").status_code == 404
    assert maya.get(f"{people}9/letter.pdf").status_code == 404


def test_below_the_line_the_last_score_is_told(maya: Client) -> None:
    row = approved(budget=MILLION)
    page = body(maya.get(f"{HOME}scenarios/{row.pk}/people/2/"))
    assert "Places: 1; this is number 2" in page
    assert "chosen by rank: 75." in page


def test_a_draft_has_no_people_and_no_letters(maya: Client) -> None:
    row = scenario()
    assert maya.get(f"{HOME}scenarios/{row.pk}/people/").status_code == 404
    assert maya.get(f"{HOME}scenarios/{row.pk}/people/1/letter.pdf").status_code == 404


def test_a_printed_letter_proves_itself_without_a_name(maya: Client) -> None:
    row = approved()
    mark = re.findall(rb"targeting/letter/([^/]+)/", _links(maya, row))[0].decode()
    page = body(cast.english(Client()).get(f"/targeting/letter/{mark}/"))
    assert "This letter is real" in page
    assert "Sudarma" not in page
    for wrong in (f"{mark}x", "1:x", "9" * 40):
        assert Client().get(f"/targeting/letter/{wrong}/").status_code == 404


def _links(client: Client, row: Scenario) -> bytes:
    letter = client.get(f"{HOME}scenarios/{row.pk}/people/1/letter.pdf").content
    text = " ".join(part.extract_text() for part in PdfReader(BytesIO(letter)).pages)
    return text.replace("\n", "").replace(" ", "").encode()


def test_everybody_can_draw_the_lots_again(maya: Client) -> None:
    row = approved(LOT, seed=SEED)
    answer = Client().get(f"/targeting/lottery/{row.pk}.csv")
    lines = body(answer).splitlines()
    assert lines[0] == "tier,number,place"
    rows = [line.split(",") for line in lines[1:]]
    again = drawn(SEED, [(int(tier), number) for tier, number, _place in rows])
    assert [number for _tier, number in again] == [number for _t, number, _p in rows]
    assert "Sudarma" not in body(answer)
    page = body(maya.get(f"{HOME}scenarios/{row.pk}/"))
    assert SEED in page
    without = approved(name="Tanpa undian")
    assert Client().get(f"/targeting/lottery/{without.pk}.csv").status_code == 404


def test_a_lot_without_a_seed_is_not_approved(maya: Client) -> None:
    row = scenario(LOT)
    address = f"{HOME}scenarios/{row.pk}/"
    assert maya.post(f"{address}propose/").status_code == 422
    day = {"seed_source": DICE, "seed_on": today() - timedelta(days=1)}
    assert maya.post(f"{address}propose/", day).status_code == 409
    page = body(
        maya.post(f"{address}propose/", {**day, "seed_on": today()}, follow=True)
    )
    row.refresh_from_db()
    assert row.list_hash in page
    assert DICE in page
    joko = enter("joko")
    assert joko.post(f"{address}approve/", {"seed": "4"}).status_code == 409
    assert joko.post(f"{address}approve/", {"seed": "x" * 65}).status_code == 422
    assert joko.post(f"{address}approve/", {"seed": SEED}).status_code == 302


def test_the_list_is_public_before_the_seed_and_its_mark_is_its_own(
    maya: Client,
) -> None:
    """``cut -d, -f1,2 | sort | sha256sum`` of what the how-to says."""
    row = proposed(LOT)
    address = f"/targeting/lottery/{row.pk}.csv"
    before = body(Client().get(address)).splitlines()[1:]
    lines = "".join(f"{line.rpartition(',')[0]}\n" for line in before)
    assert sha256(lines.encode()).hexdigest() == row.list_hash
    approve_scenario(scenario=row, seed=SEED, by="joko", at=NOW)
    after = body(Client().get(address)).splitlines()[1:]
    assert {line.rpartition(",")[0] for line in after} == set(lines.split())


def test_the_list_of_a_lottery_is_kept_a_while_and_not_fetched_without_end(
    maya: Client,
) -> None:
    row = proposed(LOT)
    answer = Client().get(f"/targeting/lottery/{row.pk}.csv")
    assert "max-age=300" in answer["Cache-Control"]
    assert lottery.declared_limits[0].count == 60


def test_two_scenarios_stand_side_by_side_on_the_map(maya: Client) -> None:
    one = approved({**SPEC, "quotas": [WOMEN]}, name="Dengan kuota")
    other = scenario(name="Tanpa kuota")
    answer = maya.get(f"{HOME}compare/?a={one.pk}&b={other.pk}&in={cast.KECAMATAN}")
    page = body(answer)
    assert [found.key for found in answer.context["maps"]] == ["map-0", "map-1"]
    assert answer.context["both"] == "1"
    assert "Perempuan: at least 50%" in page
    assert "+1" in page
    assert "cannot estimate: checked in the field: 0" in page


@pytest.mark.parametrize("query", ["a=x&b=y", "a=&b=", "a={one}&b={one}"])
def test_what_cannot_be_compared_says_why(maya: Client, query: str) -> None:
    one = scenario()
    answer = maya.get(f"{HOME}compare/?{query.format(one=one.pk)}")
    assert answer.context["problem"]
    assert "compared" not in answer.context


def test_the_other_scenario_is_still_to_be_chosen(maya: Client) -> None:
    one = scenario()
    answer = maya.get(f"{HOME}compare/?a={one.pk}")
    assert not answer.context["problem"]
    assert answer.context["a"] == str(one.pk)


def test_an_auditor_reads_and_changes_nothing(maya: Client) -> None:
    row = approved()
    cast.staff("agus", Role.AUDITOR, cast.REGENCY)
    agus = enter("agus")
    page = body(agus.get(f"{HOME}scenarios/{row.pk}/"))
    assert "Propose this scenario" not in page
    assert agus.get(STUDIO).status_code == 403
    assert "Sudarma" in body(agus.get(f"{HOME}scenarios/{row.pk}/people/"))


def test_leadership_sees_figures_and_no_names(maya: Client) -> None:
    row = approved()
    cast.staff("ipuk", Role.LEADERSHIP, cast.REGENCY)
    ipuk = enter("ipuk")
    page = body(ipuk.get(f"{HOME}scenarios/{row.pk}/"))
    assert "See the people" not in page
    assert "Sudarma" not in page
    assert ipuk.get(f"{HOME}scenarios/{row.pk}/people/").status_code == 403


def test_leadership_sees_no_small_counts(maya: Client) -> None:
    """One man of two with a place, in one village: everybody there knows him."""
    row, other = approved(), scenario({**SPEC, "quotas": [WOMEN]})
    cast.staff("ipuk", Role.LEADERSHIP, cast.REGENCY)
    ipuk = enter("ipuk")
    for address in (
        f"{HOME}scenarios/{row.pk}/?in={cast.KECAMATAN}",
        f"{HOME}compare/?a={row.pk}&b={other.pk}&in={cast.KECAMATAN}",
    ):
        found = ipuk.get(address).context
        cells = [cell for line in found["areas"]["rows"] for cell in line[1:]]
        cells += [cell for line in found["shares"]["rows"] for cell in line[1:]]
        texts = {cell["text"] for cell in cells}
        assert "< 5" in texts
        assert not {text for text in texts if re.match(r"[+−]?[1-4]\b", text)}
        spoken = [one.spoken for drawn in found["maps"] for one in drawn.shapes]
        assert not [text for text in spoken if re.search(r": [1-4]$", text)]
    assert "1" in str(maya.get(address).context["areas"]["rows"])


def test_a_village_reads_about_its_own_people_only(maya: Client) -> None:
    row = approved()
    cast.sari()
    sari = enter("sari")
    people = f"{HOME}scenarios/{row.pk}/people/"
    page = body(sari.get(people))
    assert "Sudarma" in page
    assert "Ketut Rai" not in page
    assert sari.get(f"{people}1/").status_code == 200
    assert sari.get(f"{people}2/").status_code == 404
    assert sari.get(f"{people}2/letter.pdf").status_code == 404
    assert sari.get(HOME).status_code == 403


def test_money_is_typed_with_dots_and_shown_so(maya: Client) -> None:
    page = body(maya.get(STUDIO))
    assert 'value="2.000.000"' in page
    answer = maya.get(STUDIO, asked(budget="Rp 1.000.000", cost_each="1.000.000"))
    assert answer.context["chosen"] == "1"


def test_weights_of_nought_make_everybody_equal_and_the_page_says_so(
    maya: Client,
) -> None:
    nought = dict.fromkeys(("w0", "w1", "w2", "w3"), 0)
    assert "everybody is equal" in body(maya.get(STUDIO, asked(**nought)))
    assert "everybody is equal" not in body(maya.get(STUDIO))
