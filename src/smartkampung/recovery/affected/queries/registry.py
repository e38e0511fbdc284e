"""What the registry of residents says about a registration."""

from smartkampung.recovery.affected.models import Registration
from smartkampung.recovery.affected.rules.registration import Registered, same_name
from smartkampung.residents.models import Person
from smartkampung.residents.queries.matching import match_identity
from smartkampung.residents.rules.names import fold_name


def look_up(row: Registration) -> tuple[Person | None, Registered | None]:
    """Return the holder of the NIK and what of the registration agrees with them."""
    match = match_identity(nik=row.nik, born_on=row.born_on)
    if match is None:
        return None, None
    person = match.person
    return person, Registered(
        name_agrees=same_name(fold_name(row.name), person.name_folded),
        born_on_agrees=match.born_on_agrees,
        region_code=person.region_code,
        status=person.status,
        contested=match.contested,
    )
