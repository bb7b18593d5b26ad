"""The contract of billing: every case of the shared file and of our own, and no figure unchecked.

The shared file is not ours to ship: ALICERCE_SCENARIOS names its folder, `../shared/scenarios` is
looked at otherwise, and without it these tests skip. `docs/billing-cases.yaml` is always there.
"""

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from alicerce.project.billing_cases.proofs import NOT_YET, NOT_YET_KEYS, POLICIES
from alicerce.project.billing_cases.reading import scenarios_in
from alicerce.project.billing_cases.verifying import PROSE, Status, verify

ROOT = Path(__file__).resolve().parents[5]
NEAR = ROOT.with_name("shared") / "scenarios"
SHARED = Path(os.environ.get("ALICERCE_SCENARIOS") or NEAR) / "billing.yaml"
OURS = ROOT / "docs" / "billing-cases.yaml"
# Within `cases` what is given stands beside what is expected; these are given.
GIVEN = {"monthly", "weekly", "old", "new", "tax_pct", "items", "coupon", "paid", "paid_on"}
# This one names no dates, only days: whichever year divides like it will do.
UNDATED = {"PRO-017"}
ABSENT = [
    pytest.param(
        None, marks=pytest.mark.skip(f"no {SHARED}; set ALICERCE_SCENARIOS"), id="absent"
    )
]


def scenarios(path):
    if not path.exists():
        return ABSENT
    return [pytest.param(one, id=one.id) for one in scenarios_in(path)]


def figures(value, path=()):
    """Every number and date in an expectation, with its place."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in PROSE:
                yield from figures(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from figures(one, (*path, index))
    elif other(value) is not None:
        yield path, value


def other(figure):
    """Another one of the same kind; None for what is a word."""
    if isinstance(figure, int) and not isinstance(figure, bool):
        return figure + 1
    text = str(figure)
    if text.replace("/", "").replace(".", "").isdigit():
        return f"{text[:-1]}{(int(text[-1]) + 1) % 10}"
    try:
        return (date.fromisoformat(text) + timedelta(days=1)).isoformat()
    except ValueError:
        return None


def wrong_copies(scenario):
    """The scenario with one of its expected figures altered, for each of them."""
    for path, _ in figures(dict(scenario.expect)):
        yield path, replace(scenario, expect=altered(dict(scenario.expect), path))
    for index, case in enumerate(scenario.cases):
        for path, _ in figures(dict(case)):
            if path[0] not in GIVEN:
                yield path, replace(scenario, cases=altered([*scenario.cases], (index, *path)))
    for index, step in enumerate(scenario.steps):
        for path, _ in figures({"available": step["available"]} if "available" in step else {}):
            yield path, replace(scenario, steps=altered([*scenario.steps], (index, *path)))


def altered(value, path):
    if not path:
        return other(value)
    inner = altered(value[path[0]], path[1:])
    if isinstance(value, dict):
        return {**value, path[0]: inner}
    return [*value[: path[0]], inner, *value[path[0] + 1 :]]


class TestSharedCases:
    @pytest.mark.parametrize("scenario", scenarios(SHARED))
    def test_agree_with_our_rules_or_say_what_is_not_built(self, scenario):
        verdict = verify(scenario)

        assert verdict.status in {Status.OK, Status.PROVED, Status.NOT_YET}, verdict

    @pytest.mark.parametrize("scenario", scenarios(SHARED))
    def test_differ_as_soon_as_one_expected_figure_does(self, scenario):
        if verify(scenario).status == Status.OK and scenario.id not in UNDATED:
            for path, wrong in wrong_copies(scenario):
                assert verify(wrong).status != Status.OK, path

    @pytest.mark.skipif(not SHARED.exists(), reason=f"no {SHARED}; set ALICERCE_SCENARIOS")
    def test_leave_open_what_is_named_and_nothing_else(self):
        found = scenarios_in(SHARED)
        waiting = {(one.id, one.area) for one in found if verify(one).status == Status.NOT_YET}
        partly = {
            (one.id, one.area) for one in found for name, _ in NOT_YET_KEYS if one.id == name
        }

        assert waiting == set(NOT_YET) | partly

    @pytest.mark.skipif(not SHARED.exists(), reason=f"no {SHARED}; set ALICERCE_SCENARIOS")
    def test_that_are_policies_are_each_decided(self):
        policies = {one.id for one in scenarios_in(SHARED) if one.verdict == "policy"}

        assert policies == set(POLICIES)


class TestOurCases:
    @pytest.mark.parametrize("scenario", scenarios(OURS))
    @pytest.mark.parametrize(
        "odd", [None, -1, 10**30, "abc", [], {}, True, "9999-12-31", "1/0", "99999 days"]
    )
    def test_are_answered_or_not_understood_whatever_stands_in_them(self, scenario, odd):
        for name in scenario.given:
            verify(replace(scenario, given={**scenario.given, name: odd}))

    @pytest.mark.parametrize("scenario", scenarios(OURS))
    def test_agree_with_our_rules(self, scenario):
        assert verify(scenario).status == Status.OK, verify(scenario)

    @pytest.mark.parametrize("scenario", scenarios(OURS))
    def test_differ_as_soon_as_one_expected_figure_does(self, scenario):
        copies = list(wrong_copies(scenario))

        assert copies
        for path, wrong in copies:
            assert verify(wrong).status != Status.OK, path
