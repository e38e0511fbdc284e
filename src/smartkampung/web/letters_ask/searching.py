"""Which letter somebody means: by what it is for, and by what people here call it."""

import re
from collections.abc import Iterable

from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.words import GROUPS

# Words that people type and no letter says.
FILLERS = frozenset(
    {"surat", "keterangan", "pengantar", "untuk", "dan", "saya", "yang", "di"}
    | {"letter", "certificate", "for", "of", "the"}
)
# What people call a letter, or what happened to them, and no letter says.
CALLED: dict[str, str] = {
    "alive": "hidup pensiun pensiunan taspen",
    "birth": "lahir lahiran kelahiran bayi akta akte",
    "business": "sku usaha umkm kur warung toko dagang jualan",
    "crowd": "keramaian rame hajatan mantenan manten resepsi dangdut jaranan orkes",
    "death": "meninggal wafat mati kematian almarhum almarhumah",
    "domicile": "domisili skd ngontrak kontrakan kos kost alamat tinggal",
    "family_card": "kk pecah",
    "family_composition": "susunan keluarga",
    "good_conduct": "skkb kelakuan",
    "guardian": "wali perwalian asuh",
    "heirs": "waris warisan skaw ahli",
    "id_card_process": "ktp suket rekam ektp e-ktp proses jadi",
    "income": "gaji slip penghasilan upah",
    "land": "tanah sawah tegalan petok sporadik sppt girik",
    "livestock": "sapi kambing ternak hewan kerbau jual",
    "lost": "hilang kehilangan kecurian ktp sim stnk bpkb atm buku tabungan dompet hp",
    "marriage": "nikah kawin rabi kua n1 numpang",
    "moving": "pindah boyong pindahan",
    "name_difference": "beda salah nama ejaan ijazah",
    "no_house": "kpr subsidi",
    "not_employed": "nganggur menganggur pengangguran kerja",
    "parental_permission": "izin ijin ortu tki tkw pmi",
    "police": "skck",
    "single": "menikah jejaka perawan lajang bujang single",
    "sktm": "spm miskin mampu kip kis pip bpjs beasiswa jamkesmas",
    "travel": "bepergian jalan perjalanan merantau",
    "widow": "janda duda cerai",
}
WORD = re.compile(r"[\w-]+")
SHORTEST_PART = 4  # of a shorter word, only a beginning is meant


def matching(offered: Iterable[Wording], typed: str) -> list[Wording]:
    """Return the letters that fit what was typed, in either language, the best first.

    Those in which all words stand; else those in which one does. First comes what
    people call by most of these words, then what bears them in its title.
    """
    words = WORD.findall(typed.lower())
    wanted = [word for word in words if word not in FILLERS and len(word) > 1]
    said = [(one, _said(one)) for one in offered]
    found = [one for one, its in said if all(_in(word, its) for word in wanted)]
    some = [one for one, its in said if any(_in(word, its) for word in wanted)]
    return sorted(found or some, key=lambda one: _known_by(one, wanted), reverse=True)


def _in(word: str, said: frozenset[str]) -> bool:
    if len(word) < SHORTEST_PART:
        return any(one.startswith(word) for one in said)
    return any(word in one for one in said)


def _known_by(wording: Wording, wanted: list[str]) -> tuple[int, int]:
    """Return how many words typed name a letter, and how many stand in its title."""
    called, title = _called(wording), _words_of(*wording.kind.title)
    return sum(word in called for word in wanted), sum(_in(w, title) for w in wanted)


def _called(wording: Wording) -> frozenset[str]:
    code = wording.kind.code
    return frozenset({code, *CALLED.get(code, "").split()})


def _said(wording: Wording) -> frozenset[str]:
    kind = wording.kind
    texts = (*kind.title, *kind.about, str(GROUPS[kind.group]))
    return _words_of(*texts) | _called(wording)


def _words_of(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in WORD.findall(text.lower()))
