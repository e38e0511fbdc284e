"""Goods in the warehouses of regency, kecamatan and village, to the last pack."""
