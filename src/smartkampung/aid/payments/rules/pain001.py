"""A batch of payments as ISO 20022 pain.001.001.03: built as XML, checked by its XSD.

Indonesian accounts have no IBAN: they stand in ``Othr/Id``, banks under their code of
three digits in ``ClrSysMmbId``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from smartkampung.aid.payments.rules.schemas import namespace, schema

MESSAGE = "pain.001.001.03"
CURRENCY = "IDR"


@dataclass(frozen=True)
class Party:
    """Who pays or is paid, and where. Printing it shows no number."""

    name: str
    bank: str
    account: str

    def __repr__(self) -> str:
        return f"<Party at {self.bank}>"


@dataclass(frozen=True)
class Order:
    """One payment."""

    reference: str
    amount: int
    to: Party


@dataclass(frozen=True)
class Initiation:
    """One file."""

    message_id: str
    made_at: datetime
    pay_on: date
    payer: Party
    orders: Sequence[Order]

    @property
    def total(self) -> int:
        """Return the control sum."""
        return sum(order.amount for order in self.orders)


def write_initiation(told: Initiation) -> bytes:
    """Return the file; ValueError when it does not fit the structure of the message."""
    space = namespace(MESSAGE)
    root = etree.Element(f"{{{space}}}Document", nsmap={None: space})
    body = _add(root, "CstmrCdtTrfInitn")
    head = _add(body, "GrpHdr")
    _add(head, "MsgId", told.message_id)
    _add(head, "CreDtTm", told.made_at.replace(tzinfo=None).isoformat("T", "seconds"))
    _sums(head, told)
    _add(_add(head, "InitgPty"), "Nm", told.payer.name)
    block = _add(body, "PmtInf")
    _add(block, "PmtInfId", told.message_id)
    _add(block, "PmtMtd", "TRF")
    _sums(block, told)
    _add(block, "ReqdExctnDt", told.pay_on.isoformat())
    _add(_add(block, "Dbtr"), "Nm", told.payer.name)
    _account(_add(block, "DbtrAcct"), told.payer)
    _bank(_add(block, "DbtrAgt"), told.payer)
    for order in told.orders:
        _order(block, order)
    if not schema(MESSAGE).validate(root):
        # Positions only: the message of the checker would repeat numbers and names.
        where = {error.path for error in schema(MESSAGE).error_log}
        raise ValueError(f"does not fit {MESSAGE}: {sorted(where)[:5]}")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _order(block: etree._Element, order: Order) -> None:
    line = _add(block, "CdtTrfTxInf")
    _add(_add(line, "PmtId"), "EndToEndId", order.reference)
    amount = _add(_add(line, "Amt"), "InstdAmt", str(order.amount))
    amount.set("Ccy", CURRENCY)
    _bank(_add(line, "CdtrAgt"), order.to)
    _add(_add(line, "Cdtr"), "Nm", order.to.name)
    _account(_add(line, "CdtrAcct"), order.to)
    _add(_add(line, "RmtInf"), "Ustrd", order.reference)


def _sums(parent: etree._Element, told: Initiation) -> None:
    _add(parent, "NbOfTxs", str(len(told.orders)))
    _add(parent, "CtrlSum", str(told.total))


def _account(parent: etree._Element, party: Party) -> None:
    _add(_add(_add(parent, "Id"), "Othr"), "Id", party.account)


def _bank(parent: etree._Element, party: Party) -> None:
    _add(_add(_add(parent, "FinInstnId"), "ClrSysMmbId"), "MmbId", party.bank)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{namespace(MESSAGE)}}}{name}")
    child.text = text
    return child
