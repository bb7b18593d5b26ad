"""The rule `sql-fstring`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/queries.py", 'cursor.execute(f"select * from {table}")'),
    ("apps/billing/queries.py", 'cursor.execute("select * from %s" % table)'),
    ("apps/billing/queries.py", 'cursor.execute("select * from " + table)'),
    ("apps/billing/queries.py", 'cursor.execute("select * from {}".format(table))'),
    ("apps/billing/migrations/0002_sql.py", 'step = migrations.RunSQL(f"drop table {table}")'),
    ("apps/billing/queries.py", 'text = f"select * from {table}"\ncursor.execute(text)'),
]
GOOD = [
    ("apps/billing/queries.py", 'cursor.execute("select 1 where id = %s", [pk])'),
    ("apps/billing/queries.py", 'cursor.execute("select 1 " + "from dual")'),
    ("apps/billing/queries.py", 'cursor.execute(f"select 1")'),
    ("kernel/db.py", 'cursor.execute(SQL("select {}").format(Identifier(name)))'),
    (
        "kernel/db.py",
        '# lint: allow sql-fstring because identifiers are quoted by Django\ncursor.execute(f"drop table {table}")',
    ),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("sql-fstring", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("sql-fstring", place, code) == []
