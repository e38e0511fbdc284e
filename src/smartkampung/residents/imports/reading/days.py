"""The headers of daily reports of a pandemic: two numbers of a place on a day."""

from collections.abc import Mapping

from smartkampung.residents.imports.reading.columns import Layout
from smartkampung.residents.imports.reading.records import Format

_DAY = {
    **dict.fromkeys(("tanggal", "tgl", "hari", "day", "date"), "on"),
    **dict.fromkeys(("sumber", "source"), "source"),
}
_BESIDE = frozenset({"no", "nomor", "keterangan", "catatan"})


def _layout(
    first: tuple[str, ...],
    second: tuple[str, ...],
    place: tuple[str, ...] = (),
    *,
    needed: frozenset[str] = frozenset(),
) -> Layout:
    return Layout(
        names={
            **_DAY,
            **dict.fromkeys(place, "place"),
            **dict.fromkeys(first, "first"),
            **dict.fromkeys(second, "second"),
        },
        required=frozenset({"on", "first", "second"}) | needed,
        ignored=_BESIDE,
    )


DAYS: Mapping[Format, Layout] = {
    Format.TESTS: _layout(
        ("diperiksa", "orang_diperiksa", "jumlah_tes", "tes", "tested"),
        ("positif", "positive"),
        ("laboratorium", "lab", "laboratory"),
    ),
    Format.BEDS: _layout(
        ("tempat_tidur", "jumlah_tempat_tidur", "tt", "beds"),
        ("terisi", "tempat_tidur_terisi", "occupied"),
        ("rumah_sakit", "rs", "hospital"),
        needed=frozenset({"place"}),
    ),
    Format.PATIENTS: _layout(
        ("masuk", "masuk_rumah_sakit", "rawat_inap", "admitted"),
        ("meninggal", "kematian", "died"),
    ),
    Format.TRACING: _layout(
        ("kasus_ditelusuri", "kasus", "followed"),
        ("kontak_erat", "kontak", "contacts"),
    ),
}
