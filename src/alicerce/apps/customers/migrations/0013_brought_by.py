"""Customers by what brought them: a file, or the copy of another program's database."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("customers", "0012_rounds")]

    operations = [
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(
                condition=models.Q(("brought_by__isnull", False)),
                fields=["tenant", "brought_by", "id"],
                name="customers_brought",
            ),
        ),
    ]
