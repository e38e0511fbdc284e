"""Whoever keeps a photo names it where the nightly clean-up looks."""

import ast
from itertools import chain

from django.apps import apps
from django.db.models import ForeignKey

from smartkampung.intake.actions.upkeep import lists_of_ids
from smartkampung.intake.models import Upload
from tests.repository.tree import ROOT, python

# From which module a photo is kept by which function.
KEEPS = {
    "smartkampung.intake.actions.photos": {"keep_photo"},
    "smartkampung.web.aid_staff.photos": {"kept", "photos_of"},
}
# Who keeps photos, and the columns that name them afterwards.
NAMED = {
    "frontline/field/actions/photos": [
        "field.Photo.upload",
        "field.Record.other_photo",
    ],
    "frontline/voice/actions/keeping": ["voice.Attachment.upload"],
    "web/affected/assist": ["affected.Registration.photo"],
    "web/aid_cycles/villages": ["aid.Meeting.minutes"],
    "web/aid_grievances/acts": ["residents.Correction.evidence"],
    "web/aid_staff/handovers": ["aid.Handover.signature", "aid.Handover.photo"],
    "web/aid_staff/photos": [],  # for the others here
    "web/aid_staff/visits": ["aid.FieldCheck.photo"],
    "web/isolation_arrival/people": ["isolation.SupervisionVisit.photo"],
    "web/isolation_houses/keeping": ["isolation.HousePhoto.upload"],
    "web/letters_ask/completing": ["requests.RequirementFile.upload"],
    "web/letters_ask/screens": ["requests.RequirementFile.upload"],
    "web/life/corrections": ["residents.Correction.evidence"],
    "web/moves": ["aid.Report.photo", "affected.Registration.photo"],
    "web/my_data/corrections": ["residents.Correction.evidence"],
    "web/pilots/preparing": ["pilots.Evidence.photos", "pilots.Visit.photos"],
    "web/protocols/complaining": ["places.Complaint.photo"],
    "web/protocols/inspecting": ["places.InspectionPhoto.upload"],
    "web/report/assist": ["aid.Report.photo"],
}


def keepers() -> set[str]:
    """Return the modules that keep photos; the demo does as they do."""
    found = set()
    for path in python("src"):
        name = str(path.relative_to(ROOT / "src/smartkampung").with_suffix(""))
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and not name.startswith("demo/"):
                names = {alias.name for alias in node.names}
                if names & KEEPS.get(node.module or "", set()):
                    found.add(name)
    return found


def test_whoever_keeps_a_photo_says_where_it_is_named() -> None:
    assert keepers() == set(NAMED)


def test_the_clean_up_finds_every_name_of_a_photo() -> None:
    lists = lists_of_ids()
    for column in chain(*NAMED.values()):
        label, _dot, name = column.rpartition(".")
        field = apps.get_model(label)._meta.get_field(name)
        if isinstance(field, ForeignKey):
            assert field.related_model is Upload, column
        else:
            assert field in lists, column
