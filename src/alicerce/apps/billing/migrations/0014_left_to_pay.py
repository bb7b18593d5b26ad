"""Invoices that are left to pay, whatever became of the millions before them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("billing", "0013_late_charges")]

    operations = [
        AddIndexConcurrently(
            model_name="invoice",
            index=models.Index(
                condition=models.Q(("status", "open")),
                fields=["tenant", "id"],
                name="invoices_left_to_pay",
            ),
        ),
    ]
