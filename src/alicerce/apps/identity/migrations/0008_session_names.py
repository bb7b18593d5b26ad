"""Tables keep a digest in the place of each session's key. Who is signed in stays so."""

from typing import Any

from django.db import migrations
from psycopg import sql

from alicerce.apps.identity.models.session_keys import name_of

TABLES = ("django_session", "usersessions_usersession")
ASK = sql.SQL("select session_key from {}")
CALL = sql.SQL("update {} set session_key = %s where session_key = %s")


def hide_keys(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(ASK.format(sql.Identifier(table)))
            known = [(str(name_of(key)), key) for (key,) in cursor.fetchall()]
            cursor.executemany(CALL.format(sql.Identifier(table)), known)


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0007_standinconsent"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]
    operations = [migrations.RunPython(hide_keys, migrations.RunPython.noop)]
