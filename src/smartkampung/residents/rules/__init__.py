"""Pure rules about residents: numbers, phones and names. No Django, no clock, no database."""

from smartkampung.residents.rules.births import read_birth
from smartkampung.residents.rules.names import fold_name
from smartkampung.residents.rules.numbers import (
    Misshapen,
    Nik,
    NikFlag,
    Problem,
    holds_number,
    is_temporary_id,
    nik_flags,
    parse_nik,
    read_kk,
    read_nik,
)
from smartkampung.residents.rules.phones import read_phone

__all__ = [
    "Misshapen",
    "Nik",
    "NikFlag",
    "Problem",
    "fold_name",
    "holds_number",
    "is_temporary_id",
    "nik_flags",
    "parse_nik",
    "read_birth",
    "read_kk",
    "read_nik",
    "read_phone",
]
