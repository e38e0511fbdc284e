"""Officers and everybody read where a village stands, and who acts next."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.intake.models import Upload
from smartkampung.kernel.clock import now, telling, today
from smartkampung.regions.models import Region
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.pilots.actions.moving import pause
from smartkampung.reopening.pilots.actions.watching import watch
from smartkampung.reopening.pilots.models import (
    Answers,
    Candidate,
    Evidence,
    Pilot,
    Proposal,
    Round,
    SignOff,
)
from smartkampung.reopening.pilots.rules.choosing import Criterion, Question
from smartkampung.reopening.pilots.rules.states import State
from tests import cast
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, REGENCY, RT_HERE
from tests.domain.pilots.conftest import air as air
from tests.economy import words
from tests.piloting import (
    DAY,
    MAYA,
    MONDAY,
    RECOVERY,
    Air,
    a_pilot,
    a_ready_pilot,
    in_new_normal,
    in_recovery,
    prepared,
    signed_by,
)

pytestmark = pytest.mark.django_db
PAGES = "/staff/pilots/"


def at_desk(client: Client, role: Role, place: str, *, name: str = "") -> Client:
    """Sign somebody in, reading English."""
    account: Staff = cast.staff(name or role.value, role, place)
    return cast.english(cast.sign_in(client, account))


def picture() -> io.BytesIO:
    """Return a small photo."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    file.seek(0)
    file.name = "balai.jpg"
    return file


def test_a_village_shows_what_it_did_with_a_photo(client: Client) -> None:
    at_desk(client, Role.VILLAGE_OFFICER, HERE)
    pilot = a_pilot()
    page = f"{PAGES}{pilot.pk}/evidence/education/"
    form = client.get(page).context["form"]
    told = {
        "form_id": str(form.initial["form_id"]),
        "text": "Penyuluhan di balai desa.",
        "on": today().isoformat(),
        "people": "forty",
        "photo": picture(),
    }
    refused = client.post(page, told)
    assert "Write a whole number, such as 40." in words(refused, 422)
    kept = refused.context["form"].data["photo_kept"]
    del told["photo"]
    again = client.post(page, {**told, "people": "40", "photo_kept": kept})
    assert again.status_code == 302
    row = Evidence.objects.get()
    assert row.photos == [Upload.objects.get().pk]
    shown = client.get(f"{PAGES}{pilot.pk}/")
    assert "Penyuluhan di balai desa." in words(shown)
    assert "the village office: give evidence of: Socialisation" in words(shown)
    photo = client.get(f"{PAGES}{pilot.pk}/photos/{row.photos[0]}/")
    assert photo["Content-Type"] == "image/jpeg"


def test_a_day_ahead_is_refused_beside_its_field(client: Client) -> None:
    at_desk(client, Role.VILLAGE_OFFICER, HERE)
    page = f"{PAGES}{a_pilot().pk}/evidence/education/"
    told = {"form_id": str(client.get(page).context["form"].initial["form_id"])}
    told |= {"text": "x", "people": "abc", "on": (today() + DAY).isoformat()}
    refused = client.post(page, told)
    assert "This day has not come yet." in words(refused, 422)
    assert set(refused.context["form"].errors) == {"on", "people"}
    assert client.get(f"{PAGES}{Pilot.objects.get().pk}/evidence/x/").status_code == 404


def test_the_task_force_says_what_is_missing(client: Client) -> None:
    at_desk(client, Role.KECAMATAN_OFFICER, KECAMATAN)
    pilot = prepared(a_pilot(), at=now())
    page = f"{PAGES}{pilot.pk}/visit/"
    assert client.get(page).status_code == 200
    told = {"form_id": str(client.get(page).context["form"].initial["form_id"])}
    told["on"] = today().isoformat()
    refused = client.post(page, {**told, "passed": "no"})
    assert "Say what is missing." in words(refused, 422)
    lacking = {**told, "missing": "Tempat cuci tangan."}
    both = client.post(page, {**lacking, "passed": "yes"})
    assert "You say that the village is ready, and also" in words(both, 422)
    ahead = {**told, "passed": "yes", "on": (today() + DAY).isoformat()}
    assert "This day has not come yet." in words(client.post(page, ahead), 422)
    client.post(page, {**lacking, "passed": "no", "photo": picture()})
    shown = client.get(f"{PAGES}{pilot.pk}/")
    assert "Tempat cuci tangan." in words(shown)
    assert "not ready yet" in words(shown)
    photo = client.get(f"{PAGES}{pilot.pk}/photos/{Upload.objects.get().pk}/")
    assert photo["Content-Type"] == "image/jpeg"
    client.post(page, {**told, "passed": "yes"})
    pilot.refresh_from_db()
    assert pilot.state == "ready"
    assert client.post(page, {**told, "passed": "yes"}).status_code == 409


def test_a_sign_page_says_what_is_missing_and_then_signs(
    client: Client,
    air: Air,
) -> None:
    at_desk(client, Role.BABINSA, HERE)
    with telling(MONDAY):
        pilot = a_ready_pilot()
        page = f"{PAGES}{pilot.pk}/sign/"
        air.on[Indicator.REPRODUCTION, MONDAY.date() - DAY] = None
        shown = words(client.get(page))
        assert "Nothing is known for: 5 July 2020" in shown
        assert "Nobody can sign now" in shown
        air.on.clear()
        (sheet,) = client.get(page).context["forms"]
        told = sheet["form"].initial
        assert client.post(page, {**told, "digest": "x"}).status_code == 409
        assert client.post(page, {}).status_code == 422
        assert client.post(page, told).status_code == 302
        assert "There is nothing for your office to sign" in words(client.get(page))
    assert SignOff.objects.get().by == "babinsa"


@pytest.mark.usefixtures("air")
def test_the_last_signature_tells_everybody(client: Client) -> None:
    with telling(MONDAY):
        pilot = signed_by(a_ready_pilot(), *RECOVERY)
        shown = words(cast.english(client).get(f"/pilots/{HERE}/"))
        assert "Applies today: Recovery" in shown
        assert "Went on to the next phase" in shown
        assert "babinsa" not in shown
        at_desk(client, Role.BABINSA, HERE)
        turn = pilot.turns.get(what="forward")
        news = f"{PAGES}news/{turn.pk}/"
        assert "Went on to the next phase" in words(client.get(news))
        assert client.post(news).status_code == 302
        assert client.post(news).status_code == 409


def test_a_proposal_is_red_when_late_and_is_decided(
    client: Client,
    air: Air,
) -> None:
    at_desk(client, Role.LEADERSHIP, REGENCY)
    with telling(MONDAY):
        pilot = in_new_normal()
        air.values[Indicator.CASES_WEEKLY] = "120"
        watch(at=MONDAY)
    page = f"{PAGES}proposals/{Proposal.objects.get().pk}/"
    with telling(MONDAY + 2 * DAY):
        assert "late" in words(client.get(page))
        board = client.get(PAGES).context["columns"]
        assert [column["count"] for column in board] == [1, 0, 0, 0, 0]
        assert "going back is proposed late" in words(client.get(f"{PAGES}{pilot.pk}/"))
        assert client.post(page, {"decision": "pause"}).status_code == 422
        told = {"decision": "pause", "reason": "Kasus naik."}
        assert client.post(page, told).status_code == 302
        assert client.post(page, told).status_code == 409
        shown = words(client.get(f"/pilots/{HERE}/"))
        assert "Applies today: Emergency" in shown
        assert "The village is paused. It stands in: New normal." in shown


@pytest.mark.usefixtures("air")
def test_decisions_are_taken_with_a_reason(client: Client) -> None:
    at_desk(client, Role.DINKES, REGENCY)
    with telling(MONDAY):
        pilot = in_recovery()
        pause(pilot=pilot, reason="Kasus naik.", by=MAYA, at=MONDAY)
        acts = client.get(f"{PAGES}{pilot.pk}/").context["acts"]
        assert [one["text"] for one in acts] == [
            "Resume",
            "Go back a phase",
            "End the pilot",
        ]
        page = f"{PAGES}{pilot.pk}/act/resume/"
        assert client.get(page).status_code == 200
        assert client.post(page, {"reason": ""}).status_code == 422
        assert client.post(page, {"reason": "Tenang."}).status_code == 302
        assert client.post(page, {"reason": "Tenang."}).status_code == 409
        assert client.get(f"{PAGES}{pilot.pk}/act/fly/").status_code == 404
    pilot.refresh_from_db()
    assert pilot.state == State.RUNNING


def test_a_round_from_answers_to_pilots(client: Client) -> None:
    at_desk(client, Role.VILLAGE_OFFICER, HERE)
    page = f"{PAGES}answers/{HERE}/"
    yes = dict.fromkeys([*Question, "market", "tourism"], "yes")
    assert client.post(page, {}).status_code == 422
    assert client.post(page, yes).status_code == 302
    assert client.get(page).context["form"].initial["masks"] == "yes"
    assert Answers.objects.get().market

    at_desk(client, Role.DINKES, REGENCY, name="maya")
    weights: dict[str, object] = dict.fromkeys(Criterion, 20)
    form = {"kecamatan": KECAMATAN, **weights}
    refused = client.post(f"{PAGES}rounds/new/", {**form, "zone": "200"})
    assert refused.status_code == 422
    assert client.post(f"{PAGES}rounds/new/", form).status_code == 302
    assert client.post(f"{PAGES}rounds/new/", form).status_code == 409
    shown = words(client.get(f"{PAGES}rounds/{Round.objects.get().pk}/"))
    assert "1. Sumberwangi chosen" in shown
    assert "8 of 8 questions answered with yes" in shown

    second = Candidate.objects.get(place=2)
    leave = f"{PAGES}candidates/{second.pk}/"
    assert "this leaves the order" in words(client.get(leave))
    assert client.post(leave, {"reason": "x"}).status_code == 422
    assert client.post(leave, {"take": "no", "reason": ""}).status_code == 409
    told = {"take": "no", "reason": "Belum ada satgas."}
    assert [client.post(leave, told).status_code for _press in "ab"] == [302, 302]
    second.refresh_from_db()
    assert not second.chosen
    close = f"{PAGES}rounds/{Round.objects.get().pk}/close/"
    assert client.post(close, {"few_because": "Hanya satu."}).status_code == 409

    at_desk(client, Role.DINKES, REGENCY, name="joko")
    Candidate.objects.filter(place=2).update(overridden_by="joko")
    barred = words(client.get(f"{PAGES}rounds/{Round.objects.get().pk}/"))
    assert "You left the order of this round" in barred
    Candidate.objects.filter(place=2).update(overridden_by="maya")
    assert client.post(close, {"few_because": ""}).status_code == 409
    assert client.post(close, {"few_because": "Hanya satu."}).status_code == 302
    open_page = words(client.get(f"/pilots/rounds/{Round.objects.get().pk}/"))
    assert "Fewer than two, because: Hanya satu." in open_page
    assert "Why out of order: Belum ada satgas." in open_page
    assert "Sumberwangi" in words(client.get("/pilots/"))


def test_a_board_knows_late_today_mine_and_others(client: Client) -> None:
    at_desk(client, Role.VILLAGE_OFFICER, HERE)
    pilot = a_pilot()
    counts = []
    for days in (-1, 0, 1):
        Pilot.objects.update(due_on=today() + timedelta(days=days))
        columns = client.get(PAGES).context["columns"]
        counts.append([column["count"] for column in columns])
    prepared(pilot, at=now())
    counts.append([one["count"] for one in client.get(PAGES).context["columns"]])
    Pilot.objects.update(state="ended", ended_on=today())
    counts.append([one["count"] for one in client.get(PAGES).context["columns"]])
    assert counts == [
        [1, 0, 0, 0, 0],
        [0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0],
        [0, 0, 0, 1, 0],
        [0, 0, 0, 0, 1],
    ]


def test_a_kecamatan_is_drawn_with_its_pilots(client: Client) -> None:
    a_pilot()
    for code, lat in ((HERE, -8.3), (NEXT_DOOR, -8.2), (FAR_AWAY, -8.1)):
        Region.objects.filter(code=code).update(lat=lat, lng=114.1)
    whole = client.get("/pilots/").context["map"]
    assert [shape.url for shape in whole.shapes if shape.url] == [f"?in={KECAMATAN}"]
    near = client.get(f"/pilots/?in={KECAMATAN}").context["map"]
    told = {shape.label: (shape.url, shape.shade) for shape in near.shapes}
    assert told == {
        "Sumberwangi": (f"/pilots/{HERE}/", "shade-2"),
        "Karangjati": ("", "shade-none"),
    }


def test_nothing_is_public_before_a_village_is_chosen(client: Client) -> None:
    cast.places()
    assert client.get("/pilots/").status_code == 200
    assert client.get(f"/pilots/{HERE}/").status_code == 404


def test_an_rt_head_reads_of_the_pilot_of_the_village_and_changes_nothing(
    client: Client, air: Air
) -> None:
    at_desk(client, Role.RT_HEAD, RT_HERE)
    with telling(MONDAY):
        pilot = in_new_normal()
        air.values[Indicator.CASES_WEEKLY] = "120"
        watch(at=MONDAY)
        page = client.get(f"{PAGES}{pilot.pk}/")
    shown = words(page)
    assert "going back is proposed" in shown
    assert "See why, and decide" not in shown
    assert "120 on" not in shown  # of the village only whether it is met (ADR 54)
    assert page.context["doors"] == page.context["acts"] == []
    proposal = Proposal.objects.get()
    assert client.get(f"{PAGES}proposals/{proposal.pk}/").status_code == 403
    assert client.get(f"{PAGES}{pilot.pk}/visit/").status_code == 403
    news = client.get(f"{PAGES}news/{proposal.pilot.turns.latest('pk').pk}/")
    assert "120 on" not in words(news)
    elsewhere = a_pilot(NEXT_DOOR)
    assert client.get(f"{PAGES}{elsewhere.pk}/").status_code == 404
