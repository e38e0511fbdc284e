"""Work on the registry: numbers, corrections, imports, exports, duplicates."""

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.roles import Permission
from smartkampung.web.aid_staff.kinds.kind import Kind

KINDS: dict[str, Kind] = {
    "residents.nik_claim": Kind(
        _("Decide who owns a NIK"), Permission.NIK_CLAIM_DECIDE, "people:nik_claim"
    ),
    "residents.correction": Kind(
        _("Decide a correction"), Permission.CORRECTION_DECIDE, "life:correction"
    ),
    "residents.import_review": Kind(
        _("Decide what an import would not guess"),
        Permission.REGISTRY_IMPORT,
        "imports:import",
    ),
    "residents.import_move": Kind(
        _("Let somebody move to another village"),
        Permission.REGISTRY_IMPORT,
        "imports:review",
    ),
    "residents.export_approval": Kind(
        _("Allow a large export"), Permission.REGISTRY_EXPORT, "exports:export"
    ),
    "duplicates.pair": Kind(
        _("Compare two records"), Permission.DUPLICATES_DECIDE, "duplicates:pair"
    ),
}
