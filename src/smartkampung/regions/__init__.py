"""Regency, kecamatan, village, dusun/RW/RT and health centres."""
