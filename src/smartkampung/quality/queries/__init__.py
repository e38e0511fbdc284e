"""Reads of the quality of the registry."""

from smartkampung.quality.queries.board import Board, Row, board_for, places_for
from smartkampung.quality.queries.findings import Finding, Page, findings_for
from smartkampung.quality.queries.tallies import tally_by
from smartkampung.quality.queries.trend import Point

__all__ = [
    "Board",
    "Finding",
    "Page",
    "Point",
    "Row",
    "board_for",
    "findings_for",
    "places_for",
    "tally_by",
]
