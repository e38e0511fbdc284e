"""What a bank answers, ISO 20022 pain.002.001.03. The file is not trusted.

``ACSC`` (settled) and ``RJCT`` (rejected) are final; every other status is news.
"""

from decimal import Decimal

from lxml import etree

from smartkampung.aid.payments.rules.answers import Answer, Line, Outcome
from smartkampung.aid.payments.rules.files import LARGEST, BadFile, Fault, Problem
from smartkampung.aid.payments.rules.reasons import known
from smartkampung.aid.payments.rules.schemas import namespace, schema
from smartkampung.aid.payments.rules.steps import Totals

MESSAGE = "pain.002.001.03"
FINAL = {"ACSC": Outcome.PAID, "RJCT": Outcome.FAILED}
_IN = {"m": namespace(MESSAGE)}


def read_xml(content: bytes, message: str) -> etree._Element:
    """Return the checked XML of a message; raise BadFile naming what is wrong."""
    if len(content) > LARGEST:
        raise BadFile(Problem(Fault.TOO_LARGE))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BadFile(Problem(Fault.NOT_XML, line=error.lineno or 0)) from None
    if root.getroottree().docinfo.doctype:
        raise BadFile(Problem(Fault.HAS_DTD, element="DOCTYPE"))
    if root.tag != f"{{{namespace(message)}}}Document":
        raise BadFile(Problem(Fault.OTHER_MESSAGE, element="Document"))
    if not schema(message).validate(root):
        raise BadFile(*_structure(schema(message).error_log))
    return root


def _structure(log: etree._ListErrorLog) -> list[Problem]:
    found = [
        Problem(Fault.NOT_AS_STRUCTURE, _named(error.message), error.line)
        for error in log
    ]
    return list(dict.fromkeys(found))


def _named(message: str) -> str:
    """Return the element that a message of the checker names, never its value."""
    return message.partition("}")[2].partition("'")[0]


def read_report(content: bytes) -> Answer:
    """Return what the bank said; raise BadFile with everything that is wrong."""
    root = read_xml(content, MESSAGE)
    group = _first(root, ".//m:OrgnlGrpInfAndSts")
    assert group is not None  # the structure says so
    lines, problems = _lines(root)
    if problems:
        raise BadFile(*problems)
    whole = _whole(root, group)
    return Answer(
        message_id=_text(root, ".//m:GrpHdr/m:MsgId"),
        about=_text(group, "m:OrgnlMsgId"),
        totals=_totals(group),
        lines=tuple(lines),
        whole=whole,
        whole_reason=_reason(group) if whole is Outcome.FAILED else "",
    )


def _whole(root: etree._Element, group: etree._Element) -> Outcome | None:
    """Return what holds for every payment that is not listed; None for no news."""
    status = _text(group, "m:GrpSts") or _text(root, ".//m:PmtInfSts")
    return FINAL.get(status)


def _lines(root: etree._Element) -> tuple[list[Line], list[Problem]]:
    lines, problems, seen = [], [], set()
    for row in root.iterfind(".//m:TxInfAndSts", _IN):
        reference, status = _text(row, "m:OrgnlEndToEndId"), _text(row, "m:TxSts")
        for value, element in ((reference, "OrgnlEndToEndId"), (status, "TxSts")):
            if not value:
                problems.append(Problem(Fault.MISSING, element, row.sourceline or 0))
        if reference and reference in seen:
            problems.append(
                Problem(Fault.TWICE, "OrgnlEndToEndId", row.sourceline or 0, reference)
            )
        seen.add(reference)
        outcome = FINAL.get(status, Outcome.PENDING)
        reason = _reason(row) if outcome is Outcome.FAILED else ""
        lines.append(Line(reference, outcome, reason, _amount(row)))
    return lines, problems


def _amount(row: etree._Element) -> int | None:
    text = _text(row, "m:OrgnlTxRef/m:Amt/m:InstdAmt")
    if not text:
        return None
    amount = Decimal(text)
    # Aid is in whole rupiah: a part of one is another amount.
    return int(amount) if amount == int(amount) else -1


def _totals(group: etree._Element) -> Totals | None:
    count, total = _text(group, "m:OrgnlNbOfTxs"), _text(group, "m:OrgnlCtrlSum")
    if not count or not total:
        return None
    whole = Decimal(total)
    return Totals(int(count), int(whole) if whole == int(whole) else -1)


def _reason(row: etree._Element) -> str:
    return known(_text(row, "m:StsRsnInf/m:Rsn/m:Cd"))


def _first(row: etree._Element, path: str) -> etree._Element | None:
    found: etree._Element | None = row.find(path, _IN)
    return found


def _text(row: etree._Element, path: str) -> str:
    return (row.findtext(path, "", _IN) or "").strip()
