"""What the limiter remembers. Unlogged: after a crash every quota is whole again, which harms nobody."""

from django.db import migrations

CREATE = """
create unlogged table rate_limit (key bytea primary key, tat timestamptz not null);
create index rate_limit_idle on rate_limit (tat);
revoke all on rate_limit from public;
grant select, insert, update, delete on rate_limit to alicerce_app;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_plumbing")]
    operations = [migrations.RunSQL(CREATE, "drop table rate_limit")]
