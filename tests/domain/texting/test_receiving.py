"""Wayan writes to the regency from a phone without internet."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from smartkampung.accounts.queries.phones import phones_of
from smartkampung.accounts.roles import Role
from smartkampung.frontline.texting.actions import receive as receiving
from smartkampung.frontline.texting.actions.receive import (
    PER_PHONE,
    Taken,
    Text,
    forget_old,
    receive,
)
from smartkampung.frontline.texting.models import Assist, Conversation, Received
from smartkampung.intake.actions.cases import open_case
from smartkampung.intake.rules import Limit
from smartkampung.kernel.claim import Busy
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.notify.models import Message
from smartkampung.notify.queries import has_opted_out
from smartkampung.notify.rules import sms_parts
from smartkampung.residents.rules.consents import Purpose
from smartkampung.worklist.models import WorkItem
from tests.cast import HERE, NEXT_DOOR, RT_HERE, staff
from tests.reporting import FAMILY_PHONE, NOON, WAYAN_NIK, wayan
from tests.speaking import with_phone
from tests.texting import STRANGER, assist_of, everything_kept, words, write

pytestmark = pytest.mark.django_db
PHONE = Sealed.of(FAMILY_PHONE, "phone")


@pytest.fixture(autouse=True)
def _family() -> None:
    wayan()
    act_as(Kind.JOB)


def test_any_text_is_answered_with_the_menu() -> None:
    assert "Balas 1 LAPOR" in write("selamat siang", at=NOON)


def test_a_word_is_answered_with_a_link_and_with_help() -> None:
    for word, door in [
        ("lapor", "/aid/report/"),
        ("ISOLASI", "/isolation/"),
        ("surat", "/surat/"),
    ]:
        told = write(word, at=NOON)
        assert door in told
        assert "Balas TELEPON" in told


def test_help_is_asked_for_in_three_texts_and_lies_with_the_rt() -> None:
    write("LAPOR", at=NOON)
    assert "tinggal di mana" in write("2", at=NOON)
    told = write("sumberwangi lereng", at=NOON)
    assert "Kamis, 26 November 2026" in told
    row = assist_of()
    assert (row.region_code, row.topic) == (RT_HERE, "report")
    item = WorkItem.objects.get(kind="texting.assist")
    assert (item.region_code, item.target) == (RT_HERE, f"texting.assist:{row.pk}")


def test_who_is_not_known_gets_the_same_answers_word_by_word() -> None:
    for said in ("LAPOR", "2", "Jakarta", "Sumberwangi", "halo", "CEK 1234", "STOP"):
        known = write(said, at=NOON)
        assert write(said, at=NOON, phone=STRANGER) == known
    assert assist_of(STRANGER).region_code == HERE


def test_the_place_where_one_says_one_lives_counts() -> None:
    for said in ("surat", "2", "Karangjati RT 1 RW 1"):
        write(said, at=NOON)
    assert assist_of().region_code == f"{NEXT_DOOR}.001.001"


def test_a_place_that_nobody_can_read_ends_at_the_rt_on_record() -> None:
    for phone in (FAMILY_PHONE, STRANGER):
        for said in ("isolasi", "2", "di sini", "sini lho"):
            told = write(said, at=NOON, phone=phone)
        assert "kantor desa" in told
    assert assist_of().region_code == RT_HERE
    assert Assist.objects.count() == 1


def test_asking_again_while_it_waits_opens_nothing_more() -> None:
    for _ in range(2):
        for said in ("LAPOR", "2", "Sumberwangi"):
            told = write(said, at=NOON)
        assert "26 November" in told
    assert Assist.objects.count() == 1


def test_a_code_is_answered_with_its_page_and_its_date() -> None:
    code = open_case(
        kind="aid.report",
        region_code=RT_HERE,
        first_step="received",
        due_on=NOON.date() + timedelta(days=7),
        at=NOON,
    )
    told = write(f"cek {code.lower()}", at=NOON)
    assert f"/t/{code}/" in told
    assert "1 Desember 2026" in told
    assert write("CEK", at=NOON).startswith("Smart Kampung: balas dengan kode")
    assert f"/t/{code}/" in write(code, at=NOON)
    other = open_case(
        kind="places.complaint",
        region_code=RT_HERE,
        first_step="received",
        due_on=None,
        at=NOON,
    )
    assert f"/t/{other}/" in write(f"cek {other}", at=NOON), "no kind of case is told"
    # On its way back the code is sealed, like any other that opens something.
    assert not any(code in str(row.context) for row in Message.objects.all())


def test_a_code_that_opens_nothing_is_said_so() -> None:
    for said in ("cek K7QF-2M9X-TB4C", "cek abc"):
        assert "tidak ada kasus" in write(said, at=NOON)


def test_stop_ends_news_and_start_begins_them_again() -> None:
    told = write("STOP", at=NOON)
    assert "Kabar bantuan Anda tetap datang" in told
    assert has_opted_out(PHONE, Purpose.AREA_NEWS)
    assert not has_opted_out(PHONE, Purpose.NEWS_MESSAGES), "the day of a hand-over"
    assert "/aid/report/" in write("lapor", at=NOON)  # who writes is answered
    write("mulai", at=NOON)
    assert not has_opted_out(PHONE, Purpose.AREA_NEWS)


def test_everything_ends_where_somebody_says_so() -> None:
    assert "juga hari bantuan Anda" in write("STOP SEMUA", at=NOON)
    write("STOP", at=NOON)
    assert has_opted_out(PHONE, Purpose.NEWS_MESSAGES), "said before, and it stays"


def test_danger_and_illness_are_sent_to_112_and_not_kept() -> None:
    for said in ("tolong banjir", "anak saya sakit panas tolong"):
        assert "Telepon 112" in write(said, at=NOON)
    kept = everything_kept()
    assert "sakit panas" not in kept
    assert "tinggal di mana" in write("TELEPON", at=NOON)


def test_english_is_answered_in_english_until_indonesian_is_written() -> None:
    assert "do it yourself" in write("report", at=NOON)
    assert "where do you live" in write("2", at=NOON)
    assert "Sunday" not in write("lapor", at=NOON)


def test_a_conversation_that_went_cold_begins_anew() -> None:
    write("LAPOR", at=NOON)
    assert "Balas 1 LAPOR" in write("dibantu", at=NOON + timedelta(minutes=31))


@pytest.mark.parametrize(
    "said", [f"LAPOR {WAYAN_NIK}", "3510 0917 0890 0001", f"Sumberwangi {WAYAN_NIK}"]
)
def test_a_nik_is_neither_kept_nor_sent_back(said: str) -> None:
    write("surat", at=NOON)
    write("2", at=NOON)
    told = write(said, at=NOON)
    assert "jangan pernah mengirim NIK" in told
    assert not Assist.objects.exists()
    kept = everything_kept()
    for number in (WAYAN_NIK, "3510 0917", "08900001"):
        assert number not in kept
        assert number not in told


def test_stop_is_heard_beside_a_nik() -> None:
    write(f"STOP {WAYAN_NIK}", at=NOON)
    assert has_opted_out(PHONE, Purpose.AREA_NEWS)


def test_what_was_said_is_kept_nowhere() -> None:
    write("LAPOR", at=NOON)
    write("demam tinggi Bu Komang", at=NOON)
    kept = everything_kept().lower()
    assert "demam" not in kept
    assert "komang" not in kept


def test_messages_carry_no_name_programme_or_symptom() -> None:
    for said in ("LAPOR", "2", "Sumberwangi", "isolasi", "STOP", "cek", "?"):
        write(said, at=NOON)
    for row in Message.objects.all():
        assert not {"Wayan", "PKH", "BPNT", "BST", "BLT", "demam"} & set(
            words(row).split()
        )


def test_every_answer_fits_into_two_text_messages() -> None:
    said = ["?", "lapor", "2", "Malang", "Sumberwangi", "stop", "mulai", "cek", "cek 1"]
    said += ["stop semua", "tolong banjir"]
    for one in (*said, "report", "2", "Malang", "Sumberwangi", WAYAN_NIK):
        told = write(one, at=NOON)
        assert sms_parts(told) <= 2, told


def test_text_received_once() -> None:
    text = Text("gw-a", FAMILY_PHONE, "LAPOR", "sms")
    assert receive(text, at=NOON) is Taken.ANSWERED
    assert receive(text, at=NOON) is Taken.REPEATED
    assert Message.objects.count() == 1
    row = Received.objects.get()
    with (
        pytest.raises(IntegrityError, match="text_received_once"),
        transaction.atomic(),
    ):
        Received.objects.create(
            gateway_id="gw-a", at=NOON, channel="sms", phone_index=row.phone_index
        )


def test_two_gateways_may_number_alike() -> None:
    for channel in ("sms", "whatsapp"):
        text = Text("gw-a", FAMILY_PHONE, "LAPOR", channel)
        assert receive(text, at=NOON) is Taken.ANSWERED
    assert Message.objects.count() == 2


def test_conversation_once_a_phone() -> None:
    write("LAPOR", at=NOON)
    row = Conversation.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="conversation_once_a_phone"):
        row.save(force_insert=True)


def test_who_writes_too_often_is_told_once() -> None:
    told = [write("?", at=NOON) for _ in range(PER_PHONE.count + 3)]
    assert told.count("") == 2
    assert "terlalu banyak pesan" in told[PER_PHONE.count]
    assert "Balas 1" in write("?", at=NOON, phone=STRANGER)


def test_too_many_in_all_are_sent_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        receiving, "IN_ALL", Limit("texting.all", 1, timedelta(minutes=10))
    )
    write("?", at=NOON)
    with pytest.raises(Busy):
        write("?", at=NOON)


def test_a_text_costs_few_questions_to_the_database(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    write("?", at=NOON)
    with django_assert_max_num_queries(22):
        receive(Text("gw-q", FAMILY_PHONE, "lapor", "sms"), at=NOON)


def test_old_texts_are_forgotten() -> None:
    write("?", at=NOON)
    assert forget_old(at=NOON + timedelta(days=89)) == 0
    assert not Conversation.objects.exists()
    assert forget_old(at=NOON + timedelta(days=91)) == 1


def test_a_text_prints_neither_its_sender_nor_its_words() -> None:
    shown = repr(Text("gw-1", FAMILY_PHONE, "rahasia", "sms"))
    assert "rahasia" not in shown
    assert FAMILY_PHONE not in shown


def test_stop_from_the_phone_of_an_officer_ends_what_their_office_hears() -> None:
    made = with_phone(staff("made", Role.RT_HEAD, RT_HERE), STRANGER)
    for word, hears in [("STOP", False), ("MULAI", True), ("STOP SEMUA", False)]:
        write(word, at=NOON, phone=STRANGER)
        assert (made.pk in phones_of([made.pk])) is hears, word
