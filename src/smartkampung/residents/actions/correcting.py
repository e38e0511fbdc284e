"""Put an accepted correction into the record. Called under the locks of the decision."""

from collections.abc import Callable
from datetime import date

from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.residents.actions.nik import renew_flags
from smartkampung.residents.corrections.models import Correction
from smartkampung.residents.models import KK, NIK, PHONE, Family, Person
from smartkampung.residents.rules import fold_name
from smartkampung.residents.rules.corrections import CODED, Field


def apply_correction(wish: Correction) -> None:
    """Write the wanted value to the person or the family card of a wish."""
    field, person = Field(wish.field), wish.person
    value = wish.wanted_sealed.open() if wish.wanted_sealed else wish.wanted
    if field in _OF_FAMILY:
        _OF_FAMILY[field](person.family, value)
        person.family.save()
        return
    _OF_PERSON.get(field, _plain(field))(person, value)
    renew_flags(person)
    person.save()


def _plain(field: Field) -> Callable[[Person, str], None]:
    def write(person: Person, value: str) -> None:
        setattr(person, field.value, int(value) if field in CODED else value)

    return write


def _name(person: Person, value: str) -> None:
    person.name, person.name_folded = value, fold_name(value)


def _born_on(person: Person, value: str) -> None:
    person.born_on = date.fromisoformat(value)


def _nik(person: Person, value: str) -> None:
    person.nik, person.nik_index = Sealed.of(value, NIK), blind_index(value, NIK)


def _kk(family: Family, value: str) -> None:
    family.kk, family.kk_index = Sealed.of(value, KK), blind_index(value, KK)


def _phone(family: Family, value: str) -> None:
    family.phone = Sealed.of(value, PHONE)
    family.phone_index = blind_index(value, PHONE)


def _address(family: Family, value: str) -> None:
    family.address = value


_OF_PERSON: dict[Field, Callable[[Person, str], None]] = {
    Field.NAME: _name,
    Field.BORN_ON: _born_on,
    Field.NIK: _nik,
}
_OF_FAMILY: dict[Field, Callable[[Family, str], None]] = {
    Field.KK: _kk,
    Field.PHONE: _phone,
    Field.ADDRESS: _address,
}
