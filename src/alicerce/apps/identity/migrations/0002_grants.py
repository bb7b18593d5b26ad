"""What the application may do to the tables that come with Django: sessions, and nothing else."""

from django.db import migrations

GRANT = """
grant select, insert, update, delete on django_session to alicerce_app;
grant select on django_migrations to alicerce_app;
"""
REVOKE = "revoke all on django_session, django_migrations from alicerce_app"


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("sessions", "0001_initial")]
    operations = [migrations.RunSQL(GRANT, REVOKE)]
