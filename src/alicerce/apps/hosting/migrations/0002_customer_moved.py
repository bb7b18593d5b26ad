"""Customers moved to an app of their own; the key already points at the renamed table."""

import django.db.models.deletion
from django.db import migrations

import alicerce.kernel.db
import alicerce.kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("hosting", "0001_initial"),
        ("customers", "0001_from_tenancy"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="service",
                    name="customer",
                    field=alicerce.kernel.db.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                migrations.RemoveConstraint(
                    model_name="service", name="hosting_service_customer_ref"
                ),
                migrations.AddConstraint(
                    model_name="service",
                    constraint=alicerce.kernel.isolation.TenantReference(
                        field="customer",
                        name="hosting_service_customer_ref",
                        to="customers.customer",
                    ),
                ),
            ]
        )
    ]
