"""A person's yes to an app ends: what was agreed to before this is counted from when it was."""

from django.db import migrations, models

FILL = """
alter table marketplace_grant no force row level security;
update marketplace_grant set ends_at = created_at + interval '90 days'
    where installation_id is not null;
alter table marketplace_grant force row level security;
set constraints all immediate;
"""


class Migration(migrations.Migration):
    dependencies = [("marketplace", "0002_lookups")]
    operations = [
        migrations.AddField("grant", "ends_at", models.DateTimeField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "grant",
            models.CheckConstraint(
                condition=models.Q(
                    ("installation", None), ("ends_at__isnull", False), _connector="OR"
                ),
                name="yes_has_an_end",
            ),
        ),
    ]
