"""The regency zone of 2020 and the levels of 2021; formats: rules/regency.py, ppkm.py.

No official has confirmed any of them: ``verified_by`` is empty. The official weights
were not found, nor the matrix that makes one level out of six indicators.
"""

from datetime import date, datetime, timedelta, timezone

from django.db import migrations

BEFORE = datetime(2020, 2, 29, tzinfo=timezone(timedelta(hours=7)))
FIFTEEN_FROM = (
    "https://news.detik.com/berita/d-5045402/"
    "ini-indikator-pemerintah-dalam-menentukan-zona-merah-hingga-hijau-corona"
)
FOURTEEN_FROM = (
    "https://popularitas.com/berita/"
    "syarat-daerah-ditetapkan-sebagai-zona-merah-corona/"
)
LEVELS_FROM = (
    "https://nasional.kompas.com/read/2021/07/07/10344301/"
    "ppkm-mikro-di-luar-pulau-jawa-bali-resmi-diberlakukan-ini-penjelasan-status"
)


def _one(code, group, rule, value, text, text_en, days=14):
    return {
        "code": code,
        "group": group,
        "rule": rule,
        "value": value,
        "days": days,
        "text": text,
        "text_en": text_en,
        "weight": None,
    }


def _falls(code, what, what_en):
    return _one(
        *(code, "epidemiology", "fall", "50"),
        f"{what} turun 50% atau lebih dari puncak",
        f"{what_en} fell by 50% or more from the peak",
    )


FALLS = [
    _falls("cases", "Kasus positif", "Positive cases"),
    _falls("suspects", "Kasus suspek", "Suspects"),
    _falls("deaths", "Kematian kasus positif", "Deaths of positive cases"),
    _falls("suspect_deaths", "Kematian suspek", "Deaths of suspects"),
    _falls(
        *("admitted", "Kasus positif yang dirawat di rumah sakit"),
        "Positive cases in hospitals",
    ),
    _falls(
        *("suspects_admitted", "Suspek yang dirawat di rumah sakit"),
        "Suspects in hospitals",
    ),
]
FINISHED = _one(
    *("monitoring_finished", "epidemiology", "rise", "0"),
    "Jumlah selesai pemantauan naik",
    "More people finished monitoring",
)
RATES = [
    _one(
        *("incidence", "epidemiology", "fall", "0"),
        "Laju insidensi per 100.000 penduduk turun",
        "Incidence per 100,000 people fell",
    ),
    _one(
        *("mortality", "epidemiology", "fall", "0"),
        "Angka kematian per 100.000 penduduk turun",
        "Mortality per 100,000 people fell",
    ),
]
REST = [
    _one(
        *("specimens", "surveillance", "rise", "0"),
        "Pemeriksaan spesimen naik selama dua minggu",
        "More specimens were examined over two weeks",
    ),
    _one(
        *("positivity", "surveillance", "below", "5"),
        "Sampel positif kurang dari 5%",
        "Fewer than 5% of samples are positive",
        days=7,
    ),
    _one(
        *("beds_cases", "services", "least", "20"),
        "Tempat tidur isolasi menampung 20% pasien positif atau lebih",
        "Isolation beds hold 20% of positive patients or more",
        days=1,
    ),
    _one(
        *("beds_all", "services", "least", "20"),
        "Tempat tidur menampung 20% pasien positif dan suspek atau lebih",
        "Beds hold 20% of positive patients and suspects or more",
        days=1,
    ),
]
RECOVERIES = _one(
    *("recovered", "epidemiology", "rise", "0"),
    "Jumlah sembuh naik",
    "More people recovered",
)
SHARE = _one(
    *("recovered_share", "epidemiology", "rise", "0"),
    "Persentase sembuh dari semua kasus positif naik",
    "The share of positive cases that recovered rose",
)
SPREAD = _one(
    *("reproduction", "epidemiology", "below", "1"),
    "Angka reproduksi Rt di bawah 1",
    "The reproduction number Rt is below 1",
    days=1,
)
NO_CASE = {"days": 28, "recovered": "95"}


def _bands(medium, low):
    return [
        {"risk": "high", "least": "0"},
        {"risk": "medium", "least": medium},
        {"risk": "low", "least": low},
    ]


FIFTEEN = {
    "score": {"least": "0", "most": "100"},
    "places": 0,
    "bands": _bands("61", "81"),
    "no_case": NO_CASE,
    "indicators": [*FALLS, RECOVERIES, FINISHED, *RATES, SPREAD, *REST],
}
FOURTEEN = {
    "score": {"least": "0", "most": "3"},
    "places": 2,
    "bands": _bands("1.81", "2.41"),
    "no_case": NO_CASE,
    "indicators": [*FALLS, SHARE, FINISHED, *RATES, *REST],
}


def _levels(indicator, second, third, most):
    return {
        "indicator": indicator,
        "bands": [
            {"level": 1, "below": second},
            {"level": 2, "below": third},
            {"level": 3, "most": most},
            {"level": 4},
        ],
    }


def _capacity(indicator, better, good, poor):
    return {"indicator": indicator, "better": better, "good": good, "poor": poor}


PPKM = {
    "per": 100_000,
    "days": 7,
    "transmission": [
        _levels("cases_weekly", "20", "50", "150"),
        _levels("admissions_weekly", "5", "10", "30"),
        _levels("deaths_weekly", "1", "2", "5"),
    ],
    "capacity": [
        _capacity("positivity", "lower", "5", "15"),
        _capacity("contacts_traced", "higher", "14", "5"),
        _capacity("bed_occupancy", "lower", "60", "80"),
    ],
}
VERSIONS = [
    (
        *("regency_zone", date(2020, 6, 1), FIFTEEN),
        *("Gugus Tugas, Juni 2020: 15 indikator; bobot tidak ditemukan", FIFTEEN_FROM),
    ),
    (
        *("regency_zone", date(2020, 10, 1), FOURTEEN),
        *("Satgas, 2020: 14 indikator; bobot tidak ditemukan", FOURTEEN_FROM),
    ),
    (
        *("ppkm", date(2021, 8, 2), PPKM),
        *("KMK HK.01.07/MENKES/4805/2021; matriks level tidak ditemukan", LEVELS_FROM),
    ),
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
    dependencies = [("guidance", "0002_first_versions")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
