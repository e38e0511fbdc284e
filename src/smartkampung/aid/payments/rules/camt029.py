"""What a bank answers to what is asked back, ISO 20022 camt.029.001.03. Not trusted.

``ACCR``: it gives the money back. ``RJCR``: it does not, most often because it was
executed already. ``PDCR``: it is still looking, which is no answer yet.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from lxml import etree

from smartkampung.aid.payments.rules.files import BadFile, Fault, Problem
from smartkampung.aid.payments.rules.recalls import Result, Said
from smartkampung.aid.payments.rules.schemas import namespace
from smartkampung.aid.payments.rules.xml import read_xml

MESSAGE = "camt.029.001.03"
RESULTS = {"ACCR": Result.RECALLED, "RJCR": Result.EXECUTED, "PDCR": None}
_IN = {"m": namespace(MESSAGE)}


def read_resolution(
    content: bytes, *, message_id: str, known: Mapping[str, int]
) -> list[Said]:
    """Return what was resolved; raise BadFile with everything that is wrong.

    ``known`` holds reference and amount of all that was asked back. A word about the
    whole message is not taken: what was asked back since would be in it, too.
    """
    root = read_xml(content, MESSAGE)
    answer_id = _text(root, "m:RsltnOfInvstgtn/m:Assgnmt/m:Id")
    problems = [] if answer_id else [Problem(Fault.MISSING, "Assgnmt/Id")]
    if len(answer_id) > 35:
        problems.append(Problem(Fault.VALUE_UNKNOWN, "Assgnmt/Id"))
    said: list[Said] = []
    seen: set[str] = set()
    for block in root.iterfind(".//m:OrgnlPmtInfAndSts", _IN):
        problems += _about(block, message_id)
        for row in block.iterfind("m:TxInfAndSts", _IN):
            reference = _text(row, "m:OrgnlEndToEndId")
            problems += _faults(row, reference, seen, known)
            seen.add(reference)
            result = RESULTS.get(_text(row, "m:TxCxlSts"))
            if result is not None:
                said.append(Said(row.sourceline or 0, answer_id, reference, result))
    if not seen:
        problems.append(Problem(Fault.MISSING, "TxInfAndSts"))
    if problems:
        raise BadFile(*problems)
    return said


def _about(block: etree._Element, message_id: str) -> Iterator[Problem]:
    names = {
        "OrgnlPmtInfId": _text(block, "m:OrgnlPmtInfId"),
        "OrgnlMsgId": _text(block, "m:OrgnlGrpInf/m:OrgnlMsgId") or message_id,
    }
    for element, value in names.items():
        if value != message_id:
            fault = Fault.OTHER_BATCH if value else Fault.MISSING
            yield Problem(fault, element, block.sourceline or 0)


def _faults(
    row: etree._Element, reference: str, seen: set[str], known: Mapping[str, int]
) -> Iterator[Problem]:
    at = row.sourceline or 0
    if not reference:
        yield Problem(Fault.MISSING, "OrgnlEndToEndId", at)
    elif reference in seen:
        yield Problem(Fault.TWICE, "OrgnlEndToEndId", at, reference[:35])
    elif reference not in known:
        yield Problem(Fault.NOT_ASKED_BACK, "OrgnlEndToEndId", at, reference[:35])
    elif _amount(row, known[reference]) != known[reference]:
        yield Problem(Fault.OTHER_AMOUNT, "OrgnlInstdAmt", at, reference)
    if _text(row, "m:TxCxlSts") not in RESULTS:
        yield Problem(Fault.VALUE_UNKNOWN, "TxCxlSts", at)


def _amount(row: etree._Element, asked: int) -> Decimal | None:
    """Return the amount that is named, else the one that was asked back."""
    try:
        return Decimal(_text(row, "m:OrgnlInstdAmt") or asked)
    except InvalidOperation:
        return None


def _text(row: etree._Element, path: str) -> str:
    return (row.findtext(path, "", _IN) or "").strip()
