"""How the simulated bank answers what is called back: partly, late and twice.

What it has paid it does not give back. Of the rest it gives back the first at once,
says "still looking" about the others, and gives those back later. The first answer is
then written once more. A request that comes again is answered once.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from lxml import etree

from smartkampung.aid.payments.rules import camt029, camt055, pain001
from smartkampung.aid.payments.rules.schemas import namespace

BACK, NOT_BACK, LOOKING = "ACCR", "RJCR", "PDCR"
# What the whole is called: all alike, or partly.
_WHOLE = {BACK: "CNCL", NOT_BACK: "RJCR", LOOKING: "PDCR"}
PARTLY = "PECR"


class Request(NamedTuple):
    """A request as it was read."""

    request_id: str
    about: str
    references: list[str]


def read_request(root: etree._Element) -> Request:
    """Return what a camt.055 asks."""
    space = {"m": namespace(camt055.MESSAGE)}
    rows = root.iterfind(".//m:TxInf/m:OrgnlEndToEndId", space)
    return Request(
        root.findtext(".//m:Assgnmt/m:Id", "", space),
        root.findtext(".//m:OrgnlPmtInfId", "", space),
        [row.text or "" for row in rows],
    )


def first_words(asked: Request, *, open_orders: set[str]) -> dict[str, str]:
    """Return what is said at once about each payment that is called back."""
    said: dict[str, str] = {}
    for reference in asked.references:
        given = BACK not in said.values()
        still = BACK if given else LOOKING
        said[reference] = still if reference in open_orders else NOT_BACK
    return said


def resolution(
    *, answer_id: str, about: str, lines: Mapping[str, str], at: datetime
) -> bytes:
    """Return a camt.029 about some payments of a message."""
    space = namespace(camt029.MESSAGE)
    root = etree.Element(f"{{{space}}}Document", nsmap={None: space})
    body = _add(root, "RsltnOfInvstgtn")
    head = _add(body, "Assgnmt")
    _add(head, "Id", answer_id)
    for party, name in (("Assgnr", "SIMULATOR"), ("Assgne", "Smart Kampung")):
        _add(_add(_add(head, party), "Pty"), "Nm", name)
    _add(head, "CreDtTm", at.replace(tzinfo=None).isoformat("T", "seconds"))
    words = set(lines.values())
    whole = _WHOLE[words.pop()] if len(words) == 1 else PARTLY
    _add(_add(body, "Sts"), "Conf", whole)
    block = _add(_add(body, "CxlDtls"), "OrgnlPmtInfAndSts")
    _add(block, "OrgnlPmtInfId", about)
    group = _add(block, "OrgnlGrpInf")
    _add(group, "OrgnlMsgId", about)
    _add(group, "OrgnlMsgNmId", pain001.MESSAGE)
    for reference, word in lines.items():
        line = _add(block, "TxInfAndSts")
        _add(line, "OrgnlEndToEndId", reference)
        _add(line, "TxCxlSts", word)
        if word == NOT_BACK:
            why = _add(_add(line, "CxlStsRsnInf"), "Rsn")
            _add(why, "Prtry", "paid already, or never received")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{namespace(camt029.MESSAGE)}}}{name}")
    child.text = text
    return child
