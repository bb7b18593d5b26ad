"""Customers moved to an app of their own; nobody refers to them here any more."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0002_lookups"),
        ("orders", "0002_customer_moved"),
        ("billing", "0003_customer_moved"),
        ("hosting", "0002_customer_moved"),
        ("support", "0002_customer_moved"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="CustomerUser"),
                migrations.DeleteModel(name="Customer"),
            ]
        )
    ]
