"""The rule `function-length`, on both sides of the line."""

from tools.lints.tests.judging import lines_found


def test_names_a_long_function():
    code = "a = 1\n\ndef story():\n" + "    a = 1\n" * 60

    assert lines_found("function-length", "apps/billing/services.py", code) == [3]


def test_passes_a_function_of_sixty_lines():
    code = "def story():\n" + "    a = 1\n" * 59

    assert lines_found("function-length", "apps/billing/services.py", code) == []
