"""An exception to a rule: made on purpose, with a reason, and only while it is needed."""

from tools.lints.tests.judging import lines_found

PLACE = "kernel/jobs.py"


def test_covers_its_own_line():
    code = "on_commit(tell)  # lint: allow on-commit because the test harness needs it"

    assert lines_found("on-commit", PLACE, code) == []


def test_covers_the_next_line():
    code = "# lint: allow on-commit because the test harness needs it\non_commit(tell)"

    assert lines_found("on-commit", PLACE, code) == []


def test_covers_nothing_without_a_reason():
    assert lines_found("on-commit", PLACE, "on_commit(tell)  # lint: allow on-commit") == [1, 1]


def test_covers_no_other_rule():
    code = "on_commit(tell)  # lint: allow clock because it is noon"

    assert lines_found("on-commit", PLACE, code) == [1, 1]


def test_is_named_when_nothing_needs_it_any_more():
    code = "# lint: allow on-commit because the test harness needs it\npublish(fact)"

    assert lines_found("on-commit", PLACE, code) == [1]
