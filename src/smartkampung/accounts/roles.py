"""Roles are plain classes that list permissions. Default is deny.

A permission says what a role may do; jurisdiction (where) is on the assignment.
"""

from enum import StrEnum


class Permission(StrEnum):
    """Everything a member of staff can be allowed to do."""

    REGION_VIEW = "region.view"
    RESIDENT_FIND = "resident.find"
    RESIDENT_VIEW = "resident.view"
    RESIDENT_REVEAL = "resident.reveal"
    ACCESS_LOG_VIEW = "resident.access_log"
    NIK_CLAIM_DECIDE = "resident.nik_claim_decide"
    REPORT_VIEW = "aid.report_view"
    REPORT_ASSIST = "aid.report_assist"
    FIELD_CHECK = "aid.field_check"
    CLAIM_DECIDE = "aid.claim_decide"
    BATCH_PREPARE = "aid.batch_prepare"
    HANDOVER_RECORD = "aid.handover_record"
    PROGRAMME_VIEW = "aid.programme_view"
    PROGRAMME_MANAGE = "aid.programme_manage"
    PHASE_MANAGE = "aid.phase_manage"
    SUMMARY_VIEW = "summary.view"
    STAFF_MANAGE = "staff.manage"
    AUDIT_VIEW = "audit.view"
    JOBS_VIEW = "jobs.view"
    GALLERY_VIEW = "gallery.view"
    DESK = "desk"  # the sign-in home, own sessions and tokens


class Role(StrEnum):
    """The offices people hold, in the words of the regency."""

    SYSTEM_ADMIN = "system_admin"
    LEADERSHIP = "leadership"
    DINSOS = "dinsos"
    DINKES = "dinkes"
    ECONOMIC_OFFICE = "economic_office"
    KECAMATAN_OFFICER = "kecamatan_officer"
    VILLAGE_HEAD = "village_head"
    VILLAGE_OFFICER = "village_officer"
    RW_HEAD = "rw_head"
    RT_HEAD = "rt_head"
    PUSKESMAS_OFFICER = "puskesmas_officer"
    BABINSA = "babinsa"
    BHABINKAMTIBMAS = "bhabinkamtibmas"
    CHECKPOINT_OFFICER = "checkpoint_officer"
    AUDITOR = "auditor"


_P = Permission
_EVERYONE = frozenset({_P.DESK, _P.REGION_VIEW, _P.GALLERY_VIEW})
_SEES_RESIDENTS = frozenset({_P.RESIDENT_FIND, _P.RESIDENT_VIEW, _P.ACCESS_LOG_VIEW})
_SEES_AID = frozenset({_P.REPORT_VIEW, _P.PROGRAMME_VIEW})
_NEIGHBOURHOOD = (
    _EVERYONE
    | _SEES_AID
    | {_P.RESIDENT_FIND, _P.RESIDENT_VIEW, _P.REPORT_ASSIST, _P.FIELD_CHECK}
)
_VILLAGE = (
    _EVERYONE
    | _SEES_RESIDENTS
    | _SEES_AID
    | {_P.REPORT_ASSIST, _P.FIELD_CHECK, _P.HANDOVER_RECORD, _P.RESIDENT_REVEAL}
    | {_P.NIK_CLAIM_DECIDE, _P.SUMMARY_VIEW}
)

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SYSTEM_ADMIN: _EVERYONE | {_P.STAFF_MANAGE, _P.JOBS_VIEW, _P.AUDIT_VIEW},
    Role.LEADERSHIP: _EVERYONE | {_P.SUMMARY_VIEW, _P.PROGRAMME_VIEW},
    Role.DINSOS: _EVERYONE
    | _SEES_RESIDENTS
    | _SEES_AID
    | {_P.PROGRAMME_MANAGE, _P.PHASE_MANAGE, _P.SUMMARY_VIEW, _P.RESIDENT_REVEAL}
    | {_P.NIK_CLAIM_DECIDE},
    Role.DINKES: _EVERYONE | {_P.SUMMARY_VIEW},
    Role.ECONOMIC_OFFICE: _EVERYONE | {_P.SUMMARY_VIEW},
    Role.KECAMATAN_OFFICER: _EVERYONE
    | _SEES_RESIDENTS
    | _SEES_AID
    | {_P.CLAIM_DECIDE, _P.BATCH_PREPARE, _P.HANDOVER_RECORD, _P.SUMMARY_VIEW}
    | {_P.RESIDENT_REVEAL, _P.NIK_CLAIM_DECIDE},
    Role.VILLAGE_HEAD: _VILLAGE,
    Role.VILLAGE_OFFICER: _VILLAGE,
    Role.RW_HEAD: _NEIGHBOURHOOD,
    Role.RT_HEAD: _NEIGHBOURHOOD,
    Role.PUSKESMAS_OFFICER: _EVERYONE | {_P.RESIDENT_FIND, _P.RESIDENT_VIEW},
    Role.BABINSA: _EVERYONE,
    Role.BHABINKAMTIBMAS: _EVERYONE,
    Role.CHECKPOINT_OFFICER: _EVERYONE,
    Role.AUDITOR: _EVERYONE
    | _SEES_AID
    | {_P.AUDIT_VIEW, _P.SUMMARY_VIEW, _P.ACCESS_LOG_VIEW},
}
