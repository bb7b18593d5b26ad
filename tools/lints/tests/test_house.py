"""The runner: every rule has a test, and a complaint is one readable line."""

from pathlib import Path

from tools.lints.house import lint, python_rules


def test_has_a_test_for_every_rule():
    tests = {path.stem for path in Path(__file__).parent.glob("test_*.py")}

    assert {f"test_{name.replace('-', '_')}" for name in python_rules()} <= tests


def test_says_where_and_which_rule(tmp_path):
    module = tmp_path / "alicerce" / "apps" / "billing" / "services.py"
    module.parent.mkdir(parents=True)
    module.write_text('"""What billing does."""\n\nat = timezone.now()\n')

    assert [str(complaint) for complaint in lint(tmp_path)] == [
        f"{module}:3 clock `timezone.now`: edges use kernel.clock.now()"
    ]
