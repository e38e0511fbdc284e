"""A NIK that two people claim, made by the action that makes it in earnest."""

from datetime import datetime

from smartkampung.kernel.clock import WIB
from smartkampung.residents.actions import set_nik
from smartkampung.residents.models import NikClaim, Person
from tests.population import RT_HERE, WAYAN_NIK, person

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)


def contested(
    claimant: Person | None = None,
    *,
    holder: Person | None = None,
    nik: str = WAYAN_NIK,
    holder_region: str = RT_HERE,
) -> NikClaim:
    """Let Wayan hold a NIK and somebody else claim it."""
    holder = holder or person("Wayan", nik, region=holder_region)
    claimant = claimant or person("Nyoman", sex="P")
    claim = set_nik(person=claimant, nik=nik, by="sari", at=NOW)
    if claim is None or claim.holder != holder:
        raise AssertionError("nobody held the NIK")
    return claim
