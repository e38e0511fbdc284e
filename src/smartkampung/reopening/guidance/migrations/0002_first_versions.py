"""RT zones, phases and gates of 2020 and 2021, from the sources named beside them.

No official has confirmed any of them: ``verified_by`` is empty. Capacities of phases
were not published as one table; they are an example that the regency replaces.
"""

from datetime import date, datetime, timedelta, timezone

from django.db import migrations

BEFORE = datetime(2020, 2, 29, tzinfo=timezone(timedelta(hours=7)))
MICRO = "https://ngopibareng.id/read/ppkm-mikro-efektif-tekan-sebaran-covid-19-1256629"


def _act(text, text_en):
    return {"text": text, "text_en": text_en}


WATCH = _act(
    "Surveilans aktif: semua suspek dites, kasus dipantau berkala.",
    "Active surveillance: every suspect is tested, cases are monitored regularly.",
)
TRACE = _act(
    "Cari suspek dan kontak erat; isolasi mandiri diawasi ketat.",
    "Find suspects and close contacts; isolation at home is closely supervised.",
)
CLOSE = _act(
    "Tutup rumah ibadah, tempat bermain anak dan tempat umum, kecuali yang esensial.",
    "Close houses of worship, playgrounds and public places, except essential ones.",
)
NO_CROWD = _act(
    "Dilarang berkumpul lebih dari tiga orang.",
    "No gathering of more than three people.",
)
CURFEW = _act(
    "Keluar masuk RT paling lambat pukul 20.00.",
    "Nobody enters or leaves the RT after 20:00.",
)
NOTHING_SOCIAL = _act(
    "Tidak ada kegiatan sosial yang menimbulkan kerumunan.",
    "No social activity that draws a crowd.",
)
ACTIONS = {
    "green": [WATCH],
    "yellow": [TRACE],
    "orange": [TRACE, CLOSE],
    "red": [TRACE, CLOSE, NO_CROWD, CURFEW, NOTHING_SOCIAL],
}


def _bands(yellow, orange, red):
    """Return bands that begin at so many houses; green is none."""
    least = {"green": 0, "yellow": yellow, "orange": orange, "red": red}
    most = {"green": 0, "yellow": orange - 1, "orange": red - 1, "red": None}
    return {
        "days": 7,
        "bands": [
            {
                "colour": colour,
                "least": least[colour],
                "most": most[colour],
                "actions": ACTIONS[colour],
            }
            for colour in least
        ],
    }


SETTINGS = (
    *("office", "market", "mosque", "church", "temple", "school"),
    *("tourism_site", "homestay", "restaurant", "counter", "wedding", "festival"),
)
WORSHIP = ("mosque", "church", "temple")


def _phase(code, name, name_en, *capacities):
    return {
        "code": code,
        "name": name,
        "name_en": name_en,
        "settings": dict(zip(SETTINGS, capacities, strict=True)),
    }


SHUT = dict.fromkeys((*WORSHIP, "tourism_site", "wedding", "festival"), 0)
PHASES = {
    "phases": [
        _phase(
            *("emergency", "Tanggap darurat", "Emergency"),
            *(50, 50, 0, 0, 0, 0, 0, 0, 0, 50, 0, 0),
        ),
        _phase(
            *("recovery", "Pemulihan", "Recovery"),
            *(75, 75, 50, 50, 50, 0, 30, 50, 50, 75, 25, 0),
        ),
        _phase(
            *("new_normal", "Tatanan normal baru", "New normal"),
            *(100, 100, 75, 75, 75, 50, 50, 75, 75, 100, 50, 25),
        ),
    ],
    "colours": {
        "orange": {"settings": SHUT},
        "red": {
            "settings": {**SHUT, "school": 0, "homestay": 0, "restaurant": 0},
            "gathering": 3,
        },
    },
}
SIGNS = [
    *("village_head", "puskesmas_officer", "babinsa", "bhabinkamtibmas"),
    "kecamatan_officer",
]


def _need(indicator, of, days, **limit):
    return {"indicator": indicator, "of": of, "days": days, **limit}


# Bappenas, May 2020: R < 1 for 14 days, fewer than 60 % of beds, 3,500 tests a million.
CENTRE = [
    _need("reproduction", "regency", 14, below="1"),
    _need("bed_occupancy", "regency", 1, below="60"),
    _need("tests", "regency", 1, least="3500"),
]
GATES = {
    "gates": [
        {
            "to": "recovery",
            "needs": [*CENTRE, _need("cases_weekly", "village", 7, below="50")],
            "signs": SIGNS,
        },
        {
            "to": "new_normal",
            "needs": [
                *CENTRE,
                _need("cases_weekly", "village", 14, below="20"),
                _need("compliance", "village", 1, least="80"),
            ],
            "signs": [*SIGNS, "leadership"],
        },
    ],
    # Proposed when any stands so for so many days; again only after it fell below.
    "worse": [
        {
            "indicator": "cases_weekly",
            "of": "village",
            "days": 3,
            "from": "100",
            "again_below": "50",
        },
        {
            "indicator": "bed_occupancy",
            "of": "regency",
            "days": 3,
            "from": "80",
            "again_below": "60",
        },
    ],
    "decide_hours": 24,
}
BAPPENAS = "Kriteria Bappenas untuk pelonggaran PSBB, Mei 2020; ambang desa: contoh"
VERSIONS = [
    (
        *("rt_zone", date(2021, 2, 9), _bands(1, 6, 11)),
        *("Inmendagri 3/2021", MICRO),
    ),
    (
        *("rt_zone", date(2021, 4, 6), _bands(1, 3, 6)),
        *("Inmendagri 7/2021", MICRO),
    ),
    (
        *("phases", date(2020, 6, 1), PHASES),
        *("Contoh fase tatanan baru; kapasitas belum dipastikan", ""),
    ),
    (*("gates", date(2020, 6, 1), GATES), *(BAPPENAS, "")),
]


def write(apps, schema_editor):
    guidance = apps.get_model("guidance", "Guidance")
    for kind, since, body, reference, url in VERSIONS:
        guidance.objects.create(
            kind=kind,
            since=since,
            body=body,
            legal_reference=reference,
            source_url=url,
            by="system",
            at=BEFORE,
        )


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
