"""The shipped model, and how evidence adds up."""

import json
from datetime import date
from math import log2
from pathlib import Path

import pytest

from smartkampung.duplicates.rules.traits import Facts, traits_of
from smartkampung.duplicates.rules.weights import (
    FILE,
    current_model,
    evidence,
    read_model,
)

MODEL = current_model()
WAYAN = traits_of(
    Facts(1, "wayan sudarma", "L", date(1985, 4, 12), "35.10.09.2003.002.007")
)


def test_the_shipped_model_says_how_it_was_trained() -> None:
    assert MODEL.version
    assert {"on", "people", "doubles", "seed", "random_pairs"} <= set(MODEL.trained)
    assert MODEL.odds["name"]["same"].weight > 8
    assert MODEL.odds["name"]["other"].weight < -4
    assert MODEL.odds["sex"]["other"].weight < -5


def test_a_model_for_other_comparisons_is_refused(tmp_path: Path) -> None:
    content = json.loads(FILE.read_text())
    del content["odds"]["sex"]["other"]
    broken = tmp_path / "model.json"
    broken.write_text(json.dumps(content))
    with pytest.raises(ValueError, match="other comparisons"):
        read_model(broken)


def test_the_more_people_the_more_evidence_is_needed() -> None:
    assert MODEL.prior(1_750_000) == pytest.approx(
        MODEL.prior(175_000) - log2(10), 0.01
    )
    assert MODEL.prior(3) == MODEL.prior(50_000)


def test_the_weight_is_the_prior_and_what_each_field_adds() -> None:
    found = evidence(MODEL, WAYAN, WAYAN, people=60_000, share=lambda *_: None)
    added = sum(bits for _level, bits in found.why.values())
    assert found.weight == pytest.approx(MODEL.prior(60_000) + added, abs=0.01)
    assert found.why["nik"] == ("unknown", 0.0)
    assert found.name_level == "same"


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    def weight(common: float) -> float:
        return evidence(
            MODEL, WAYAN, WAYAN, people=60_000, share=lambda *_: common
        ).why["name"][1]

    assert weight(0.001) - weight(0.01) == pytest.approx(log2(10), abs=0.02)
    assert weight(1e-9) == weight(MODEL.rarest_share)
