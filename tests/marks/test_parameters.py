"""A rule's parameters as they lie in the database, and back."""

import json
from decimal import Decimal

import pytest

from thidua.marks.rules import (
    Band,
    Fault,
    GradedStep,
    Kind,
    Rounding,
    Rule,
    parameters_of,
    rule_from,
)

RULES = [
    Rule(Kind.MANUAL, 1000, step=25),
    Rule(Kind.PASS_FAIL, 2000, failed=-800),
    Rule(Kind.GRADED, 800, steps=(GradedStep("tốt", 800), GradedStep("kém", 0, True))),
    Rule(
        Kind.BANDED,
        400,
        bands=(Band(Decimal("79.5"), None, 400), Band(None, Decimal("79.5"), 200)),
    ),
    Rule(
        Kind.PROPORTIONAL,
        25_000,
        percent=Decimal("0.4"),
        rounding=Rounding.DOWN,
        cap=20_000,
        step=50,
    ),
    Rule(Kind.LEADER_RELATIVE, 1000, step=50),
    Rule(Kind.COUNT, 2000, each=1000, cap=2000),
    Rule(Kind.DEDUCT, 3000, each=200, floor=-500),
    Rule(Kind.PENALTY, 0, each=800),
    Rule(Kind.KNOCKOUT, 0),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.kind)
def test_a_rule_comes_back_from_json_as_it_was(rule):
    kept = json.loads(json.dumps(parameters_of(rule)))

    assert rule_from(str(rule.kind), rule.max, kept) == rule


def test_every_kind_is_tried():
    assert {rule.kind for rule in RULES} == set(Kind)


@pytest.mark.parametrize(
    ("kind", "parameters", "rule"),
    [
        ("manual", {}, Rule(Kind.MANUAL, 500)),
        ("proportional", {"percent": "1"}, Rule(Kind.PROPORTIONAL, 500)),
        ("proportional", {"percent": 2}, Rule(Kind.PROPORTIONAL, 500, percent=Decimal(2))),
        ("penalty", {"each": 50}, Rule(Kind.PENALTY, 500, each=50)),
        (
            "banded",
            {"bands": [{"at_least": "0", "points": 500}]},
            Rule(Kind.BANDED, 500, bands=(Band(Decimal(0), None, 500),)),
        ),
    ],
)
def test_what_has_a_default_may_be_left_out(kind, parameters, rule):
    assert rule_from(kind, 500, parameters) == rule


@pytest.mark.parametrize(
    ("kind", "parameters", "code", "named"),
    [
        ("square", {}, "unknown_kind", {"kind": "square"}),
        ("", {}, "unknown_kind", {"kind": ""}),
        ("manual", {"steps": []}, "unknown_parameter", {"parameter": "steps"}),
        ("knockout", {"each": 1}, "unknown_parameter", {"parameter": "each"}),
        ("graded", {}, "missing_parameter", {"parameter": "steps"}),
        ("count", {"cap": 5}, "missing_parameter", {"parameter": "each"}),
        ("manual", {"step": 0}, "bad_parameter", {"parameter": "step"}),
        ("manual", {"step": -25}, "bad_parameter", {"parameter": "step"}),
        ("manual", {"step": "25"}, "bad_parameter", {"parameter": "step"}),
        ("pass_fail", {"failed": True}, "bad_parameter", {"parameter": "failed"}),
        ("count", {"each": 10.0}, "bad_parameter", {"parameter": "each"}),
        ("graded", {"steps": {"label": "a"}}, "bad_parameter", {"parameter": "steps"}),
        ("graded", {"steps": ["8", "6"]}, "bad_parameter", {"parameter": "steps"}),
        ("graded", {"steps": [{"label": "a"}]}, "bad_parameter", {"parameter": "steps"}),
        ("proportional", {"percent": 0.4}, "bad_parameter", {"parameter": "percent"}),
        ("proportional", {"percent": "NaN"}, "bad_parameter", {"parameter": "percent"}),
        ("proportional", {"percent": "a"}, "bad_parameter", {"parameter": "percent"}),
        (
            "proportional",
            {"percent": "1", "rounding": "up"},
            "bad_parameter",
            {"parameter": "rounding"},
        ),
        (
            "banded",
            {"bands": [{"at_least": "Infinity", "points": 1}]},
            "bad_parameter",
            {"parameter": "bands"},
        ),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(kind, parameters, code, named):
    with pytest.raises(Fault) as caught:
        rule_from(kind, 500, parameters)

    assert (caught.value.code, caught.value.facts) == (code, named)


def test_a_rule_without_sense_can_be_read_so_that_all_its_faults_are_told_at_once():
    bands = [{"at_least": "80", "points": 900}, {"below": "70", "points": 1}]

    assert rule_from("banded", -1, {"bands": bands}).max == -1
