"""Payments of one account at a provider, by when they came."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("billing", "0020_charges_of_kept_cards")]

    operations = [
        AddIndexConcurrently(
            model_name="payment",
            index=models.Index(
                fields=["tenant", "account", "received_at", "id"], name="payments_by_receipt"
            ),
        ),
    ]
