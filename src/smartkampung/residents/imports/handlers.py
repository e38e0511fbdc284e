"""Who handles which kind of file; domains above add theirs to a copy of this."""

from collections.abc import Mapping

from smartkampung.residents.imports.deciles import DecileHandler
from smartkampung.residents.imports.handling import Factory, PeopleHandler
from smartkampung.residents.imports.reading.records import Format

HANDLERS: Mapping[Format, Factory] = {
    Format.OPENSID: PeopleHandler,
    Format.OPENDK: PeopleHandler,
    Format.PEOPLE: PeopleHandler,
    Format.DECILE: DecileHandler,
}
