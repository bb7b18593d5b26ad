"""Customers by e-mail: the key that found them by it is a partial one now."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0010_told_apart_by_reference")]

    operations = [
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(fields=["tenant", "email", "id"], name="customers_by_email"),
        ),
    ]
