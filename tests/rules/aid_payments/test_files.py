"""Files to and from bank and post office: they fit, add up, and name what is wrong."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from smartkampung.aid.payments.rules import xml
from smartkampung.aid.payments.rules.answers import Effect, Outcome, effect_of
from smartkampung.aid.payments.rules.camt029 import read_resolution
from smartkampung.aid.payments.rules.camt055 import Cancellation, write_cancellation
from smartkampung.aid.payments.rules.files import (
    LARGEST,
    LARGEST_XML,
    BadFile,
    Fault,
    Problem,
)
from smartkampung.aid.payments.rules.pain001 import (
    Initiation,
    Order,
    Party,
    write_initiation,
)
from smartkampung.aid.payments.rules.pain002 import read_report
from smartkampung.aid.payments.rules.post import Recipient, read_result, write_list
from smartkampung.aid.payments.rules.recalls import Asked, read_said
from smartkampung.aid.payments.rules.steps import Totals
from smartkampung.aid.payments.simulator import PAID, Bank, Said, report
from smartkampung.kernel.clock import WIB

AT, DAY = datetime(2026, 11, 24, 9, 0, tzinfo=WIB), date(2026, 11, 25)
WAYAN = Party("I Wayan <Sudarma> & Sons", "114", "0011223344")


def initiation(*orders: Order) -> Initiation:
    """Return a file with some orders."""
    payer = Party("Kas Daerah", "114", "0012345678")
    return Initiation("SK-1", AT, DAY, payer, orders)


def answer(lines: dict[str, Said] | None = None, **more: Any) -> bytes:
    """Return what a bank says."""
    told = {"message_id": "A-1", "about": "SK-1", "count": 1, "total": 5, "at": AT}
    return report(**{**told, "lines": lines or {"R1": PAID}, **more})


def problems(
    content: bytes | IO[bytes], read: Any = read_report
) -> list[tuple[Fault, str]]:
    """Return what is wrong with a file, with the element."""
    with pytest.raises(BadFile) as bad:
        read(content)
    return [(each.fault, each.element) for each in bad.value.problems]


def test_the_file_of_the_bank_adds_up_and_escapes_what_people_are_called() -> None:
    content = write_initiation(
        initiation(Order("R1", 300_000, WAYAN), Order("R2", 250_000, WAYAN))
    )
    root = etree.fromstring(content)
    assert root.xpath("string(//*[local-name()='CtrlSum'])") == "550000"
    assert root.xpath("string(//*[local-name()='NbOfTxs'])") == "2"
    assert root.xpath("string(//*[local-name()='Cdtr']/*)") == WAYAN.name
    accounts = root.xpath("//*[local-name()='CdtrAcct']//*[local-name()='Othr']/*")
    assert {each.text for each in accounts} == {WAYAN.account}


def test_what_does_not_fit_is_not_written_and_the_error_shows_no_number() -> None:
    wrong = Party("Wayan", "114", "9" * 40)
    with pytest.raises(ValueError, match="does not fit") as error:
        write_initiation(initiation(Order("R1", 5, wrong)))
    assert "999" not in str(error.value)
    assert "999" not in repr(wrong)


def test_an_answer_is_read() -> None:
    found = read_report(
        answer({"R1": PAID, "R2": Said("RJCT", "AC04"), "R3": Said("ACSP")})
    )
    assert (found.message_id, found.about, found.totals) == (
        "A-1",
        "SK-1",
        Totals(1, 5),
    )
    assert [(line.outcome, line.reason) for line in found.lines] == [
        (Outcome.PAID, ""),
        (Outcome.FAILED, "AC04"),
        (Outcome.PENDING, ""),
    ]


def test_a_reason_that_nobody_knows_is_told_as_the_banks_own() -> None:
    assert read_report(answer({"R1": Said("RJCT", "ZZ99")})).lines[0].reason == "NARR"


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (b"<TxSts>ACSC", b"<TxSts>MAYBE", (Fault.NOT_AS_STRUCTURE, "TxSts")),
        (
            b"<OrgnlMsgId>SK-1</OrgnlMsgId>",
            b"",
            (Fault.NOT_AS_STRUCTURE, "OrgnlMsgNmId"),
        ),
        (b"<TxSts>ACSC</TxSts>", b"", (Fault.MISSING, "TxSts")),
        (b"pain.002.001.03", b"pain.002.001.12", (Fault.OTHER_MESSAGE, "Document")),
        (b"</Document>", b"", (Fault.NOT_XML, "")),
        (b"?>", b"?><!DOCTYPE a []>", (Fault.HAS_DTD, "DOCTYPE")),
    ],
    ids=["status", "order", "missing", "version", "cut_off", "dtd"],
)
def test_a_bad_answer_names_the_element(
    old: bytes, new: bytes, wrong: tuple[Fault, str]
) -> None:
    assert wrong in problems(answer().replace(old, new, 1))


def test_entities_are_not_followed_and_large_files_not_read() -> None:
    secret = b'?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    bad = answer().replace(b"?>", secret, 1).replace(b"A-1", b"&x;")
    assert problems(bad) == [(Fault.HAS_DTD, "DOCTYPE")]
    assert problems(b" " * (LARGEST + 1), read_result) == [(Fault.TOO_LARGE, "")]


def test_what_is_too_large_for_any_answer_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.xml"
    with file.open("w+b") as huge:
        huge.truncate(LARGEST_XML + 1)  # takes no room on the disk
        assert problems(huge) == [(Fault.TOO_LARGE, "")]


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every message read as a large one is."""
    monkeypatch.setattr(xml, "LARGEST", 10)


@pytest.mark.usefixtures("streamed")
def test_a_large_answer_is_read_element_by_element() -> None:
    lines = {f"R{n}": Said("RJCT", "AC04") if n % 3 else PAID for n in range(500)}
    found = read_report(BytesIO(answer(lines, count=500)))
    assert [line.reference for line in found.lines] == list(lines)
    assert sum(line.reason == "AC04" for line in found.lines) == 333
    assert (found.message_id, found.about) == ("A-1", "SK-1")
    assert found.totals == Totals(500, 5)


@pytest.mark.usefixtures("streamed")
@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (b"<TxSts>ACSC", b"<TxSts>MAYBE", (Fault.NOT_AS_STRUCTURE, "TxSts")),
        (b"<TxSts>ACSC</TxSts>", b"", (Fault.MISSING, "TxSts")),
        (b"pain.002.001.03", b"pain.002.001.12", (Fault.OTHER_MESSAGE, "Document")),
        (b"</Document>", b"", (Fault.NOT_XML, "")),
        (b"?>", b"?><!DOCTYPE a []>", (Fault.HAS_DTD, "DOCTYPE")),
    ],
    ids=["status", "missing", "version", "cut_off", "dtd"],
)
def test_a_large_bad_answer_names_the_element(
    old: bytes, new: bytes, wrong: tuple[Fault, str]
) -> None:
    assert wrong in problems(answer().replace(old, new, 1))


def test_an_answer_beyond_8_mb_is_read() -> None:
    padded = b" " * 100_000 + b"<TxInfAndSts>"  # a bank that indents generously
    lines = {f"R{n}": Said("RJCT", "AC04") for n in range(90)}
    content = answer(lines, count=90).replace(b"<TxInfAndSts>", padded)
    assert len(content) > LARGEST
    assert len(read_report(BytesIO(content)).lines) == 90


def test_what_is_called_back_in_time_comes_back_partly_late_and_twice(
    tmp_path: Path,
) -> None:
    orders = [Order(f"R{n}", 5, WAYAN) for n in range(10)]
    asked = [Asked(f"R{n}", 5, "Salah orang") for n in (0, 6, 7)]
    payer = Party("Kas Daerah", "114", "0012345678")
    request = write_cancellation(Cancellation("SK-1-C3", "SK-1", AT, payer, asked))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xml").write_bytes(request)
    (tmp_path / "in" / "b.xml").write_bytes(write_initiation(initiation(*orders)))
    bank = Bank(tmp_path)
    assert any("1 come back, 1 are looked at" in told for told in bank.step(AT))
    bank.step(AT)
    out = {file.stem: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert out["SK-1-C3-A"] == out["SK-1-C3-A-again"]
    known = {f"R{n}": 5 for n in range(10)}
    first, late = (
        {
            said.reference: said.result.value
            for said in read_resolution(out[name], message_id="SK-1", known=known)
        }
        for name in ("SK-1-C3-A", "SK-1-C3-B")
    )
    assert first == {"R0": "executed", "R6": "recalled"}
    assert late == {"R7": "recalled"}
    rest = read_report(out["SK-1-B"])
    assert [line.reference for line in rest.lines] == ["R8", "R9"]


def test_a_payment_stands_in_an_answer_once() -> None:
    twice = answer({"R1": PAID, "R2": PAID}).replace(b"R2", b"R1")
    assert problems(twice) == [(Fault.TWICE, "OrgnlEndToEndId")]


def test_an_answer_may_hold_for_all() -> None:
    whole = answer().replace(
        b"<OrgnlNbOfTxs>1</OrgnlNbOfTxs><OrgnlCtrlSum>5</OrgnlCtrlSum>",
        b"<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>",
    )
    found = read_report(whole)
    assert (found.whole, found.whole_reason) == (Outcome.FAILED, "FF01")
    assert found.totals is None


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused(content: bytes) -> None:
    for read in (read_report, read_result):
        with pytest.raises(BadFile):
            read(content)


def test_the_list_of_the_post_office_adds_up_and_holds_no_formula() -> None:
    row = Recipient("R1", "=SUM(A1)", "1980", "0001", "Jl. A, 1", "Sumberwangi", 5)
    text = write_list("SK-1", DAY, [row, row]).decode()
    assert '"Jl. A, 1"' in text
    assert ", =SUM(A1)," in text
    assert text.splitlines()[-1] == "SK-1,TOTAL,2,,,,,10,2026-11-25"


HEAD = "answer_id,message_id,reference,result,reason,amount\n"


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("A,M,R1,paid,,5\n", (Fault.MISSING, "TOTAL")),
        ("A,M,R1,paid,,5\nA,M,TOTAL,1,,6\n", (Fault.OTHER_TOTALS, "TOTAL")),
        ("A,M,R1,maybe,,5\nA,M,TOTAL,1,,5\n", (Fault.VALUE_UNKNOWN, "result")),
        ("A,M,R1,paid,,x\nA,M,TOTAL,1,,5\n", (Fault.VALUE_UNKNOWN, "amount")),
        (
            "A,M,R1,paid,,5\nA,M,R1,paid,,5\nA,M,TOTAL,2,,10\n",
            (Fault.TWICE, "reference"),
        ),
        ("A,M,,paid,,5\nA,M,TOTAL,1,,5\n", (Fault.MISSING, "reference")),
        ("A,M,R1,paid,,5\nB,M,TOTAL,1,,5\n", (Fault.VALUE_UNKNOWN, "answer_id")),
        ("A,M,R1,paid,,5\nA,M,TOTAL,x,,5\n", (Fault.VALUE_UNKNOWN, "result")),
        ("A\0B,M,R1,paid,,5\n", (Fault.NOT_TEXT, "answer_id")),
        ("A,M,R\0,paid,,5\nA,M,TOTAL,1,,5\n", (Fault.NOT_TEXT, "reference")),
        ("", (Fault.MISSING, "TOTAL")),
    ],
)
def test_a_bad_result_names_the_column(lines: str, wrong: tuple[Fault, str]) -> None:
    assert wrong in problems((HEAD + lines).encode(), read_result)


def test_nul_in_an_answer_about_recalls_names_column_and_line() -> None:
    content = b"answer_id,message_id,reference,result\nA\0B,M,R1,recalled\n"
    with pytest.raises(BadFile) as bad:
        read_said(content, message_id="M", known={"R1"})
    assert bad.value.problems == (Problem(Fault.NOT_TEXT, "answer_id", 2),)


def test_a_result_without_its_columns_says_which() -> None:
    found = problems(b"answer_id,message_id,reference,result\n", read_result)
    assert found == [(Fault.COLUMN_MISSING, "reason"), (Fault.COLUMN_MISSING, "amount")]


@pytest.mark.parametrize(
    ("state", "outcome", "effect"),
    [
        ("in_transit", Outcome.PAID, Effect.PAY),
        ("in_transit", Outcome.FAILED, Effect.FAIL),
        ("in_transit", Outcome.PENDING, Effect.WAIT),
        ("paid", Outcome.PENDING, Effect.KNOWN),
        ("paid", Outcome.PAID, Effect.KNOWN),
        ("paid", Outcome.FAILED, Effect.CONTRADICTS),
        ("failed", Outcome.PAID, Effect.CONTRADICTS),
        ("failed", Outcome.FAILED, Effect.KNOWN),
    ],
)
def test_the_first_final_answer_wins(
    state: str, outcome: Outcome, effect: Effect
) -> None:
    assert effect_of(state, outcome) is effect
