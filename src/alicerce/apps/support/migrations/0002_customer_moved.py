"""Customers moved to an app of their own; the key already points at the renamed table."""

import django.db.models.deletion
from django.db import migrations

import alicerce.kernel.db
import alicerce.kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0001_initial"),
        ("customers", "0001_from_tenancy"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="ticket",
                    name="customer",
                    field=alicerce.kernel.db.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                migrations.RemoveConstraint(
                    model_name="ticket", name="support_ticket_customer_ref"
                ),
                migrations.AddConstraint(
                    model_name="ticket",
                    constraint=alicerce.kernel.isolation.TenantReference(
                        field="customer",
                        name="support_ticket_customer_ref",
                        to="customers.customer",
                    ),
                ),
            ]
        )
    ]
