"""The ledger moved to an app of its own."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0030_connected_accounts"),
        ("ledger", "0001_from_billing"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="LedgerEntry"),
                migrations.DeleteModel(name="LedgerTransaction"),
            ]
        )
    ]
