"""What records of people hit by the crisis are called; the same words everywhere."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.recovery.affected.rules.course import (
    Answer,
    Bar,
    Direction,
    Reason,
    State,
    Work,
)
from smartkampung.recovery.affected.rules.registration import (
    Channel,
    Found,
    Kind,
    Step,
    Wish,
)

KINDS: dict[str, Promise] = {
    Kind.LAID_OFF: _("Laid off"),
    Kind.FURLOUGHED: _("Sent home without pay"),
    Kind.HOURS_CUT: _("Fewer hours or days of work"),
    Kind.BUSINESS_CLOSED: _("Own business closed"),
    Kind.SALES_DOWN: _("Own business sells less"),
    Kind.RETURNED_MIGRANT: _("Migrant worker who came home"),
}
WISHES: dict[str, Promise] = {
    Wish.WORK: _("Work"),
    Wish.TRAINING: _("Training"),
    Wish.CAPITAL: _("Capital for a business"),
    Wish.TOOLS: _("Tools"),
}
WORKS: dict[str, Promise] = {
    Work.NONE: _("No work"),
    Work.CASUAL: _("Casual work now and then"),
    Work.JOB: _("A steady job"),
    Work.OWN_BUSINESS: _("A business of my own"),
}
DIRECTIONS: dict[str, Promise] = {
    Direction.WORSE: _("Worse than before"),
    Direction.SAME: _("The same"),
    Direction.BETTER: _("Better than before"),
}
ANSWERS: dict[str, Promise] = {
    Answer.CONFIRMED: _("Yes, it is so"),
    Answer.NOT_KNOWN: _("I do not know this person"),
    Answer.LEFT_OTHERWISE: _("Known, but it happened for another reason"),
}
REASONS: dict[str, Promise] = {
    Reason.NOT_AFFECTED: _("Work or business goes on as before"),
    Reason.EMPLOYER_DENIES: _("Employer or association says otherwise"),
    Reason.LIVES_ELSEWHERE: _("Lives elsewhere"),
    Reason.NOT_REACHED: _("Could not be reached three times"),
    Reason.STATED_WRONGLY: _("What was told is not true"),
    Reason.OTHER: _("Another reason, as in the note"),
}
STATES: dict[str, tuple[str, Promise]] = {
    State.TO_VERIFY: ("wait", _("waits for the village")),
    State.VERIFIED: ("ok", _("on the list")),
    State.REFUSED: ("off", _("not on the list")),
    State.RECOVERED: ("info", _("recovered")),
    State.LEFT: ("off", _("left the list")),
}
CHANNELS: dict[str, Promise] = {
    Channel.WEB: _("told by themselves"),
    Channel.ASSISTED: _("registered by an officer"),
    Channel.LIST: _("from a list"),
}
STEPS: dict[Step, Promise] = {
    Step.RECEIVED: _("Registration received"),
    Step.DECIDED: _("The village decides, after asking employer or association"),
    Step.CLOSED: _("Off the list again, once you have recovered"),
}
FOUND: dict[str, tuple[str, Promise]] = {
    Found.MATCHED: ("ok", _("NIK, name and birth date agree with village data")),
    Found.NIK_UNKNOWN: ("late", _("The NIK is in nobody's record")),
    Found.NAME_DIFFERS: ("wait", _("The record has another name")),
    Found.BIRTH_DATE_DIFFERS: ("wait", _("The record has another birth date")),
    Found.LIVES_ELSEWHERE: ("wait", _("Named another village than the record")),
    Found.DEAD: ("late", _("The record says: died")),
    Found.MOVED: ("late", _("The record says: moved away")),
    Found.MISSING: ("late", _("The record says: missing")),
    Found.NIK_CONTESTED: ("wait", _("Somebody else claims the same NIK")),
    Found.MATCHED_BY_VILLAGE: ("ok", _("The village says who it is")),
    Found.ALREADY_LISTED: ("wait", _("Is on the list already")),
}
OUTCOMES: dict[str, Promise] = {
    "still_recovered": _("Still doing well"),
    "fell_back": _("Fell back: on the list again"),
    "not_found": _("Not found, or moved away"),
}
BARS: dict[str, Promise] = {
    Bar.NOT_WAITING: _("This record was decided meanwhile."),
    Bar.REGISTERED_BY_YOU: _(
        "You registered this person. Somebody else of the village has to verify it."
    ),
    Bar.YOURSELF: _("This is about you or your family. Somebody else decides it."),
    Bar.NOT_LIVING: _(
        "The registry says that this person does not live here any more."
    ),
}
LIST_KINDS: dict[str, Promise] = {
    "employer": _("An employer, of the workers it let go"),
    "association": _("An association, of its members"),
}
LIST_STATES: dict[str, tuple[str, Promise]] = {
    "checking": ("wait", _("being checked")),
    "ready": ("wait", _("waits for your word")),
    "writing": ("wait", _("being written")),
    "done": ("ok", _("taken over")),
    "unusable": ("late", _("cannot be read")),
    "dropped": ("off", _("thrown away")),
}
