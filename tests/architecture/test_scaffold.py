"""A new app is born in order: formatted, linted, and within every import contract once placed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.lints.house import lint
from tools.map import App

ROOT = Path(__file__).resolve().parents[2]
COPIED = shutil.ignore_patterns("__pycache__", "*.pyc", "static", "locale", "templates")


@pytest.fixture
def checkout(tmp_path):
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=COPIED)
    for name in (".importlinter", "ruff.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    scaffold(tmp_path, "loyalty", "--noun", "card")
    return tmp_path


def run(checkout, *command):
    python_path = os.pathsep.join([str(checkout / "src"), str(ROOT)])
    return subprocess.run(
        [sys.executable, *command],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": python_path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def scaffold(checkout, *arguments):
    return run(checkout, "-m", "tools.scaffold", *arguments, "--root", str(checkout))


def contracts(checkout):
    call = "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"
    return run(checkout, "-c", call)


def loyalty(checkout):
    return checkout / "src" / "alicerce" / "apps" / "loyalty"


def test_is_formatted_and_clean(checkout):
    for arguments in (["format", "--check"], ["check", "--no-cache"]):
        outcome = run(checkout, "-m", "ruff", *arguments, str(loyalty(checkout)))

        assert outcome.returncode == 0, outcome.stdout


def test_keeps_the_rules_of_the_house(checkout):
    assert lint(loyalty(checkout)) == []


def test_must_be_placed_among_the_apps(checkout):
    unplaced = contracts(checkout)
    placed = checkout / ".importlinter"
    placed.write_text(
        placed.read_text().replace("\n    orders\n", "\n    loyalty\n    orders\n")
    )

    assert "loyalty" in unplaced.stdout
    assert "loyalty" not in contracts(checkout).stdout


def test_says_what_it_is_in_four_headings(checkout):
    readme = (loyalty(checkout) / "README.md").read_text()

    for heading in ("Words", "Promises", "Hears / Says", "Asks of"):
        assert f"\n## {heading}\n" in readme


def test_is_drawn_on_the_map(checkout):
    app = App(loyalty(checkout))

    assert app.doors == ["close_card(card_id, at)", "open_card(label, at)"]
    assert app.events == ["CardOpened (card.opened)", "CardClosed (card.closed)"]
    assert app.tables == ["Card"]


def test_never_overwrites(checkout):
    again = scaffold(checkout, "loyalty")

    assert again.returncode == 1
    assert "already there" in again.stderr


@pytest.mark.parametrize("name", ["Loyalty", "class", "my-app", "x"])
def test_wants_a_plain_word(checkout, name):
    assert scaffold(checkout, name).returncode == 2
