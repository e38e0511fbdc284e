"""Moving about in the report form: back, change, old forms, closed doors, limits."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from smartkampung.aid.models import Report, ReportingPhase
from smartkampung.aid.rules.report import Reason
from smartkampung.intake.rules import Limit
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.web.report import views
from tests.cast import HERE, places
from tests.pictures import jpeg
from tests.reporting import NOON, WAYAN_KK, WAYAN_NIK, open_phase
from tests.web.reportform import (
    FORM,
    GOOD,
    SEND,
    Page,
    body,
    fill,
    move,
    post,
    send,
    token,
)

pytestmark = pytest.mark.django_db
MOST_BYTES = 100_000


@pytest.fixture(autouse=True)
def _ground() -> Iterator[None]:
    places()
    open_phase(quota=2)
    with time_machine.travel(NOON, tick=False):
        yield


def count() -> int:
    act_as(Kind.JOB)
    return Report.objects.count()


def test_back_keeps_what_was_typed_right_or_wrong(client: Client) -> None:
    page = fill(client, until="card")
    half = {**GOOD["card"], "nik": "35100917089"}
    back = post(client, page, "card", {**half, "to": "who"})
    assert "checked" in body(back)
    again = post(client, back, "who", GOOD["who"])
    assert again.status_code == 200
    forward = move(client, again, to="card")
    assert 'value="35100917089"' in body(forward)


def test_an_answer_changed_on_the_review_leads_back_to_the_review(
    client: Client,
) -> None:
    review = fill(client)
    page = move(client, review, to="reason")
    assert "Rumah hijau" in body(page)
    changed = {"reason": Reason.STOPPED, "story": "Pagar putih."}
    again = post(client, page, "reason", changed)
    assert "Pagar putih." in body(again)
    assert SEND in body(again)


def where(page: Page) -> str:
    """Return the address that the browser shows for a page."""
    address: str = page.redirect_chain[-1][0]
    return address


def test_every_answer_leads_to_a_page_that_can_be_fetched_again(client: Client) -> None:
    page = client.get(FORM, follow=True)
    for step, good in GOOD.items():
        assert f"/{step}/" in where(page)
        form = {"form": token(page), "step": step, **good}
        assert client.post(FORM, form).status_code == 302
        page = post(client, page, step, good)
    assert WAYAN_NIK in body(client.get(where(page)))


def test_mistakes_stand_on_a_page_that_can_be_fetched_again(client: Client) -> None:
    page = fill(client, until="card")
    wrong = post(client, page, "card", {**GOOD["card"], "born_on_day": "85"})
    again = client.get(where(wrong))
    assert "Tanggal harus antara 1 dan 31." in body(again)
    assert f'value="{WAYAN_NIK}"' in body(again)


def test_a_screen_ahead_of_the_answers_leads_to_the_one_that_is_missing(
    client: Client,
) -> None:
    page = fill(client, until="village")
    ahead = client.get(where(page).replace("village", "photo"), follow=True)
    assert "/village/" in where(ahead)
    assert client.get(where(page).replace("village", "no-such")).status_code == 404


def test_the_answers_are_for_the_browser_of_their_form_only(client: Client) -> None:
    page = fill(client, until="reason")
    carried = next(c for n, c in client.cookies.items() if n.startswith("report-"))
    assert carried["httponly"]
    assert carried["samesite"] == "Lax"
    assert carried["max-age"] == 2 * 3600
    assert where(page).startswith(carried["path"])
    assert not carried["domain"]
    stranger = Client().get(where(page).replace("reason", "card"))
    assert "Silakan mulai lagi" in body(stranger)
    assert WAYAN_NIK not in body(stranger)


def test_two_forms_in_two_tabs_never_mix(client: Client) -> None:
    one, other = fill(client, until="phone"), fill(client, until="card")
    assert WAYAN_NIK not in body(client.get(where(other)))
    assert WAYAN_NIK in body(client.get(where(one).replace("phone", "card")))
    assert where(one).split("/")[3] != where(other).split("/")[3]


def test_going_back_after_sending_shows_the_slip_and_no_answers(
    client: Client,
) -> None:
    review = fill(client)
    slip = send(client, review)["Location"]
    back = client.get(where(review))
    assert "Laporan ini sudah terkirim" in body(back)
    assert slip in body(back)
    assert WAYAN_NIK not in body(back)
    assert WAYAN_NIK not in body(client.get(where(review).replace("review", "card")))


def test_a_story_too_long_to_carry_is_kept_all_the_same(client: Client) -> None:
    page = fill(client, until="reason")
    story = {"reason": Reason.OTHER, "story": "😀" * 900}
    page = post(client, page, "reason", story)
    assert 'name="photo"' in body(page)
    assert story["story"] in body(post(client, page, "photo", {}))


@pytest.mark.parametrize(
    ("who", "whose", "where_to"),
    [
        ("yes", "kartu keluarga Anda?", "Di kecamatan mana Anda tinggal?"),
        ("no", "kartu keluarga orang itu?", "Di kecamatan mana orang itu tinggal?"),
    ],
    ids=["oneself", "somebody else"],
)
def test_the_questions_say_whom_they_mean(
    client: Client, who: str, whose: str, where_to: str
) -> None:
    assert whose in body(fill(client, until="card", who={"for_self": who}))
    assert where_to in body(fill(client, until="kecamatan", who={"for_self": who}))


def test_the_review_comes_only_after_every_screen(client: Client) -> None:
    page = fill(client, until="reason")
    jumped = move(client, page, to="review")
    assert 'name="reason"' in body(jumped)
    assert SEND not in body(jumped)


def test_sending_a_half_filled_form_asks_for_the_rest(client: Client) -> None:
    page = fill(client, until="rt")
    answer = client.post(SEND, {"form": token(page)}, follow=True)
    assert 'name="rt"' in body(answer)
    assert count() == 0


def test_wrong_answers_kept_by_going_back_cannot_be_sent(client: Client) -> None:
    review = fill(client)
    page = move(client, review, to="card")
    bad = {**GOOD["card"], "born_on_day": "85"}
    moved = post(client, page, "card", {**bad, "to": "phone"})
    answer = client.post(SEND, {"form": token(moved)}, follow=True)
    assert answer.status_code == 422
    assert "Tanggal harus antara 1 dan 31." in body(answer)
    assert count() == 0


def test_the_language_changes_without_losing_an_answer(client: Client) -> None:
    review = fill(client)
    english = move(client, review, to="review", language="en")
    assert "Is everything right?" in body(english)
    assert WAYAN_NIK in body(english)
    assert client.cookies["django_language"].value == "en"


@pytest.mark.parametrize(
    ("step", "answers"),
    [
        ("card", {"nik": "3510", "born_on_day": "17"}),
        ("phone", {"phone": "0857"}),
        ("reason", {"story": "Rumah hijau <b>di ujung</b> gang."}),
    ],
)
def test_the_language_changes_in_the_middle_of_a_screen(
    client: Client, step: str, answers: dict[str, str]
) -> None:
    page = fill(client, until=step)
    english = post(client, page, step, {**answers, "language": "en"})
    assert english.status_code == 200
    assert english["Content-Language"] == "en"
    assert "Continue" in body(english)
    for text in answers.values():
        assert escape(text) in body(english)
    assert 'role="alert"' not in body(english)
    assert "aria-invalid" not in body(english)
    back = post(client, english, step, {**answers, "language": "id"})
    assert "Lanjut" in body(back)
    for text in answers.values():
        assert escape(text) in body(back)


def test_the_language_changes_on_an_empty_screen(client: Client) -> None:
    page = fill(client, until="phone")
    english = post(client, page, "phone", {"phone": "", "language": "en"})
    assert "Where may we send news?" in body(english)


def test_a_chosen_photo_survives_the_language(client: Client) -> None:
    page = fill(client, until="photo")
    english = post(client, page, "photo", {"photo": jpeg(), "language": "en"})
    assert "One photo is attached." in body(english)
    review = post(client, english, "photo", {})
    assert "Is everything right?" in body(review)
    send(client, review)
    act_as(Kind.JOB)
    assert Report.objects.get().photo is not None


def test_a_bad_photo_is_refused_in_the_new_language(client: Client) -> None:
    page = fill(client, until="photo")
    bad = SimpleUploadedFile("rumah.jpg", b"MZ not a photo")
    answer = post(client, page, "photo", {"photo": bad, "language": "en"})
    assert answer.status_code == 422
    assert answer["Content-Language"] == "en"


def test_a_language_nobody_speaks_is_an_ordinary_answer(client: Client) -> None:
    page = fill(client, until="phone")
    answer = post(client, page, "phone", {"phone": "0857 1111 2222", "language": "xx"})
    assert "Di kecamatan mana" in body(answer)


@pytest.mark.parametrize(
    "broken",
    ["", "nonsense", "AAAA", "%%%", "a" * 30_000, "AQ==", "ÿ"],
    ids=["none", "text", "short", "signs", "huge", "one byte", "letter"],
)
@pytest.mark.parametrize("url", [FORM, SEND], ids=["screen", "send"])
def test_a_form_that_is_not_ours_begins_anew(
    client: Client, broken: str, url: str
) -> None:
    answer = client.post(url, {"form": broken, "step": "card"}, follow=True)
    assert "Silakan mulai lagi" in body(answer)
    assert 'name="for_self"' in body(answer)


def test_a_form_with_one_letter_changed_begins_anew(client: Client) -> None:
    sealed = token(fill(client))
    middle = len(sealed) // 2
    other = "A" if sealed[middle] != "A" else "B"
    altered = sealed[:middle] + other + sealed[middle + 1 :]
    answer = client.post(SEND, {"form": altered}, follow=True)
    assert "Silakan mulai lagi" in body(answer)
    assert count() == 0


def test_a_form_left_open_for_hours_keeps_its_answers(client: Client) -> None:
    page = fill(client, until="reason")
    with time_machine.travel(NOON + timedelta(hours=5), tick=False):
        late = post(client, page, "reason", GOOD["reason"])
        assert late.status_code == 200
        assert "Jawaban Anda masih tersimpan" in body(late)
        assert send(client, post(client, late, "photo", {})).status_code == 302
    assert count() == 1


def test_a_form_left_open_for_weeks_begins_anew(client: Client) -> None:
    review = fill(client)
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        answer = client.post(SEND, {"form": token(review)}, follow=True)
    assert "terlalu lama terbuka" in body(answer)
    assert count() == 0


def test_a_sent_form_with_other_answers_is_not_sent_again(client: Client) -> None:
    review = fill(client)
    assert send(client, review).status_code == 302
    changed = post(client, review, "reason", {"reason": Reason.OTHER})
    answer = send(client, changed)
    assert answer.status_code == 409
    assert "sudah dikirim dengan jawaban lain" in body(answer)
    assert count() == 1


def test_when_the_quota_is_used_up_the_page_says_to_come_back_tomorrow(
    client: Client,
) -> None:
    send(client, fill(client))
    send(client, fill(client))
    answer = send(client, fill(client))
    assert answer.status_code == 429
    assert answer["Retry-After"] == str(12 * 3600)
    assert "Silakan kembali besok" in body(answer)
    assert WAYAN_NIK in body(answer)
    assert count() == 2


def test_a_closed_door_says_when_it_opens(client: Client) -> None:
    ReportingPhase.objects.update(
        opens_at=NOON + timedelta(days=2), closes_at=NOON + timedelta(days=4)
    )
    page = client.get(FORM)
    assert page.status_code == 200
    assert "Kamis, 26 November 2026, 12.00 WIB" in body(page)


def test_a_door_that_closes_meanwhile_says_so_at_the_end(client: Client) -> None:
    review = fill(client)
    ReportingPhase.objects.all().delete()
    answer = send(client, review)
    assert answer.status_code == 409
    assert "Laporan sedang ditutup" in body(answer)
    assert "belum ditetapkan" in body(answer)


def lower(monkeypatch: pytest.MonkeyPatch, view: Any, count: int) -> None:
    limit = Limit("test", count, timedelta(minutes=10))
    monkeypatch.setattr(view, "declared_limits", (limit, None))


def test_one_address_cannot_send_without_end(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = fill(client)
    lower(monkeypatch, views.send, 1)
    assert send(client, review).status_code == 302
    answer = send(client, review)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "600"
    assert "10 menit" in body(answer)
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert send(other, review).status_code == 302


def test_all_addresses_together_have_a_limit(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = fill(client)
    wide = Limit("test.address", 100, timedelta(minutes=1))
    everybody = Limit("test.everybody", 1, timedelta(minutes=1))
    monkeypatch.setattr(views.send, "declared_limits", (wide, everybody))
    assert send(client, review).status_code == 302
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert send(other, review).status_code == 429


def test_a_form_from_another_site_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(FORM, follow=True)
    assert strict.post(FORM, {"form": token(page), "step": "who"}).status_code == 403
    assert strict.post(SEND, {"form": token(page)}).status_code == 403


def test_numbers_stand_in_no_url_cookie_session_or_hidden_field(client: Client) -> None:
    page = fill(client, until="photo")
    for secret in (WAYAN_NIK, WAYAN_KK, "85711112222"):
        assert secret not in body(page)
        assert secret not in page.request["PATH_INFO"]
        assert secret not in str(client.cookies)
    assert "sessionid" not in client.cookies
    assert "no-store" in page["Cache-Control"]


def test_a_screen_is_light_and_needs_no_script(client: Client) -> None:
    for step in GOOD:
        page = fill(client, until=step)
        assert len(page.content) < MOST_BYTES
        assert "<script" not in body(page)


def test_without_a_known_rt_the_report_goes_to_the_village(client: Client) -> None:
    send(client, fill(client, rt={"rt": "unknown"}))
    act_as(Kind.JOB)
    assert Report.objects.get().region_code == HERE
