"""Which offices sign letters, and by what title they stand in a certificate."""

from smartkampung.accounts.roles import Permission, Role

SIGNS = (
    Permission.LETTER_SIGN,
    Permission.LETTER_COSIGN,
    Permission.LETTER_DEPUTISE,
)
# In Indonesian whoever reads: it stands in the certificate for good.
TITLES = {
    Role.VILLAGE_HEAD: "Kepala Desa/Lurah",
    Role.VILLAGE_OFFICER: "Perangkat Desa",
    Role.KECAMATAN_OFFICER: "Camat",
}
