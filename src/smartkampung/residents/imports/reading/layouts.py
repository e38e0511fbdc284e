"""The headers of each format: OpenSID, OpenDK, our own, welfare lists, recipients."""

from smartkampung.residents.imports.reading.columns import Layout

OPENSID_HEADERS = (
    "alamat",
    "dusun",
    "rw",
    "rt",
    "nama",
    "no_kk",
    "nik",
    "sex",
    "tempatlahir",
    "tanggallahir",
    "agama_id",
    "pendidikan_kk_id",
    "pendidikan_sedang_id",
    "pekerjaan_id",
    "status_kawin",
    "kk_level",
    "warganegara_id",
    "ayah_nik",
    "nama_ayah",
    "ibu_nik",
    "nama_ibu",
    "golongan_darah_id",
    "akta_lahir",
    "dokumen_pasport",
    "tanggal_akhir_paspor",
    "dokumen_kitas",
    "akta_perkawinan",
    "tanggalperkawinan",
    "akta_perceraian",
    "tanggalperceraian",
    "cacat_id",
    "cara_kb_id",
    "hamil",
    "ktp_el",
    "status_rekam",
    "alamat_sekarang",
    "status_dasar",
    "suku",
    "tag_id_card",
    "id_asuransi",
    "no_asuransi",
    "lat",
    "lng",
)
OPENSID = Layout(
    names={name: name for name in OPENSID_HEADERS},
    required=frozenset({"nama", "nik", "no_kk", "sex"}),
    ignored=frozenset({"keterangan"}),
)
# The sync workbook that a village sends to OpenDK, and what OpenSID calls the same.
OPENDK = Layout(
    names={
        **OPENSID.names,
        "nomor_nik": "nik",
        "nomor_kk": "no_kk",
        "jenis_kelamin": "sex",
        "tempat_lahir": "tempatlahir",
        "tanggal_lahir": "tanggallahir",
        "agama": "agama_id",
        "pendidikan_dlm_kk": "pendidikan_kk_id",
        "pendidikan_sdg_ditempuh": "pendidikan_sedang_id",
        "pekerjaan": "pekerjaan_id",
        "kawin": "status_kawin",
        "hubungan_keluarga": "kk_level",
        "kewarganegaraan": "warganegara_id",
        "warga_negara_id": "warganegara_id",
        "nik_ayah": "ayah_nik",
        "nik_ibu": "ibu_nik",
        "gol_darah": "golongan_darah_id",
        "nomor_dokumen_pasport": "dokumen_pasport",
        "tanggal_akhir_pasport": "tanggal_akhir_paspor",
        "nomor_dokumen_kitas": "dokumen_kitas",
        "nomor_akta_perkawinan": "akta_perkawinan",
        "tanggal_perkawinan": "tanggalperkawinan",
        "nomor_akta_perceraian": "akta_perceraian",
        "tanggal_perceraian": "tanggalperceraian",
        "cacat": "cacat_id",
        "cara_kb": "cara_kb_id",
        "desa_id": "village",
        "kode_desa": "village",
    },
    required=frozenset({"nama", "nik", "no_kk", "sex", "village"}),
    ignored=frozenset(
        {
            "keterangan",
            "id",
            "foto",
            "created_at",
            "updated_at",
            "imported_at",
            "tgl_daftar",
            "tgl_cetak_kk",
        }
    ),
)
PEOPLE_HEADERS = (
    "village",
    "rw",
    "rt",
    "dusun",
    "address",
    "phone",
    "kk",
    "nik",
    "name",
    "sex",
    "birth_place",
    "born_on",
    "religion",
    "education",
    "occupation",
    "marital_status",
    "blood_type",
    "citizenship",
    "relation",
    "father_name",
    "mother_name",
    "status",
)
# Ours, in terms of the columns above: one reader for all three.
PEOPLE = Layout(
    names={
        "village": "village",
        "rw": "rw",
        "rt": "rt",
        "dusun": "dusun",
        "address": "alamat",
        "phone": "phone",
        "kk": "no_kk",
        "nik": "nik",
        "name": "nama",
        "sex": "sex",
        "birth_place": "tempatlahir",
        "born_on": "tanggallahir",
        "religion": "agama_id",
        "education": "pendidikan_kk_id",
        "occupation": "pekerjaan_id",
        "marital_status": "status_kawin",
        "blood_type": "golongan_darah_id",
        "citizenship": "warganegara_id",
        "relation": "kk_level",
        "father_name": "nama_ayah",
        "mother_name": "nama_ibu",
        "status": "status",
    },
    required=frozenset({"nama", "nik", "no_kk", "sex"}),
    ignored=frozenset({"keterangan"}),
)
DECILE = Layout(
    names={
        **dict.fromkeys(
            (
                "no_kk",
                "nokk",
                "nomor_kk",
                "no_kartu_keluarga",
                "nomor_kartu_keluarga",
                "kk",
            ),
            "no_kk",
        ),
        **dict.fromkeys(("nik", "no_nik", "nomor_nik", "nik_kepala_keluarga"), "nik"),
        **dict.fromkeys(
            ("desil", "desil_nasional", "desil_dtsen", "desil_kesejahteraan"), "desil"
        ),
        **dict.fromkeys(("nama", "nama_kepala_keluarga", "nama_lengkap"), "nama"),
    },
    required=frozenset({"no_kk", "nik", "desil"}),
    ignored=frozenset({"keterangan", "no", "alamat", "rt", "rw", "dusun", "desa"}),
)
ACCOUNTS = Layout(
    names={
        **dict.fromkeys(("nik", "no_nik", "nomor_nik"), "nik"),
        **dict.fromkeys(("bank", "kode_bank", "nama_bank"), "bank"),
        **dict.fromkeys(
            ("number", "no_rekening", "nomor_rekening", "rekening"), "number"
        ),
        **dict.fromkeys(
            ("holder", "atas_nama", "nama_pemilik", "nama_rekening"), "holder"
        ),
    },
    required=frozenset({"nik", "bank", "number", "holder"}),
    ignored=frozenset({"keterangan", "no", "nama", "alamat", "rt", "rw", "desa"}),
)
_MONTH = {
    **dict.fromkeys(("bulan", "month", "periode", "masa"), "month"),
    **dict.fromkeys(("tahun", "year", "tahun_anggaran"), "year"),
}
_BESIDE = frozenset({"keterangan", "catatan", "no", "nomor", "satuan", "sisa"})
# What a budget system gives out: a row for each type and month.
REVENUE = Layout(
    names={
        **_MONTH,
        **dict.fromkeys(
            ("jenis", "uraian", "jenis_pendapatan", "nama_rekening", "jenis_pajak"),
            "item",
        ),
        **dict.fromkeys(("kode_rekening", "kode", "rekening", "kode_akun"), "account"),
        **dict.fromkeys(("target", "anggaran", "target_rp", "target_bulan"), "target"),
        **dict.fromkeys(
            ("realisasi", "realisasi_rp", "realisasi_bulan_ini", "penerimaan"),
            "realised",
        ),
        **dict.fromkeys(("persen", "capaian", "persentase"), "percent"),
    },
    required=frozenset({"month", "item", "realised"}),
    ignored=_BESIDE,
)
VISITS = Layout(
    names={
        **_MONTH,
        **dict.fromkeys(
            ("lokasi", "objek", "destinasi", "objek_wisata", "daya_tarik"), "item"
        ),
        **dict.fromkeys(
            ("domestik", "wisnus", "nusantara", "wisatawan_nusantara"), "domestic"
        ),
        **dict.fromkeys(("mancanegara", "wisman", "wisatawan_mancanegara"), "foreign"),
    },
    required=frozenset({"month", "item", "domestic", "foreign"}),
    ignored=_BESIDE | {"jumlah", "total"},
)
BUSINESSES = Layout(
    names={
        **_MONTH,
        **dict.fromkeys(("sektor", "sector", "bidang_usaha"), "item"),
        **dict.fromkeys(("buka", "usaha_buka", "usaha_baru"), "opened"),
        **dict.fromkeys(("tutup", "usaha_tutup"), "closed"),
    },
    required=frozenset({"month", "item", "opened", "closed"}),
    ignored=_BESIDE | {"jumlah", "total"},
)
AFFECTED = Layout(
    names={
        **dict.fromkeys(("nik", "no_nik", "nomor_nik"), "nik"),
        **dict.fromkeys(("nama", "nama_lengkap", "name"), "nama"),
        **dict.fromkeys(("tanggal_lahir", "tgl_lahir", "born"), "born_on"),
        **dict.fromkeys(("kejadian", "status", "jenis_dampak", "what"), "kind"),
        **dict.fromkeys(
            ("sejak", "tanggal_kejadian", "tanggal_phk", "since"), "happened_on"
        ),
        **dict.fromkeys(
            ("penghasilan_sebelum", "upah", "gaji", "income_before"), "income_before"
        ),
        **dict.fromkeys(("penghasilan_sekarang", "income_after"), "income_after"),
        **dict.fromkeys(
            ("tanggungan", "jumlah_tanggungan", "dependants"), "dependants"
        ),
        **dict.fromkeys(("keahlian", "keterampilan", "skills"), "skills"),
    },
    required=frozenset({"nik", "nama"}),
    ignored=frozenset({"keterangan", "no", "alamat", "rt", "rw", "desa", "telepon"}),
)
CASES = Layout(
    names={
        **dict.fromkeys(("nik", "no_nik", "nomor_nik"), "nik"),
        **dict.fromkeys(("nama", "nama_lengkap", "nama_pasien", "name"), "nama"),
        **dict.fromkeys(
            ("desa", "desa_kelurahan", "kelurahan", "kode_desa", "village"), "village"
        ),
        "rw": "rw",
        "rt": "rt",
        **dict.fromkeys(("alamat", "rumah", "alamat_tinggal", "address"), "address"),
        **dict.fromkeys(
            ("tanggal_konfirmasi", "tgl_konfirmasi", "tanggal_hasil_lab", "confirmed"),
            "confirmed_on",
        ),
        **dict.fromkeys(("hasil", "status_akhir", "status", "outcome"), "outcome"),
        **dict.fromkeys(
            ("tanggal_hasil", "tanggal_sembuh", "tanggal_selesai", "outcome_on"),
            "outcome_on",
        ),
    },
    required=frozenset({"nama", "confirmed_on"}),
    ignored=frozenset({"keterangan", "no", "umur", "jenis_kelamin", "telepon"}),
)
RECIPIENTS = Layout(
    names={
        "peserta": "number",
        "no_peserta": "card",
        "nik": "nik",
        "nama": "nama",
    },
    required=frozenset({"number"}),
    ignored=frozenset({"keterangan", "tempat_lahir", "tanggal_lahir", "alamat"}),
)
PROGRAMME_ROWS = {
    "id": "id",
    "nama_program": "name",
    "sasaran_program": "target",
    "keterangan": "note",
    "asal_dana": "funding",
    "rentang_waktu_awal": "since",
    "rentang_waktu_akhir": "until",
}
SKIPPED_SHEETS = frozenset({"kode_data", "keterangan"})
