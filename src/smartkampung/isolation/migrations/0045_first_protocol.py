"""The protocol of 2020 and its changes, from the sources that are named beside them.

No official has confirmed any of them: ``verified_by`` is empty.
"""

from datetime import date, datetime, timedelta, timezone

from django.db import migrations

BEFORE = datetime(2020, 2, 29, tzinfo=timezone(timedelta(hours=7)))
FIRST, LIST_2, KMK, OMICRON = (
    date(2020, 3, 1),
    date(2020, 7, 13),
    date(2021, 5, 12),
    date(2021, 12, 30),
)
SITE = "https://covid19.go.id/"
KMK_413 = "KMK HK.01.07/MENKES/413/2020"
KMK_413_URL = (
    "https://covid19.go.id/p/regulasi/keputusan-menteri-kesehatan-republik-indonesia"
    "-nomor-hk0107menkes4132020"
)
LOCAL = "Protokol isolasi pendatang Kabupaten, 2020"
REVISION_4 = "Pedoman Pencegahan dan Pengendalian COVID-19 revisi 4 (Maret 2020)"
PUSKESMAS, DINKES = "puskesmas_officer", "dinkes"


def _rung(told, then, minutes):
    return {"told": told, "then": then, "minutes": minutes}


LADDER = {
    "again_after": 2,
    "rungs": {
        "ill": _rung([PUSKESMAS], [DINKES], 120),
        "missed": _rung([PUSKESMAS], [DINKES], 720),
        "missed_again": _rung(["village_head", "babinsa"], [PUSKESMAS, DINKES], 720),
        "left": _rung(["bhabinkamtibmas"], ["village_head", DINKES], 240),
        "exit_open": _rung([PUSKESMAS], [DINKES], 1440),
    },
}


def _classes(*rows):
    keys = ("code", "group", "name", "name_en")
    return {"classes": [dict(zip(keys, row, strict=True)) for row in rows]}


OLD = _classes(
    ("odr", "other", "ODR (orang dalam risiko, lokal)", "ODR (person at risk, local)"),
    ("otg", "contact", "OTG (orang tanpa gejala)", "OTG (person without symptoms)"),
    ("odp", "ill", "ODP (orang dalam pemantauan)", "ODP (person under monitoring)"),
    ("pdp", "ill", "PDP (pasien dalam pengawasan)", "PDP (patient under supervision)"),
    ("positive", "proven", "Positif (daftar lama)", "Positive (old list)"),
)
NEW = _classes(
    ("traveller", "other", "Pelaku perjalanan", "Traveller"),
    ("close_contact", "contact", "Kontak erat", "Close contact"),
    ("suspect", "ill", "Suspek", "Suspect"),
    ("probable", "ill", "Probable", "Probable"),
    ("confirmed", "proven", "Konfirmasi", "Confirmed case"),
    ("discarded", "other", "Discarded", "Discarded"),
    ("finished", "other", "Selesai isolasi", "Finished isolation"),
    ("death", "other", "Meninggal", "Died"),
)


def _days(contact):
    return {
        "contact_days": contact,
        "onset_days": 10,
        "specimen_days": 10,
        "symptom_free_days": 3,
    }


VERSIONS = [
    ("ladder", FIRST, LADDER, LOCAL, SITE),
    ("limits", FIRST, {"fever": "38.0", "spo2": 95}, KMK_413, KMK_413_URL),
    ("clocks", FIRST, {"exit_grace_hours": 24}, LOCAL, SITE),
    ("classes", FIRST, OLD, REVISION_4, SITE),
    ("classes", LIST_2, NEW, KMK_413, KMK_413_URL),
    ("release", FIRST, _days(14), KMK_413, KMK_413_URL),
    (
        "release",
        KMK,
        _days(5),
        "KMK HK.01.07/MENKES/4641/2021 (kontak: uji keluar hari ke-5)",
        SITE,
    ),
    ("release", OMICRON, _days(10), "SE HK.02.01/MENKES/1391/2021", SITE),
]


def write(apps, schema_editor):
    model = apps.get_model("isolation", "Protocol")
    model.objects.bulk_create(
        model(
            kind=kind,
            since=since,
            body=body,
            legal_reference=reference,
            source_url=url,
            by="seed",
            at=BEFORE,
        )
        for kind, since, body, reference, url in VERSIONS
    )


class Migration(migrations.Migration):
    dependencies = [("isolation", "0044_protocol")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
