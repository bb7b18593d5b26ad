"""History in one line, schema apart from data, no lock that lasts."""

import pytest

from tools.lints import migrations
from tools.lints.house import Complaint

BEGIN = """
class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.CreateModel(name="Invoice", fields=[]),
                  migrations.AddIndex("invoice", Index(fields=["tenant"], name="i"))]
"""


def step(operations, *, after="0001_initial", atomic=True):
    return f"""
class Migration(migrations.Migration):
    atomic = {atomic}
    dependencies = [("billing", "{after}"), ("orders", "0001_initial")]
    operations = [{operations}]
"""


@pytest.fixture
def billing(tmp_path):
    folder = tmp_path / "billing" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text(BEGIN)
    return folder


def found(folder):
    return [c.rule for c in migrations.complaints(folder.parents[1], Complaint)]


def add(folder, text, name="0002_next"):
    (folder / f"{name}.py").write_text(text)
    migrations.write_latest(folder.parents[1])


def test_passes_an_orderly_history(billing):
    add(billing, step('migrations.AddField("invoice", "note", TextField(null=True))'))

    assert found(billing) == []


def test_names_a_history_whose_end_is_not_recorded(billing):
    assert found(billing) == ["migration-history"]


def test_names_a_fork(billing):
    add(billing, step(""))
    add(billing, step(""), name="0003_fork")

    assert found(billing) == ["migration-history"]


def test_names_schema_mixed_with_data(billing):
    add(billing, step('migrations.RemoveField("invoice", "a"), migrations.RunPython(fill)'))

    assert found(billing) == ["migration-mix"]


def test_names_an_index_that_locks_a_living_table(billing):
    add(billing, step('migrations.AddIndex("invoice", Index(fields=["tenant"], name="j"))'))

    assert found(billing) == ["migration-lock"]


@pytest.mark.parametrize(("atomic", "rules"), [(True, ["migration-lock"]), (False, [])])
def test_wants_a_concurrent_index_outside_a_transaction(billing, atomic, rules):
    add(billing, step('AddIndexConcurrently("invoice", index)', atomic=atomic))

    assert found(billing) == rules


def test_names_a_rename(billing):
    add(billing, step('migrations.RenameField("invoice", "a", "b")'))

    assert found(billing) == ["migration-rename"]


def test_heeds_an_allowance(billing):
    add(
        billing,
        step(
            "\n        # lint: allow migration-rename because nobody runs it yet"
            '\n        migrations.RenameField("invoice", "a", "b")'
        ),
    )

    assert found(billing) == []
