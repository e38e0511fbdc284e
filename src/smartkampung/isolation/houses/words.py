"""Words of houses: kinds, facilities, the checklist, what keeps a house from opening."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.houses.rules import Check, Diet, Fault
from smartkampung.isolation.rules.states import HouseKind, Need

KINDS: dict[HouseKind, Promise] = {
    HouseKind.VILLAGE_HALL: _("Village hall"),
    HouseKind.SCHOOL: _("School"),
    HouseKind.PRIVATE_HOUSE: _("Private house"),
    HouseKind.HOMESTAY: _("Homestay"),
    HouseKind.OTHER: _("Other building"),
}

NEEDS: dict[Need, Promise] = {
    Need.OWN_BATHROOM: _("Bathroom of one's own"),
    Need.WOMEN_ONLY: _("For women only"),
    Need.WHEELCHAIR: _("Wheelchair can enter"),
    Need.KITCHEN: _("Kitchen"),
    Need.COT: _("Cot for a baby"),
}

CHECKS: dict[Check, Promise] = {
    Check.WATER: _("Clean water runs, enough for everybody"),
    Check.TOILET: _("Toilet and bathroom work and can be cleaned"),
    Check.AIR: _("Every room has a window that opens"),
    Check.APART: _("Beds stand at least one metre apart"),
    Check.SOAP: _("Water and soap to wash hands stand at the entrance"),
    Check.CLEANED: _("Rooms and bed linen are clean and disinfected"),
    Check.LIGHT: _("There is electric light, and a socket"),
    Check.WASTE: _("Used masks have a closed bin of their own"),
    Check.AMBULANCE: _("An ambulance can come to the door"),
    Check.ON_CALL: _("Somebody is named who comes day and night"),
}

FAULTS: dict[Fault, Promise] = {
    Fault.NO_BED: _("It has no bed yet. Enter a room with its beds."),
    Fault.NOT_INSPECTED: _("The Puskesmas has not inspected it yet."),
    Fault.FOUND_WANTING: _(
        "The last inspection found something. Mend it, and ask for another inspection."
    ),
    Fault.IN_THE_PAST: _("The first day lies in the past."),
    Fault.ENDS_FIRST: _("The last day does not come after the first."),
}

DIETS: dict[Diet, Promise] = {
    Diet.ORDINARY: _("Ordinary"),
    Diet.SOFT: _("Soft, or porridge"),
    Diet.LITTLE_SUGAR: _("Little sugar"),
    Diet.LITTLE_SALT: _("Little salt"),
    Diet.NO_MEAT: _("No meat"),
    Diet.NO_SEAFOOD: _("No fish or seafood"),
}
