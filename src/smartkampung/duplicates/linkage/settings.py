"""The comparisons and the trained model in the words of Splink."""

from typing import Any

from smartkampung.duplicates.rules.comparisons import BLOCKS, COMPARISONS, Comparison
from smartkampung.duplicates.rules.traits import Traits
from smartkampung.duplicates.rules.weights import Model, Odds

COLUMNS = Traits._fields


def trained_settings(model: Model, *, people: int) -> dict[str, Any]:
    """Return the settings of a search by a trained model among so many people."""
    return _settings(
        [_comparison(c, model.odds[c.name], model.rarest_share) for c in COMPARISONS],
        probability_two_random_records_match=model.chance_of_two(people),
    )


def blank_settings() -> dict[str, Any]:
    """Return the settings of a training, which finds the odds."""
    return _settings([_comparison(c, {}, 0.0) for c in COMPARISONS])


def _settings(comparisons: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "comparisons": comparisons,
        "blocking_rules_to_generate_predictions": [
            " AND ".join(f"l.{column} = r.{column}" for column in block)
            for block in BLOCKS
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        **more,
    }


def _comparison(comparison: Comparison, odds: Any, rarest: float) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {
            "sql_condition": comparison.unknown,
            "label_for_charts": "unknown",
            "is_null_level": True,
        }
    ]
    for level in comparison.levels:
        part: dict[str, Any] = {
            "sql_condition": level.sql,
            "label_for_charts": level.code,
        }
        if level.rare:
            part |= {"tf_adjustment_column": level.rare, "tf_adjustment_weight": 1.0}
            part |= {"tf_minimum_u_value": rarest} if rarest else {}
        if level.code in odds:
            trained: Odds = odds[level.code]
            part |= {"m_probability": trained.m, "u_probability": trained.u}
        levels.append(part)
    return {"output_column_name": comparison.name, "comparison_levels": levels}
