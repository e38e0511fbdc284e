"""What is asked back of a bank, ISO 20022 camt.055.001.01. It holds no person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from smartkampung.aid.payments.rules import pain001
from smartkampung.aid.payments.rules.pain001 import Party
from smartkampung.aid.payments.rules.recalls import Asked
from smartkampung.aid.payments.rules.schemas import namespace

MESSAGE = "camt.055.001.01"
LONGEST = 105  # of each line of words


@dataclass(frozen=True)
class Cancellation:
    """One request: its own name, the message it is about, and which payments of it."""

    request_id: str
    about: str
    made_at: datetime
    payer: Party
    rows: Sequence[Asked]


def write_cancellation(told: Cancellation) -> bytes:
    """Return the request; the same open payments make the same name."""
    space = namespace(MESSAGE)
    root = etree.Element(f"{{{space}}}Document", nsmap={None: space})
    body = _add(root, "CstmrPmtCxlReq")
    head = _add(body, "Assgnmt")
    _add(head, "Id", told.request_id)
    _add(_add(_add(head, "Assgnr"), "Pty"), "Nm", told.payer.name)
    bank = _add(_add(_add(head, "Assgne"), "Agt"), "FinInstnId")
    _add(_add(bank, "ClrSysMmbId"), "MmbId", told.payer.bank)
    _add(head, "CreDtTm", told.made_at.replace(tzinfo=None).isoformat("T", "seconds"))
    sums = _add(body, "CtrlData")
    _add(sums, "NbOfTxs", str(len(told.rows)))
    _add(sums, "CtrlSum", str(sum(row.amount for row in told.rows)))
    block = _add(_add(body, "Undrlyg"), "OrgnlPmtInfAndCxl")
    _add(block, "OrgnlPmtInfId", told.about)
    group = _add(block, "OrgnlGrpInf")
    _add(group, "OrgnlMsgId", told.about)
    _add(group, "OrgnlMsgNmId", pain001.MESSAGE)
    for row in told.rows:
        _row(block, row)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _row(block: etree._Element, row: Asked) -> None:
    line = _add(block, "TxInf")
    _add(line, "OrgnlEndToEndId", row.reference)
    _add(line, "OrgnlInstdAmt", str(row.amount)).set("Ccy", pain001.CURRENCY)
    why = _add(line, "CxlRsnInf")
    _add(_add(why, "Rsn"), "Cd", "CUST")
    words = "".join(each if each.isprintable() else " " for each in row.reason)
    for start in range(0, len(words), LONGEST):
        _add(why, "AddtlInf", words[start : start + LONGEST])


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{namespace(MESSAGE)}}}{name}")
    child.text = text
    return child
