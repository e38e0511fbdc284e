"""What kinds, faults and missing things of signals are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.reopening.guidance.rules.kinds import Colour, Indicator
from smartkampung.reopening.signals.rules import cells, files
from smartkampung.reopening.signals.rules.kinds import Doubt, Fault, Kind

Words = Mapping[str, Promise]
KINDS: Words = {
    Kind.TESTS: _("People tested"),
    Kind.BEDS: _("Beds for COVID-19"),
    Kind.PATIENTS: _("Admissions and deaths"),
    Kind.TRACING: _("Contacts traced"),
}
NUMBERS: Words = {
    "tested": _("People tested"),
    "positive": _("of them positive"),
    "beds": _("Beds for COVID-19"),
    "occupied": _("Beds with a patient"),
    "admitted": _("Admitted to hospital"),
    "died": _("Died"),
    "followed": _("Cases whose contacts were asked for"),
    "contacts": _("Close contacts found"),
}
COLOURS: Words = {
    Colour.GREEN: _("Green"),
    Colour.YELLOW: _("Yellow"),
    Colour.ORANGE: _("Orange"),
    Colour.RED: _("Red"),
}
INDICATORS: Words = {
    Indicator.REPRODUCTION: _("Reproduction number (Rt)"),
    Indicator.CASES_WEEKLY: _("New cases per 100,000 people a week"),
    Indicator.ADMISSIONS_WEEKLY: _("Admitted to hospital per 100,000 people a week"),
    Indicator.DEATHS_WEEKLY: _("Died per 100,000 people a week"),
    Indicator.POSITIVITY: _("Positive of those tested in a week"),
    Indicator.BED_OCCUPANCY: _("Beds for COVID-19 that are taken"),
    Indicator.TESTS: _("Tests so far per million people"),
    Indicator.CONTACTS_TRACED: _("Close contacts found for each case"),
    Indicator.COMPLIANCE: _("Inspected places that keep the protocol"),
}
FAULTS: Words = {
    Fault.NEGATIVE: _("A count cannot be below nought."),
    Fault.TOO_MANY: _("This is more than can be. Look at the number of digits."),
    Fault.MORE_POSITIVE: _("More are positive than were tested. Exchange the two?"),
    Fault.FUTURE: _("This day has not come yet. Choose today or an earlier day."),
    Fault.NO_PLACE: _("Write the name of the hospital."),
    Fault.MIXED: _(
        "On this day all laboratories together stand beside a single one: they would count twice. Keep one way; take the other report back first."
    ),
}
DOUBTS: Words = {
    Doubt.OVERFULL: _("More beds are taken than there are. Is that right?"),
    Doubt.ALL_POSITIVE: _("Everybody who was tested is positive. Is that right?"),
}
CELL_FAULTS: Words = {
    cells.Fault.NO_DAY: _("Write the day, for example 2020-05-28."),
    cells.Fault.NOT_A_DAY: _("There is no such day. Write it as 2020-05-28."),
    cells.Fault.TOO_OLD: _("This day lies before 2020. Look at the year."),
    cells.Fault.NOT_TOLD: _("Write a whole number; 0 where there was none."),
    cells.Fault.NOT_A_COUNT: _("Write a whole number; 0 where there was none."),
    cells.Fault.AMBIGUOUS: _("This reads in two ways. Write 1234 without marks."),
    cells.Fault.LONG: _("This is too long. Shorten the name."),
    cells.Fault.CARD_NUMBER: _("This looks like a NIK or card number. Take it out."),
    cells.Fault.TWICE: _(
        "This day of this place stands further up already. Keep one of the two."
    ),
    **FAULTS,
    **DOUBTS,
}
FILE_FAULTS: Words = {
    files.Fault.NO_COLUMN: _("This column is missing."),
    files.Fault.NOT_A_DAY: _("Write the day as 2020-05-28."),
    files.Fault.NOT_A_COUNT: _("Write a whole number, or leave it empty."),
    files.Fault.TWICE: _("This day stands in the file already. Keep one of the two."),
    files.Fault.NOT_A_COLOUR: _("Write hijau, kuning, oranye or merah."),
    files.Fault.NO_SOURCE: _(
        "Give the address of the source, beginning with https://."
    ),
    files.Fault.NO_REGION: _("Write the code of the regency as 35.10."),
    files.Fault.TOO_LONG: _("This is too long."),
    files.Fault.NOTHING: _("The file has no rows."),
}
# Why an indicator has no value.
MISSING: Words = {
    "no_data": _("Nothing was entered yet."),
    "no_register": _("No case was registered in the regency up to this day."),
    "not_heard": _("The Puskesmas left out more than one of these 7 days."),
    "few_heard": _(
        "Fewer than 90% of the villages were told of on some of the 7 days."
    ),
    "no_population": _("No resident is registered there, so there is no rate."),
    "some_days": _("A report is missing for some of the 7 days."),
    "old": _("The last report is too old."),
    "some_hospitals": _("A hospital has not reported for this day."),
    "nobody_tested": _("Nobody was tested in these 7 days."),
    "no_beds": _("There are no beds for COVID-19."),
    "nobody_followed": _("No case was followed in these 7 days."),
    "too_few_cases": _("Fewer than 11 cases in 7 days: Rt would be guesswork."),
    "nobody_before": _("Too little is known of the days before."),
    "gap": _("A day of the series is not known."),
    "not_recorded": _("This program does not record it."),
    "few_inspections": _("Fewer than 3 places were inspected."),
    "asked_elsewhere": _("This is counted from inspections of places."),
}
NOTHING_WRITTEN = _("Nothing was written. Mend the file and bring it again.")


def problem_line(problem: files.Problem) -> str:
    """Return where a file is wrong, what stands there and what to do."""
    told = _("Row %(row)d, column %(column)s: %(what)s Reads: “%(value)s”.")
    return told % {
        "row": problem.row,
        "column": problem.column,
        "what": FILE_FAULTS[problem.fault],
        "value": problem.value,
    }
