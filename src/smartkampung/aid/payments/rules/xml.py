"""XML messages of a bank: checked before they are believed, whatever their size.

A small one is held whole, and each fault is named with its line. A large one is looked
at element by element, so that it never stands in memory.
"""

from collections.abc import Iterator
from io import SEEK_END
from typing import IO

from lxml import etree

from smartkampung.aid.payments.rules.files import (
    LARGEST,
    LARGEST_XML,
    BadFile,
    Fault,
    Problem,
    opened,
)
from smartkampung.aid.payments.rules.schemas import namespace, schema

SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}


def read_xml(content: bytes | IO[bytes], message: str) -> etree._Element:
    """Return a message, held whole; raise BadFile where it is no such message."""
    source = opened(content, largest=LARGEST)
    try:
        tree = etree.parse(source, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError as error:
        raise BadFile(Problem(Fault.NOT_XML, line=error.lineno or 0)) from None
    root = tree.getroot()
    _is_the_message(root, message)
    return root


def check_xml(content: bytes | IO[bytes], message: str) -> None:
    """Raise BadFile where a message does not fit its structure.

    That a large one is whole shows only when it is read: ``stream`` says so.
    """
    source = opened(content, largest=LARGEST_XML)
    if source.seek(0, SEEK_END) <= LARGEST:
        if not schema(message).validate(read_xml(source, message)):
            raise BadFile(*_structure(schema(message).error_log))
        return
    source.seek(0)
    checked = etree.iterparse(source, ("start", "end"), schema=schema(message), **SAFE)
    try:
        for event, element in checked:
            if event == "end":
                _forget(element)
            elif element.getparent() is None:
                _is_the_message(element, message)
    except etree.XMLSyntaxError:
        raise BadFile(*_structure(checked.error_log)) from None


def stream(
    content: bytes | IO[bytes], message: str, *names: str
) -> Iterator[etree._Element]:
    """Yield each element of these names as it ends, and then forget what it held.

    Raises BadFile where the message is not whole.
    """
    source = opened(content, largest=LARGEST_XML)
    tags = [f"{{{namespace(message)}}}{name}" for name in names]
    try:
        for _event, element in etree.iterparse(source, tag=tags, **SAFE):
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise BadFile(Problem(Fault.NOT_XML, line=error.lineno or 0)) from None


def _is_the_message(root: etree._Element, message: str) -> None:
    if root.getroottree().docinfo.doctype:
        raise BadFile(Problem(Fault.HAS_DTD, element="DOCTYPE"))
    if root.tag != f"{{{namespace(message)}}}Document":
        raise BadFile(Problem(Fault.OTHER_MESSAGE, element="Document"))


def _forget(element: etree._Element) -> None:
    """Let go of an element that was read, and of what stood right before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _structure(log: etree._ListErrorLog) -> list[Problem]:
    found = [
        Problem(Fault.NOT_AS_STRUCTURE, _named(error.message), error.line)
        for error in log
    ]
    return list(dict.fromkeys(found)) or [Problem(Fault.NOT_XML)]


def _named(message: str) -> str:
    """Return the element that a message of the checker names, never its value."""
    return message.partition("}")[2].partition("'")[0]
