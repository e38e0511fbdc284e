"""Makers of signatures, by name.

By path: pyHanko takes 30 MB and a second, and no web process that only shows pages
should load it.
"""

from django.conf import settings
from django.utils.module_loading import import_string

from smartkampung.letters.signing.ports import SignaturePort
from smartkampung.letters.signing.rules.levels import PortName

PATHS = {
    PortName.LOCAL: "smartkampung.letters.signing.adapters.local.from_settings",
    PortName.BSRE: "smartkampung.letters.signing.adapters.bsre.from_settings",
}


def remote_is_set_up() -> bool:
    """Say whether the operator named a national service, and the root of its officers."""
    return bool(settings.BSRE_URL and settings.BSRE_ROOTS)


def port(name: PortName) -> SignaturePort:
    """Return a maker of signatures as the operator set it up."""
    made: SignaturePort = import_string(PATHS[name])()
    return made
