"""What arrives late is read without trust; times are set right; names are shortened."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from smartkampung.frontline.field.rules.arriving import (
    before,
    jumped,
    long_ago,
    moment,
    too_early,
)
from smartkampung.frontline.field.rules.envelopes import Fault, envelope_of, hash_of
from smartkampung.frontline.field.rules.names import short_name
from smartkampung.frontline.field.rules.reading import (
    PATTERNS,
    STRANGE,
    Format,
    Question,
    Type,
    Wrong,
    read,
)

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("off", "saved", "happened", "noted"),
    [
        pytest.param(0 * HOUR, -HOUR, -HOUR, None, id="clock right"),
        pytest.param(48 * HOUR, 47 * HOUR, -HOUR, 172_800, id="two days ahead"),
        pytest.param(-48 * HOUR, -49 * HOUR, -HOUR, -172_800, id="two days behind"),
        pytest.param(0 * HOUR, HOUR, 0 * HOUR, None, id="never later than now"),
        pytest.param(HOUR / 10, -HOUR, -1.1 * HOUR, None, id="six minutes unnoted"),
    ],
)
def test_times_are_the_phones_set_right(
    off: timedelta, saved: timedelta, happened: timedelta, noted: int | None
) -> None:
    found = moment(NOW + saved, device_time=NOW + off, at=NOW)
    assert (found.happened_at - NOW, found.clock_off_s) == (happened, noted)


def test_a_phone_that_tells_no_time_is_taken_at_ours() -> None:
    assert moment(None, device_time=None, at=NOW).happened_at == NOW
    assert moment(NOW - HOUR, device_time=None, at=NOW).happened_at == NOW


def test_nothing_was_saved_before_the_phone_was_there() -> None:
    assert too_early(NOW - HOUR, enrolled_at=NOW)
    assert not too_early(NOW - HOUR / 10, enrolled_at=NOW)


def test_three_days_are_long_ago() -> None:
    assert long_ago(NOW - 73 * HOUR, at=NOW)
    assert not long_ago(NOW - 71 * HOUR, at=NOW)


@pytest.mark.parametrize(
    ("now_s", "before_s", "moved"),
    [(None, None, False), (None, 700, False), (-7_300, None, True), (0, 3_601, True)],
)
def test_a_clock_that_jumps_is_noticed(
    now_s: int | None, before_s: int | None, moved: bool
) -> None:
    assert jumped(now_s, before_s=before_s) == moved


def test_a_day_begins_at_midnight_here_and_a_little_before() -> None:
    midnight = datetime(2026, 11, 28, 17, tzinfo=UTC)
    assert before(midnight - HOUR, date(2026, 11, 29))
    assert not before(midnight - HOUR / 10, date(2026, 11, 29))
    assert not before(midnight, date(2026, 11, 29))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Siti Aminah", "Siti A."),
        ("Wayan", "Wayan"),
        ("I Wayan Sudarma", "I Wayan S."),
        ("M. Ali", "M. Ali"),
        ("Ni", "Ni"),
        ("", ""),
    ],
)
def test_names_are_shortened(name: str, short: str) -> None:
    assert short_name(name) == short


# The phone makes the very same: tests of its script compare with this text.
def test_a_record_has_one_fingerprint_whatever_the_order() -> None:
    body = {"b": 36.7, "a": ["é", True, None]}
    form: dict[str, Any] = {
        "kind": "k",
        "target": None,
        "opened_at": "t",
        "body": body,
        "photos": [],
    }
    turned = dict(reversed(form.items())) | {"position": 1, "signature": None}
    assert hash_of(form) == hash_of(turned)
    assert hash_of(form) == (
        "5ea1b6fc3943c4b24afe2013432152d2c1a0ca1bd743074f57bd0768a6d88f40"
    )


@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        ([], {Fault.NO_OBJECT}),
        (
            {},
            {Fault.ID, Fault.KIND, Fault.BODY, Fault.SAVED_AT},
        ),
        ({"target": 7}, {Fault.TARGET}),
        ({"kind": "x" * 31}, {Fault.KIND}),
        ({"signature": "x"}, {Fault.SIGNATURE}),
        ({"photos": 5}, {Fault.PHOTOS}),
        ({"position": {"lat": "x", "lon": 1}}, {Fault.POSITION}),
        ({"position": {"lat": 91, "lon": 1}}, {Fault.POSITION}),
        ({"saved_at": "2026-11-29T10:00:00"}, {Fault.SAVED_AT}),
    ],
)
def test_every_fault_of_a_record_is_told(raw: Any, faults: set[Fault]) -> None:
    found = envelope_of(raw)
    assert faults <= set(found.faults)
    assert "x" * 31 not in repr(found)


def test_equal_content_without_an_id_gets_one_id() -> None:
    assert envelope_of({"id": 1}).form_id == envelope_of({"id": 2}).form_id
    assert envelope_of("a").form_id != envelope_of("b").form_id


QUESTIONS = (
    Question("seen", Type.CHOICE, "", choices=[("yes", ""), ("no", "")], required=True),
    Question("how", Type.TEXT, "", most=5, required=True, when={"seen": ["yes"]}),
    Question("signs", Type.SEVERAL, "", choices=[("a", ""), ("b", "")]),
    Question("degrees", Type.NUMBER, "", least=30, most=45, step="0.1"),
    Question("count", Type.NUMBER, "", least=1, most=9),
    Question("kin", Type.BOOL, ""),
    Question("on", Type.DATE, "", least=date(2026, 1, 1), most=date(2026, 12, 1)),
    Question("nik", Type.TEXT, "", format=Format.NIK),
    Question("phone", Type.TEXT, "", format=Format.PHONE),
    Question("place", Type.CHOICE, "", open=True),
    Question("photo", Type.PHOTO, "", required=True),
)


@pytest.mark.parametrize(
    ("body", "name", "value"),
    [
        ({"how": " baik "}, "how", "baik"),
        ({"signs": ["a", "a"]}, "signs", ("a",)),
        ({}, "signs", ()),
        ({"degrees": 36.7}, "degrees", Decimal("36.7")),
        ({"degrees": "36,7"}, "degrees", Decimal("36.7")),
        ({"count": 3}, "count", 3),
        ({}, "count", None),
        ({"kin": True}, "kin", True),
        ({}, "kin", False),
        ({"on": "2026-11-29"}, "on", date(2026, 11, 29)),
        ({"nik": "3510 0912 0390 0001"}, "nik", "3510091203900001"),
        ({"place": "35.10"}, "place", "35.10"),
        ({"photo": "by its name"}, "photo", "by its name"),
        ({}, "photo", None),
        ({"seen": "no", "how": "ignored"}, "how", ""),
    ],
)
def test_answers_are_read(body: dict[str, Any], name: str, value: Any) -> None:
    found = read(QUESTIONS, {"seen": "yes", "how": "baik", **body})
    assert not found.wrong
    assert found.values[name] == value


@pytest.mark.parametrize(
    ("body", "name", "why"),
    [
        ({"seen": ""}, "seen", Wrong.MISSING),
        ({"seen": "maybe"}, "seen", Wrong.NOT_OFFERED),
        ({"seen": 1}, "seen", Wrong.NOT_OFFERED),
        ({"how": ""}, "how", Wrong.MISSING),
        ({"how": "abcdef"}, "how", Wrong.TOO_LONG),
        ({"how": 5}, "how", Wrong.NOT_TEXT),
        ({"how": "a\0b"}, "how", Wrong.NOT_TEXT),
        ({"how": "\ud800"}, "how", Wrong.NOT_TEXT),
        ({"signs": "a"}, "signs", Wrong.NOT_OFFERED),
        ({"signs": ["c"]}, "signs", Wrong.NOT_OFFERED),
        ({"degrees": 29}, "degrees", Wrong.OUT_OF_BOUNDS),
        ({"degrees": 46}, "degrees", Wrong.OUT_OF_BOUNDS),
        ({"degrees": float("nan")}, "degrees", Wrong.NOT_A_NUMBER),
        ({"degrees": True}, "degrees", Wrong.NOT_A_NUMBER),
        ({"degrees": "panas"}, "degrees", Wrong.NOT_A_NUMBER),
        ({"count": 1.5}, "count", Wrong.NOT_A_NUMBER),
        ({"count": 10**40}, "count", Wrong.OUT_OF_BOUNDS),
        ({"kin": "ya"}, "kin", Wrong.NOT_YES_OR_NO),
        ({"on": "kemarin"}, "on", Wrong.NOT_A_DAY),
        ({"on": "2025-12-31"}, "on", Wrong.OUT_OF_BOUNDS),
        ({"on": "2026-12-02"}, "on", Wrong.OUT_OF_BOUNDS),
        ({"other": "x"}, STRANGE, Wrong.UNKNOWN),
        ({"other": "x", "3510091203900001": 1}, STRANGE, Wrong.UNKNOWN),
    ],
)
def test_wrong_answers_are_told(body: dict[str, Any], name: str, why: Wrong) -> None:
    found = read(QUESTIONS, {"seen": "yes", "how": "baik", **body})
    assert found.wrong == {name: why}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("NIK 3510091203900001, kosong", "NIK •••, kosong"),
        ("３５１００９１２０３９００００１", "•••"),
        ("3510 0912 0390 0001 di 0812 3456 7890", "•••di 0812 3456 7890"),
    ],
)
def test_the_number_of_a_card_is_taken_out_of_a_text(text: str, kept: str) -> None:
    found = read([Question("note", Type.TEXT, "")], {"note": text})
    assert not found.wrong
    assert found.values["note"].replace("••• ", "•••") == kept.replace("••• ", "•••")
    assert found.struck == {"note"}


def test_a_text_with_a_telephone_number_stays_as_it_is() -> None:
    found = read([Question("note", Type.TEXT, "")], {"note": "HP 0812 3456 7890"})
    assert found.values["note"] == "HP 0812 3456 7890"
    assert not found.struck


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"born": "1990-01-01", "on": "1989-12-31"}, {"on": Wrong.BEFORE_OTHER}),
        ({"born": "1990-01-01", "on": "1990-01-01"}, {}),
        ({"on": "1990-01-01"}, {}),
        ({"before": 3, "after": 4}, {"after": Wrong.ABOVE_OTHER}),
        ({"before": 3, "after": 3}, {}),
        ({"before": "x", "after": 3}, {"before": Wrong.NOT_A_NUMBER}),
    ],
)
def test_answers_fit_to_each_other(body: Any, wrong: Any) -> None:
    asked = (
        Question("born", Type.DATE, ""),
        Question("on", Type.DATE, "", since="born"),
        Question("before", Type.NUMBER, ""),
        Question("after", Type.NUMBER, "", upto="before"),
    )
    assert read(asked, body).wrong == wrong


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Format.NIK, "3510091203900001"),
        (Format.NIK, "3510097112900001"),
        (Format.PHONE, "081234567890"),
        (Format.PHONE, "+6281234567890"),
        (Format.PHONE, "00620812345678"),
        (Format.PHONE, "0333421234"),
        (Format.NIK, "0510091203900001"),
        (Format.NIK, "3510097203900001"),
        (Format.NIK, "3510091213900001"),
        (Format.PHONE, "bukannomor"),
        (Format.PHONE, "12"),
        (Format.PHONE, "0812345678901234"),
    ],
)
def test_a_phone_judges_numbers_as_the_server_does(kind: Format, text: str) -> None:
    question = Question("it", Type.TEXT, "", format=kind)
    here = not read([question], {"it": text}).wrong
    assert bool(re.fullmatch(PATTERNS[kind], text)) == here


@pytest.mark.parametrize("name", ["nik", "phone"])
def test_a_number_on_a_card_says_what_is_wrong_with_it(name: str) -> None:
    assert set(read(QUESTIONS, {"seen": "no", name: "12"}).wrong) == {name}
