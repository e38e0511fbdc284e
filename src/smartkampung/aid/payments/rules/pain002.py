"""What a bank answers, ISO 20022 pain.002.001.03. The file is not trusted.

``ACSC`` (settled) and ``RJCT`` (rejected) are final; every other status is news.
"""

from decimal import Decimal
from typing import IO

from lxml import etree

from smartkampung.aid.payments.rules.answers import Answer, Line, Outcome
from smartkampung.aid.payments.rules.files import BadFile, Fault, Problem
from smartkampung.aid.payments.rules.reasons import known
from smartkampung.aid.payments.rules.schemas import namespace
from smartkampung.aid.payments.rules.steps import Totals
from smartkampung.aid.payments.rules.xml import check_xml, stream

MESSAGE = "pain.002.001.03"
FINAL = {"ACSC": Outcome.PAID, "RJCT": Outcome.FAILED}
_IN = {"m": namespace(MESSAGE)}


def read_report(content: bytes | IO[bytes]) -> Answer:
    """Return what the bank said; raise BadFile with everything that is wrong."""
    check_xml(content, MESSAGE)
    found = _Found()
    for element in stream(content, MESSAGE, *_Found.PARTS):
        found.take(element)
    if found.problems:
        raise BadFile(*found.problems)
    return found.answer()


class _Found:
    """What was found so far, in the order of the message."""

    PARTS = ("GrpHdr", "OrgnlGrpInfAndSts", "PmtInfSts", "TxInfAndSts")

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._lines: list[Line] = []
        self._seen: set[str] = set()
        self._message_id = self._about = self._status = self._why = ""
        self._totals: Totals | None = None

    def take(self, element: etree._Element) -> None:
        """Take one part of the message."""
        match str(element.tag).partition("}")[2]:
            case "GrpHdr":
                self._message_id = _text(element, "m:MsgId")
            case "OrgnlGrpInfAndSts":
                self._about = _text(element, "m:OrgnlMsgId")
                self._totals = _totals_of(element)
                self._status = _text(element, "m:GrpSts")
                self._why = _reason(element)
            case "PmtInfSts":
                self._status = self._status or (element.text or "").strip()
            case _:
                self._line(element)

    def answer(self) -> Answer:
        """Return the whole; ``whole`` holds for every payment that is not listed."""
        whole = FINAL.get(self._status)
        return Answer(
            message_id=self._message_id,
            about=self._about,
            totals=self._totals,
            lines=tuple(self._lines),
            whole=whole,
            whole_reason=self._why if whole is Outcome.FAILED else "",
        )

    def _line(self, row: etree._Element) -> None:
        at = row.sourceline or 0
        reference, status = _text(row, "m:OrgnlEndToEndId"), _text(row, "m:TxSts")
        for value, element in ((reference, "OrgnlEndToEndId"), (status, "TxSts")):
            if not value:
                self.problems.append(Problem(Fault.MISSING, element, at))
        if reference and reference in self._seen:
            twice = Problem(Fault.TWICE, "OrgnlEndToEndId", at, reference)
            self.problems.append(twice)
        self._seen.add(reference)
        outcome = FINAL.get(status, Outcome.PENDING)
        reason = _reason(row) if outcome is Outcome.FAILED else ""
        self._lines.append(Line(reference, outcome, reason, _amount(row)))


def _amount(row: etree._Element) -> int | None:
    text = _text(row, "m:OrgnlTxRef/m:Amt/m:InstdAmt")
    if not text:
        return None
    amount = Decimal(text)
    # Aid is in whole rupiah: a part of one is another amount.
    return int(amount) if amount == int(amount) else -1


def _totals_of(group: etree._Element) -> Totals | None:
    count, total = _text(group, "m:OrgnlNbOfTxs"), _text(group, "m:OrgnlCtrlSum")
    if not count or not total:
        return None
    whole = Decimal(total)
    return Totals(int(count), int(whole) if whole == int(whole) else -1)


def _reason(row: etree._Element) -> str:
    return known(_text(row, "m:StsRsnInf/m:Rsn/m:Cd"))


def _text(row: etree._Element, path: str) -> str:
    return (row.findtext(path, "", _IN) or "").strip()
