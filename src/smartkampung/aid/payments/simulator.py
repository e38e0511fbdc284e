"""A simulator of a bank that answers partly, late and twice. Never a real bank.

It reads pain.001 and camt.055 from a folder, keeps its own books in a file of its own,
and writes pain.002 and camt.029 beside them. It knows nothing of our database: whoever runs it exchanges files
with us as with a bank. A file that comes twice is paid once.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from smartkampung.aid.payments import simulator_recalls
from smartkampung.aid.payments.rules import camt055, pain001, pain002
from smartkampung.aid.payments.rules.schemas import namespace, schema
from smartkampung.aid.payments.rules.xml import check_xml, read_xml
from smartkampung.aid.payments.simulator_recalls import Request

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
class Book:
    """What the bank knows about one message.

    ``late``: the rest of it is not settled yet. ``given_back`` was called back in time,
    of which ``looking`` is not told yet, by the request that asked.
    """

    total: int
    orders: list[str]
    late: bool = True
    given_back: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    looking: dict[str, list[str]] = field(default_factory=dict)

    def open_orders(self) -> set[str]:
        """Return what can still be called back."""
        rest = {ref for place, ref in enumerate(self.orders) if place % 10 >= 6}
        return rest - set(self.given_back) if self.late else set()


@dataclass
class Bank:
    """The bank over one folder: ``in`` takes pain.001 and camt.055, ``out`` answers.

    Of every ten payments it settles six at once, says "pending" about the others, and
    settles those later but for every tenth, whose account is closed. The first answer is
    then written once more under its old name in a second file. What is called back
    before it settled comes back (``simulator_recalls``).
    """

    folder: Path

    def step(self, at: datetime) -> list[str]:
        """Take what came in, answer what is due; return what was done, in words."""
        books = self._read_books()
        told = [
            *self._given_back_late(books, at),
            *self._call_back(books, at, unknown=False),
            *self._late(books, at),
            *self._take_in(books, at),
            *self._call_back(books, at, unknown=True),
        ]
        kept = {about: asdict(book) for about, book in books.items()}
        (self.folder / BOOKS).write_text(json.dumps(kept))
        return told

    def _take_in(self, books: dict[str, Book], at: datetime) -> list[str]:
        told = []
        for file in sorted((self.folder / "in").glob("*.xml")):
            if _message(file) == camt055.MESSAGE:
                continue
            check_xml(file.read_bytes(), pain001.MESSAGE)
            root = etree.parse(file).getroot()
            space = {"m": namespace(pain001.MESSAGE)}
            about = root.findtext(".//m:GrpHdr/m:MsgId", "", space)
            if about in books:
                told.append(f"{about} came again: paid already, nothing is paid twice")
            else:
                book = books[about] = _book(root)
                lines = {
                    reference: PAID if number % 10 < 6 else PENDING
                    for number, reference in enumerate(book.orders)
                }
                self._answer(f"{about[:28]}-A", about, book, lines, at)
                told.append(
                    f"{about}: {len(lines)} payments, {book.total} rupiah;"
                    " answered partly"
                )
            file.rename(file.with_suffix(".taken"))
        return told

    def _late(self, books: dict[str, Book], at: datetime) -> list[str]:
        told = []
        for about, book in books.items():
            if not book.late:
                continue
            book.late = False
            lines = {
                reference: CLOSED if number % 10 == 9 else PAID
                for number, reference in enumerate(book.orders)
                if number % 10 >= 6 and reference not in book.given_back
            }
            if lines:
                self._answer(f"{about[:28]}-B", about, book, lines, at)
            self._again(f"{about[:28]}-A")
            told.append(f"{about}: answered the rest, and the first answer twice")
        return told

    def _call_back(
        self, books: dict[str, Book], at: datetime, *, unknown: bool
    ) -> list[str]:
        """Answer what is called back; what nobody knows only once all else came in."""
        told = []
        for file in sorted((self.folder / "in").glob("*.xml")):
            if _message(file) != camt055.MESSAGE:
                continue
            root = read_xml(file.read_bytes(), camt055.MESSAGE)
            asked = simulator_recalls.read_request(root)
            book = books.get(asked.about)
            if book is None and not unknown:
                continue
            told.append(self._resolve(asked, book or Book(0, [], late=False), at))
            file.rename(file.with_suffix(".taken"))
        return told

    def _resolve(self, asked: Request, book: Book, at: datetime) -> str:
        if asked.request_id in book.requests:
            return f"{asked.request_id} came again: answered already"
        book.requests.append(asked.request_id)
        said = simulator_recalls.first_words(asked, open_orders=book.open_orders())
        back = [ref for ref, word in said.items() if word == simulator_recalls.BACK]
        wait = [ref for ref, word in said.items() if word == simulator_recalls.LOOKING]
        book.given_back += [*back, *wait]
        if wait:
            book.looking[asked.request_id] = wait
        self._say(f"{asked.request_id}-A", asked.about, said, at)
        self._again(f"{asked.request_id}-A")
        return (
            f"{asked.request_id}: {len(back)} come back, {len(wait)} are looked at,"
            f" {len(said) - len(back) - len(wait)} do not; answered twice"
        )

    def _given_back_late(self, books: dict[str, Book], at: datetime) -> list[str]:
        told = []
        for about, book in books.items():
            for request_id, references in book.looking.items():
                lines = dict.fromkeys(references, simulator_recalls.BACK)
                self._say(f"{request_id}-B", about, lines, at)
                told.append(f"{request_id}: {len(lines)} come back late")
            book.looking.clear()
        return told

    def _say(self, name: str, about: str, lines: dict[str, str], at: datetime) -> None:
        content = simulator_recalls.resolution(
            answer_id=name, about=about, lines=lines, at=at
        )
        self._write(name, content)

    def _answer(
        self,
        name: str,
        about: str,
        book: Book,
        lines: Mapping[str, Said],
        at: datetime,
    ) -> None:
        content = report(
            message_id=name,
            about=about,
            count=len(book.orders),
            total=book.total,
            lines=lines,
            at=at,
        )
        self._write(name, content)

    def _again(self, name: str) -> None:
        """Write an answer once more."""
        self._write(f"{name}-again", (self.folder / "out" / f"{name}.xml").read_bytes())

    def _write(self, name: str, content: bytes) -> None:
        target = self.folder / "out" / f"{name}.xml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def _read_books(self) -> dict[str, Book]:
        file = self.folder / BOOKS
        (self.folder / "in").mkdir(parents=True, exist_ok=True)
        found = json.loads(file.read_text()) if file.exists() else {}
        return {about: Book(**book) for about, book in found.items()}


def _message(file: Path) -> str:
    """Return which message a file says it is; pain.001 for whatever says nothing."""
    begin = file.read_bytes()[:1000].decode(errors="replace")
    return camt055.MESSAGE if camt055.MESSAGE in begin else pain001.MESSAGE


def _book(root: etree._Element) -> Book:
    space = {"m": namespace(pain001.MESSAGE)}
    rows = list(root.iterfind(".//m:CdtTrfTxInf", space))
    amounts = [int(row.findtext(".//m:InstdAmt", "0", space)) for row in rows]
    orders = [row.findtext(".//m:EndToEndId", "", space) for row in rows]
    return Book(sum(amounts), orders)


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{namespace(pain002.MESSAGE)}}}{name}")
    child.text = text
    return child
