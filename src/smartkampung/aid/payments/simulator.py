"""A simulator of a bank that answers partly, late and twice. Never a real bank.

It reads pain.001 from a folder, keeps its own books in a file of its own, and writes
pain.002 beside them. It knows nothing of our database: whoever runs it exchanges files
with us as with a bank. A file that comes twice is paid once.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from smartkampung.aid.payments.rules import pain001, pain002
from smartkampung.aid.payments.rules.schemas import namespace, schema

BOOKS = "simulator-books.json"


class Said(NamedTuple):
    """What the bank says about one payment."""

    status: str
    reason: str = ""


PAID, PENDING, CLOSED = Said("ACSC"), Said("PDNG"), Said("RJCT", "AC04")


def report(
    *,
    message_id: str,
    about: str,
    count: int,
    total: int,
    lines: Mapping[str, Said],
    at: datetime,
) -> bytes:
    """Return a pain.002 about some payments of a message."""
    space = namespace(pain002.MESSAGE)
    root = etree.Element(f"{{{space}}}Document", nsmap={None: space})
    body = _add(root, "CstmrPmtStsRpt")
    head = _add(body, "GrpHdr")
    _add(head, "MsgId", message_id)
    _add(head, "CreDtTm", at.replace(tzinfo=None).isoformat("T", "seconds"))
    group = _add(body, "OrgnlGrpInfAndSts")
    _add(group, "OrgnlMsgId", about)
    _add(group, "OrgnlMsgNmId", pain001.MESSAGE)
    _add(group, "OrgnlNbOfTxs", str(count))
    _add(group, "OrgnlCtrlSum", str(total))
    block = _add(body, "OrgnlPmtInfAndSts")
    _add(block, "OrgnlPmtInfId", about)
    for reference, said in lines.items():
        line = _add(block, "TxInfAndSts")
        _add(line, "OrgnlEndToEndId", reference)
        _add(line, "TxSts", said.status)
        if said.reason:
            _add(_add(_add(line, "StsRsnInf"), "Rsn"), "Cd", said.reason)
    schema(pain002.MESSAGE).assertValid(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


@dataclass
class Bank:
    """The bank over one folder: ``in`` takes pain.001, ``out`` gives pain.002.

    Of every ten payments it settles six at once, says "pending" about the others, and
    settles those later but for every tenth, whose account is closed. The first answer is
    then written once more under its old name in a second file.
    """

    folder: Path
    paid: dict[str, int] = field(default_factory=dict)

    def step(self, at: datetime) -> list[str]:
        """Take what came in, answer what is due; return what was done, in words."""
        books = self._read_books()
        told = [*self._late(books, at), *self._take_in(books, at)]
        (self.folder / BOOKS).write_text(json.dumps(books))
        return told

    def _take_in(self, books: dict[str, dict[str, object]], at: datetime) -> list[str]:
        told = []
        for file in sorted((self.folder / "in").glob("*.xml")):
            root = pain002.read_xml(file.read_bytes(), pain001.MESSAGE)
            space = {"m": namespace(pain001.MESSAGE)}
            about = root.findtext(".//m:GrpHdr/m:MsgId", "", space)
            orders = [
                (
                    row.findtext(".//m:EndToEndId", "", space),
                    int(row.findtext(".//m:InstdAmt", "0", space)),
                )
                for row in root.iterfind(".//m:CdtTrfTxInf", space)
            ]
            if about in books:
                told.append(f"{about} came again: paid already, nothing is paid twice")
            else:
                total = sum(amount for _reference, amount in orders)
                references = [reference for reference, _amount in orders]
                books[about] = {"total": total, "orders": references, "late": True}
                lines = {
                    reference: PAID if number % 10 < 6 else PENDING
                    for number, reference in enumerate(references)
                }
                self._answer(f"{about[:28]}-A", about, books[about], lines, at)
                told.append(
                    f"{about}: {len(orders)} payments, {total} rupiah; answered partly"
                )
            file.rename(file.with_suffix(".taken"))
        return told

    def _late(self, books: dict[str, dict[str, object]], at: datetime) -> list[str]:
        told = []
        for about, book in books.items():
            if not book["late"]:
                continue
            book["late"] = False
            orders = book["orders"]
            assert isinstance(orders, list)
            lines = {
                reference: CLOSED if number % 10 == 9 else PAID
                for number, reference in enumerate(orders)
                if number % 10 >= 6
            }
            if lines:
                self._answer(f"{about[:28]}-B", about, book, lines, at)
            first = self.folder / "out" / f"{about[:28]}-A.xml"
            (first.with_name(f"{about[:28]}-A-again.xml")).write_bytes(
                first.read_bytes()
            )
            told.append(f"{about}: answered the rest, and the first answer twice")
        return told

    def _answer(
        self,
        name: str,
        about: str,
        book: dict[str, object],
        lines: Mapping[str, Said],
        at: datetime,
    ) -> None:
        orders = book["orders"]
        assert isinstance(orders, list)
        content = report(
            message_id=name,
            about=about,
            count=len(orders),
            total=int(str(book["total"])),
            lines=lines,
            at=at,
        )
        target = self.folder / "out" / f"{name}.xml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def _read_books(self) -> dict[str, dict[str, object]]:
        file = self.folder / BOOKS
        (self.folder / "in").mkdir(parents=True, exist_ok=True)
        found: dict[str, dict[str, object]] = (
            json.loads(file.read_text()) if file.exists() else {}
        )
        return found


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{namespace(pain002.MESSAGE)}}}{name}")
    child.text = text
    return child
