"""Words for codes of guidance."""

from django.utils.translation import gettext_lazy as _

from smartkampung.reopening.guidance.rules.faults import Fault
from smartkampung.reopening.guidance.rules.kinds import (
    Colour,
    Indicator,
    Kind,
    Setting,
)

COLOURS = {
    Colour.GREEN: _("green"),
    Colour.YELLOW: _("yellow"),
    Colour.ORANGE: _("orange"),
    Colour.RED: _("red"),
}
# How a state looks that is also said in words.
STATES = {
    Colour.GREEN: "ok",
    Colour.YELLOW: "wait",
    Colour.ORANGE: "wait",
    Colour.RED: "late",
}
SETTINGS = {
    Setting.OFFICE: _("Offices and workplaces"),
    Setting.MARKET: _("Markets"),
    Setting.MOSQUE: _("Mosques and prayer houses"),
    Setting.CHURCH: _("Churches"),
    Setting.TEMPLE: _("Temples"),
    Setting.SCHOOL: _("Schools"),
    Setting.TOURISM_SITE: _("Tourist sites"),
    Setting.HOMESTAY: _("Homestays"),
    Setting.RESTAURANT: _("Places to eat"),
    Setting.COUNTER: _("Counters of offices"),
    Setting.WEDDING: _("Weddings and family feasts"),
    Setting.FESTIVAL: _("Festivals"),
}
INDICATORS = {
    Indicator.REPRODUCTION: _("Reproduction number (Rt)"),
    Indicator.CASES_WEEKLY: _("New cases per 100,000 in a week"),
    Indicator.ADMISSIONS_WEEKLY: _("Admissions per 100,000 in a week"),
    Indicator.DEATHS_WEEKLY: _("Deaths per 100,000 in a week"),
    Indicator.POSITIVITY: _("Positive tests, in percent"),
    Indicator.BED_OCCUPANCY: _("Beds taken, in percent"),
    Indicator.TESTS: _("Tests so far per million"),
    Indicator.CONTACTS_TRACED: _("Contacts traced for each case"),
    Indicator.COMPLIANCE: _("Inspected places that pass, in percent"),
}
KINDS = {
    Kind.RT_ZONE: (
        _("Zones of RTs"),
        _("How many houses with a confirmed case in 7 days make which colour."),
    ),
    Kind.PHASES: (
        _("Phases and what may open"),
        _("How full each kind of place may be in each phase, and under each colour."),
    ),
    Kind.GATES: (
        _("Gates between phases"),
        _("What must hold, and who must sign, before a village moves on."),
    ),
    Kind.REGENCY_ZONE: (
        _("Zone of the regency"),
        _("Indicators of the national task force. Their weights were not found."),
    ),
    Kind.PPKM: (
        _("Levels of PPKM"),
        _("Limits of each indicator. How they make one level was not found."),
    ),
}
# On what the first versions rest, where that is no number of a decision.
REFERENCES = {
    "Contoh fase tatanan baru; kapasitas belum dipastikan": _(
        "Example phases of a new normal; no official has confirmed the capacities"
    ),
    "Kriteria Bappenas untuk pelonggaran PSBB, Mei 2020; ambang desa: contoh": _(
        "Criteria of Bappenas for easing PSBB, May 2020; limits of villages: an example"
    ),
}
FAULTS = {
    Fault.BANDS: _("Each colour begins at more houses than the one before."),
    Fault.DAYS: _("Look back 1 to 28 days."),
    Fault.ACTIONS: _('Write each action as "Indonesian | English", one a line.'),
    Fault.NO_PHASE: _("Keep one phase at least."),
    Fault.PHASE_NAME: _("Name each phase in both languages."),
    Fault.PHASE_TWICE: _("Two phases have the same English name."),
    Fault.CAPACITY: _("A capacity is a whole number from 0 to 100."),
    Fault.GATHERING: _("People who may gather: a whole number from 1."),
    Fault.NO_GATE: _("Keep one gate at least."),
    Fault.NEED: _("Each gate needs an indicator with a limit and 1 to 28 days."),
    Fault.NO_SIGN: _("Somebody must sign each gate."),
    Fault.WORSE: _("A sign of worsening ends at most where it began."),
    Fault.HOURS: _("Give 1 to 720 hours to decide."),
    Fault.LEVELS: _("Each limit is larger than the one before."),
    Fault.LOOSE_FIRST: _(
        "The first phase is the strictest: a pause falls back to it. Open nothing more"
        " in it than in a later one."
    ),
    Fault.LOOSE_COLOUR: _(
        "A redder zone leaves open at most what a paler one does, and lets at most as"
        " many gather."
    ),
    Fault.NO_WORSE: _("Name one sign of worsening at least: it is the only way back."),
    Fault.NO_WAY: _(
        "No gate leads to one of the later phases. Write the gate first, then the phase."
    ),
}
