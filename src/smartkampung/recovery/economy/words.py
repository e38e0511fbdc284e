"""What kinds, types, curves and faults are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.recovery.economy.rules.comparing import Why
from smartkampung.recovery.economy.rules.falling import BadSetting, Turn
from smartkampung.recovery.economy.rules.kinds import (
    TAX,
    TAX_AND_OTHER,
    TOTAL,
    TOURISM_TAXES,
    Kind,
    Measure,
)
from smartkampung.recovery.economy.rules.reading import Fault

KINDS: Mapping[str, Promise] = {
    Kind.REVENUE: _("Own-source revenue (PAD)"),
    Kind.VISITS: _("Tourist visits"),
    Kind.BUSINESSES: _("Businesses opened and closed"),
}
MEASURES: Mapping[str, Promise] = {
    Measure.TARGET: _("Target"),
    Measure.REALISED: _("Collected"),
    Measure.DOMESTIC: _("Domestic visitors"),
    Measure.FOREIGN: _("Foreign visitors"),
    Measure.OPENED: _("Opened"),
    Measure.CLOSED: _("Closed"),
}
TYPES: Mapping[str, Promise] = {
    TOTAL: _("All own-source revenue"),
    TAX: _("Local taxes"),
    "hotel": _("Hotel tax"),
    "restaurant": _("Restaurant tax"),
    "entertainment": _("Entertainment tax"),
    "advertisement": _("Advertisement tax"),
    "street_lighting": _("Street lighting tax"),
    "parking": _("Parking tax"),
    "ground_water": _("Ground water tax"),
    "swiftlets": _("Swiftlet nest tax"),
    "minerals": _("Tax on minerals and rock"),
    "pbb": _("Land and building tax (PBB)"),
    "bphtb": _("Duty on transfer of land (BPHTB)"),
    "levies": _("Levies"),
    "assets": _("Yield of separated assets"),
    "other": _("Other lawful revenue"),
    TOURISM_TAXES: _("Hotel and restaurant tax together"),
    TAX_AND_OTHER: _("Local taxes and other lawful sources together"),
}
CURVES: Mapping[str, Promise] = {
    "pad": _("All own-source revenue"),
    "hotel": _("Lodging, by hotel tax"),
    "restaurant": _("Food and drink, by restaurant tax"),
    "entertainment": _("Entertainment, by entertainment tax"),
    "parking": _("Transport, by parking tax"),
    "visits": _("Tourist visits"),
    "openings": _("Businesses that opened"),
}
TURNS: Mapping[str, Promise] = {
    Turn.FELL: _("fell below the threshold"),
    Turn.RECOVERED: _("is back above the threshold"),
    Turn.UNDONE: _("did not fall after all: figures were corrected"),
}
WHYS: Mapping[str, Promise] = {
    Why.NO_FIGURE: _("no figure yet"),
    Why.NO_BASE: _("nothing to compare with"),
    Why.BASE_NOT_POSITIVE: _("cannot say: the base is nought or less"),
    Why.MONTHS_MISSING: _("cannot say: a month is missing"),
}
FAULTS: Mapping[str, Promise] = {
    Fault.AMOUNT: _(
        "This is not a number. Write thousands with dots and decimals with a comma, such"
        " as 1.250.000,50."
    ),
    Fault.AMBIGUOUS: _(
        "This can be read in two ways. Write 1.234 for thousands, or 1,23 for decimals."
    ),
    Fault.TOO_LARGE: _("This is more than a thousand trillion. Check the zeros."),
    Fault.NEGATIVE: _("This can never be below nought. Check the sign."),
    Fault.NOT_WHOLE: _("People and businesses are whole numbers. Leave out decimals."),
    Fault.MONTH: _("This is not a month. Write it as Mei 2020 or 2020-05."),
    Fault.YEAR_MISSING: _("The year is missing. Write it as Mei 2020 or 2020-05."),
    Fault.FUTURE: _("This month has not begun yet. Check the year."),
    Fault.TOO_OLD: _("Only years from 2000 on are kept. Check the year."),
    Fault.TYPE: _(
        "This type of revenue is not known. Write it as in the budget, such as Pajak"
        " Hotel, or its account, such as 4.1.01.06."
    ),
    Fault.SECTOR: _("This sector is not known. Write its code or its name."),
    Fault.SITE: _("Write the name of the site, 60 letters at most."),
    Fault.CARD_NUMBER: _(
        "A NIK or card number stands here. Write the name of the site only."
    ),
    Fault.NOTHING_TOLD: _("The row tells no figure. Fill in one at least."),
    Fault.TWICE: _("The same figure stands in an earlier row. Leave one of them out."),
    Fault.PERCENT: _(
        "The percentage does not fit target and collected. The figures were taken; check"
        " them."
    ),
}
BAD_SETTINGS: Mapping[str, Promise] = {
    BadSetting.RANGE: _("Thresholds lie between 1 and 200 percent."),
    BadSetting.ORDER: _(
        "The threshold of a fall must lie below that of a recovery, or alerts would"
        " never end."
    ),
    BadSetting.YEAR: _("Choose a year from 2000 on that has begun."),
}


def type_name(code: str) -> str:
    """Return what a type of revenue is called."""
    return str(TYPES.get(code, code))


def cannot_say(why: Why | None) -> str:
    """Return why a number is missing."""
    return "" if why is None else str(WHYS[why])
