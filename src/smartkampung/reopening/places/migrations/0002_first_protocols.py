"""Protocols of 2020 for each kind of place, and for events.

The first four items are those of the village offices of 2020 (mask, thermometer,
hand-washing, distance, else service is refused). What follows them, the weights and the
limits were not published as one table; they are an example that the regency replaces.
No official has confirmed any of them: ``verified_by`` is empty.
"""

from datetime import date, datetime, timedelta, timezone

from django.db import migrations

BEFORE = datetime(2020, 2, 29, tzinfo=timezone(timedelta(hours=7)))
SINCE = date(2020, 6, 1)
LEGAL = "Protokol pelayanan kantor desa, 2020; butir lain, bobot dan batas: contoh"
EVENT_LEGAL = "Contoh aturan izin hajatan dan keramaian; belum dipastikan"
# No version begins on a day that had begun when it was written (WIB).
LATER = (
    "ALTER TABLE places_protocolversion ADD CONSTRAINT place_protocol_begins_later"
    " CHECK (since > (at AT TIME ZONE 'Asia/Jakarta')::date)"
)
BASE = (
    (
        *("mask", "Semua memakai masker; yang tanpa masker tidak dilayani"),
        *("Everybody wears a mask; who does not is not served", 3, True),
    ),
    (
        *("thermometer", "Suhu diperiksa di pintu; 37,5 °C ke atas tidak masuk"),
        *("Temperature is taken at the door; from 37.5 °C nobody enters", 3, True),
    ),
    (
        *("hand_washing", "Tempat cuci tangan dengan sabun dan air mengalir"),
        *("A place to wash hands, with soap and running water", 3, True),
    ),
    (
        *("distance", "Jarak 1 meter, dengan tanda di lantai atau tempat duduk"),
        *("One metre apart, marked on floor or seats", 3, True),
    ),
    (
        *("capacity", "Batas jumlah orang hari ini ditulis di pintu"),
        *("How many people may enter today stands at the door", 2, False),
    ),
    (
        *("air", "Jendela atau pintu dibuka; udara berganti"),
        *("Windows or doors are open; air changes", 2, False),
    ),
    (
        *("cleaning", "Permukaan yang sering dipegang dibersihkan tiap hari"),
        *("What many people touch is cleaned every day", 1, False),
    ),
)
MORE = {
    "office": [
        ("queue", "Antrean diatur, loket bersekat", "Queues are led, counters have a screen", 1, False),
    ],
    "market": [
        ("one_way", "Jalur masuk dan keluar dipisah", "Ways in and out are apart", 1, False),
        ("stalls", "Jarak antarlapak paling sedikit 2 meter", "Stalls stand at least 2 metres apart", 2, False),
    ],
    "mosque": [
        ("mats", "Karpet digulung; alat salat dibawa sendiri", "Carpets are rolled up; people bring their own mat", 2, False),
        ("short", "Khotbah dan ibadah dipersingkat", "Sermon and service are short", 1, False),
    ],
    "church": [
        ("seats", "Tempat duduk berselang", "Every other seat stays empty", 2, False),
        ("short", "Kotbah dan ibadah dipersingkat", "Sermon and service are short", 1, False),
    ],
    "temple": [
        ("turns", "Sembahyang bergiliran", "People pray in turns", 2, False),
    ],
    "school": [
        ("consent", "Izin tertulis orang tua", "Parents consent in writing", 2, True),
        ("shifts", "Siswa masuk bergantian", "Pupils come in shifts", 2, False),
    ],
    "tourism_site": [
        ("tickets", "Tiket dipesan lebih dulu", "Tickets are booked before", 2, False),
        ("guides", "Pemandu terlatih protokol", "Guides were trained in the protocol", 1, False),
    ],
    "homestay": [
        ("linen", "Sprei dan handuk diganti untuk tiap tamu", "Sheets and towels are changed for every guest", 2, True),
        ("guest_book", "Tamu dan asalnya dicatat", "Guests and where they come from are written down", 2, False),
    ],
    "restaurant": [
        ("tables", "Meja berjarak 2 meter", "Tables stand 2 metres apart", 2, False),
        ("gloves", "Penyaji bermasker dan bersarung tangan", "Whoever serves wears mask and gloves", 2, False),
    ],
}
KEYS = ("code", "name", "name_en", "weight", "must")
EVENTS = {"head_most": 50, "days_before": 7, "closed": ["orange", "red"]}


def _body(kind):
    items = [dict(zip(KEYS, row, strict=True)) for row in (*BASE, *MORE[kind])]
    return {"items": items, "pass": 75, "months": 6}


def write(apps, schema_editor):
    versions = apps.get_model("places", "ProtocolVersion")
    rows = [(kind, _body(kind), LEGAL) for kind in MORE] + [
        ("event", EVENTS, EVENT_LEGAL)
    ]
    for kind, body, reference in rows:
        versions.objects.create(
            kind=kind,
            since=SINCE,
            body=body,
            legal_reference=reference,
            source_url="",
            by="system",
            at=BEFORE,
        )


class Migration(migrations.Migration):
    dependencies = [("places", "0001_register")]

    operations = [
        migrations.RunSQL(LATER, migrations.RunSQL.noop),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
