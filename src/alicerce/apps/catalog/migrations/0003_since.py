"""Prices from before were in force since they were written down.

The owner of the tables is behind their walls too, so the walls open for this one transaction.
"""

from django.db import migrations

FILL = """
alter table catalog_price no force row level security;
update catalog_price
    set since = created_at, retired_at = case when not is_active then coalesce(retired_at, now()) end;
set constraints all immediate;
alter table catalog_price force row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_versions")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
