"""Words of announcements and broadcasts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.frontline.voice.rules.asking import Ask, Fault
from smartkampung.frontline.voice.rules.broadcasting import Danger, State, Wording
from smartkampung.frontline.voice.rules.doubts import Doubt

ASKS: dict[Ask, Promise] = {
    Ask.READ: _("Read it"),
    Ask.ACKNOWLEDGE: _("Say that you took note"),
    Ask.ACT: _("Do what it says, and write down what was done"),
}
ANSWERED: dict[Ask, Promise] = {
    Ask.READ: _("have read it"),
    Ask.ACKNOWLEDGE: _("have taken note"),
    Ask.ACT: _("have done it"),
}
FAULTS: dict[Fault, Promise] = {
    Fault.NO_DAY: _("Say by which day it is to be done."),
    Fault.DAY_OVER: _("That day is over. Choose today or a later day."),
    Fault.NO_OFFICE: _("Choose which offices are to do it."),
    Fault.OFFICE_ABOVE: _(
        "One of these offices cannot be asked to do something. Choose RT, RW, village,"
        " kecamatan, Puskesmas, Babinsa, Bhabinkamtibmas or checkpoint."
    ),
    Fault.DANGER_HIDDEN: _(
        'A warning of danger is for everybody: tick "Residents may read it, too".'
    ),
}
DOUBTS: dict[Doubt, Promise] = {
    Doubt.PHONE: _("a phone number"),
    Doubt.PERSON: _("somebody's name"),
    Doubt.ILLNESS: _(
        "an illness, with a name or an RT: everybody will know who is ill"
    ),
}
DANGERS: dict[str, Promise] = {
    Danger.STORM: _("strong wind or high waves"),
    Danger.FLOOD: _("flood or landslide"),
    Danger.WATER: _("water that nobody may drink"),
}
STATES: dict[State, Promise] = {
    State.WAITING: _("waits for a second person"),
    State.SENDING: _("is being sent"),
    State.SENT: _("sent"),
    State.REFUSED: _("refused"),
}
LAPSED = _("nobody decided in time; it went to nobody")
WORDINGS: dict[Wording, Promise] = {
    Wording.NEWS: _("There is news for the area"),
    Wording.MEETING: _("A meeting of residents on a day"),
    Wording.HEALTH_POST: _("A health post for everybody on a day"),
    Wording.OFFICE_CLOSED: _("The office is closed on a day"),
    Wording.STORM: _("Warning: strong wind or high waves"),
    Wording.FLOOD: _("Warning: flood or landslide"),
    Wording.WATER: _("Warning: do not drink the water"),
    Wording.CALLED_OFF: _("The warning does not hold any more"),
}
# By which way an officer hears, and what became of the message.
WAYS: dict[str, Promise] = {
    "phone": _("message to the phone"),
    "email": _("e-mail"),
    "": _("no message: call or visit"),
}
MESSAGES: dict[str, Promise] = {
    "queued": _("waits"),
    "sent": _("handed over"),
    "delivered": _("delivered"),
    "failed": _("not deliverable"),
    "unwanted": _("not wanted any more"),
}
