"""Promises about the shape of the house that no single file can keep alone."""

import re
from pathlib import Path

import pytest

from tools.map import App, order

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "alicerce"
APPS = sorted(path.parent.name for path in PACKAGE.glob("apps/*/apps.py"))
VENDORS = sorted(path.parent.name for path in PACKAGE.glob("vendors/*/client.py"))
HEADINGS = ["Words", "Promises", "Hears / Says", "Asks of"]
SECTIONS = ["Context", "Decision", "Consequences", "Alternatives"]


def test_places_every_app():
    assert set(APPS) <= set(order(ROOT))


@pytest.mark.parametrize("app", APPS)
def test_every_app_says_what_it_is(app):
    readme = (PACKAGE / "apps" / app / "README.md").read_text()

    assert re.findall(r"^## (.+)$", readme, re.MULTILINE) == HEADINGS


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_vendor_has_a_simulator(vendor):
    folder = PACKAGE / "vendors" / vendor

    assert (folder / "simulator.py").exists() or (folder / "simulator").is_dir()


def test_every_fact_has_one_name():
    names = [event for app in APPS for event in App(PACKAGE / "apps" / app).events]
    wires = [name.partition(" ")[2] for name in names]

    assert sorted(wires) == sorted(set(wires))


def decisions():
    return sorted((ROOT / "docs" / "decisions").glob("*.md"))


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in decisions()]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("decision", decisions(), ids=lambda path: path.stem)
def test_every_decision_is_one_page_of_the_same_shape(decision):
    text = decision.read_text()

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    assert len(text.split()) < 500
