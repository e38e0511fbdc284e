"""What is known of people hit by the crisis, as facts for priorities.

Beside these, the facts of their family count. SQL stands here and nowhere in data;
``%(on)s`` is the day that is asked about.
"""

from smartkampung.criteria.kinds import Base, Fact, Kind, Source, Words

NONE, PEOPLE = Words("", ""), Words("orang", "people")
RUPIAH = Words("rupiah sebulan", "rupiah a month")
REGISTER = Words("Daftar warga terdampak", "The register of affected people")
LISTS = Words("Daftar penerima bantuan", "The lists of recipients")

STANDING = Source(
    "standing",
    "x.id",
    "affected_affected x JOIN residents_person xp ON xp.id = x.person_id",
    "x.state = 'verified'",
    unit="affected",
)
OWN_LIST = Source(
    "own_list",
    "own.person_id",
    "aid_enrolment own",
    "own.since <= %(on)s::date AND (own.until IS NULL OR own.until > %(on)s::date)",
    "GROUP BY own.person_id",
    unit="person",
)
BASE = Base(
    "affected_affected a JOIN residents_person ap ON ap.id = a.person_id",
    "a.id",
    "a.region_code",
    STANDING,
    unit="affected",
    others={"person": "a.person_id", "family": "ap.family_id"},
)
KINDS = {
    "laid_off": Words("dirumahkan permanen (PHK)", "laid off"),
    "furloughed": Words("dirumahkan sementara", "furloughed"),
    "hours_cut": Words("jam kerja dikurangi", "hours cut"),
    "business_closed": Words("usaha tutup", "business closed"),
    "sales_down": Words("penjualan turun", "sales down"),
    "returned_migrant": Words("pekerja migran yang pulang", "returned migrant"),
}
SECTORS = {
    "guide": Words("Pemandu wisata", "Tour guide"),
    "tour_agency": Words("Biro perjalanan dan paket wisata", "Travel agency, tours"),
    "boat": Words("Perahu dan kapal wisata", "Tourist boat"),
    "tourist_transport": Words("Jip, sewa mobil dan motor", "Jeep, car or bike hire"),
    "homestay": Words("Homestay dan pondok wisata", "Homestay"),
    "hotel": Words("Hotel dan vila", "Hotel or villa"),
    "restaurant": Words("Restoran dan kafe", "Restaurant or café"),
    "attraction": Words("Tempat wisata dan rekreasi", "Attraction or recreation"),
    "performing_arts": Words("Seni pertunjukan", "Performing arts"),
    "souvenir": Words("Cendera mata dan oleh-oleh", "Souvenirs"),
    "fisheries": Words("Perikanan", "Fisheries"),
    "fish_processing": Words("Pengolahan ikan", "Fish processing"),
    "farming": Words("Pertanian dan peternakan", "Farming"),
    "food_stall": Words("Warung dan pedagang makanan", "Food stall"),
    "trade": Words("Perdagangan dan toko", "Trade and shops"),
    "transport": Words("Angkutan darat", "Land transport"),
    "ride_hailing": Words("Ojek dan kurir", "Motorcycle taxi or courier"),
    "construction": Words("Bangunan", "Construction"),
    "industry": Words("Pabrik dan industri rumahan", "Factory or home industry"),
    "batik": Words("Batik dan busana", "Batik and clothing"),
    "events": Words("Hajatan, acara dan sewa tenda", "Events and tents"),
    "education": Words("Pendidikan dan kursus", "Education"),
    "personal_services": Words("Salon, pijat dan jasa pribadi", "Personal services"),
    "household_work": Words("Pekerja rumah tangga", "Domestic work"),
    "other": Words("Lainnya", "Other"),
}
# What was told last, else what was told when they registered; not known stays so.
_NOW = (
    "coalesce((SELECT told.income FROM affected_situation told WHERE told.affected_id"
    " = x.id ORDER BY told.told_at DESC, told.id DESC LIMIT 1), x.income_after)"
)
_SINCE = "age(%(on)s::date, x.happened_on)"


def _number(name: str, label: Words, unit: Words, sql: str) -> Fact:
    return Fact(name, Kind.NUMBER, label, unit, REGISTER, STANDING, sql)


def _yes_no(name: str, label: Words, sql: str) -> Fact:
    return Fact(name, Kind.YES_NO, label, NONE, REGISTER, STANDING, sql)


def _code(name: str, label: Words, sql: str, choices: dict[str, Words]) -> Fact:
    known = f"ARRAY[{sql}]::text[]"
    return Fact(
        name, Kind.CODES, label, NONE, REGISTER, STANDING, known, choices=choices
    )


FACTS = (
    _code("hit", Words("Dampak yang dialami", "What happened"), "x.kind", KINDS),
    _code("sector", Words("Bidang usaha", "Sector"), "x.sector_id", SECTORS),
    _yes_no(
        "tourism",
        Words("Bekerja di pariwisata", "Worked in tourism"),
        "x.sector_id IN (SELECT code FROM affected_sector WHERE tourism)",
    ),
    _number(
        "income_before",
        Words("Penghasilan sebelum krisis", "Income before the crisis"),
        RUPIAH,
        "x.income_before",
    ),
    _number(
        "income_after",
        Words("Penghasilan sekarang", "Income now"),
        RUPIAH,
        _NOW,
    ),
    _number(
        "income_lost",
        Words("Penghasilan yang hilang", "Income lost"),
        Words("persen", "per cent"),
        f"CASE WHEN x.income_before > 0 AND {_NOW} IS NOT NULL THEN"
        f" greatest(x.income_before - {_NOW}, 0) * 100 / x.income_before END",
    ),
    _number(
        "dependants",
        Words("Tanggungan", "Dependants"),
        PEOPLE,
        "x.dependants::bigint",
    ),
    _number("debts", Words("Utang", "Debts"), Words("rupiah", "rupiah"), "x.debts"),
    _number(
        "months_since",
        Words("Lama terdampak", "Time since it happened"),
        Words("bulan", "months"),
        f"(extract(year FROM {_SINCE}) * 12 + extract(month FROM {_SINCE}))::bigint",
    ),
    _number(
        "age",
        Words("Umur", "Age"),
        Words("tahun", "years"),
        "extract(year FROM age(%(on)s::date, xp.born_on))::bigint",
    ),
    _yes_no("female", Words("Perempuan", "Female"), "xp.sex = 'P'"),
    Fact(
        "own_disability",
        Kind.YES_NO,
        Words("Penyandang disabilitas", "Person with a disability"),
        NONE,
        LISTS,
        OWN_LIST,
        "bool_or(own.component = 'disability')",
        "false",
    ),
)
