"""The words of booking, the same on pages, slips and in the API."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.isolation.rules.assessment import Obstacle
from smartkampung.isolation.rules.states import Document, EntryPoint, Need, Setting

ENTRY_POINTS: dict[EntryPoint, Promise] = {
    EntryPoint.KETAPANG: _("Ketapang: ferry from Bali"),
    EntryPoint.AIRPORT: _("Airport"),
    EntryPoint.WONGSOREJO: _("Wongsorejo: road from the north"),
    EntryPoint.KALIBARU: _("Kalibaru: road from the west"),
    EntryPoint.OTHER: _("Another way"),
}
NEEDS: dict[Need, Promise] = {
    Need.OWN_BATHROOM: _("A bathroom of our own"),
    Need.WOMEN_ONLY: _("Women only"),
    Need.WHEELCHAIR: _("Room for a wheelchair"),
    Need.KITCHEN: _("A kitchen to cook in"),
    Need.COT: _("A cot for a small child"),
}
SETTINGS: dict[Setting, Promise] = {
    Setting.HOME: _("At home"),
    Setting.HOUSE: _("In an isolation house"),
}
DOCUMENTS: dict[Document, Promise] = {
    Document.PASSPORT: _("Passport"),
    Document.DRIVING_LICENCE: _("Driving licence (SIM)"),
    Document.OTHER: _("Another document"),
}
SEXES: dict[str, Promise] = {"L": _("Man or boy"), "P": _("Woman or girl")}
OBSTACLES: dict[Obstacle, Promise] = {
    Obstacle.NO_OWN_ROOM: _("There is no room of your own."),
    Obstacle.NO_OWN_BATHROOM: _("There is no bathroom of your own."),
    Obstacle.SOMEBODY_FRAIL: _("Somebody there falls seriously ill easily."),
}
FROM_ABROAD = _("Abroad")
