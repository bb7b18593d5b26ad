"""Whoever chose a password did it by a link in their mailbox: their e-mail counts as verified."""

from django.db import migrations

VERIFY = """
insert into account_emailaddress (user_id, email, verified, "primary")
select id, email, true, true from identity_user where password not like '!%'
on conflict do nothing
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0004_allauth")]
    operations = [migrations.RunSQL(VERIFY, migrations.RunSQL.noop)]
