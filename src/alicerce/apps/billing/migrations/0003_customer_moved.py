"""Customers moved to an app of their own; the key already points at the renamed table."""

import django.db.models.deletion
from django.db import migrations

import alicerce.kernel.db
import alicerce.kernel.isolation


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0002_rules"),
        ("customers", "0001_from_tenancy"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="invoice",
                    name="customer",
                    field=alicerce.kernel.db.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                migrations.RemoveConstraint(
                    model_name="invoice", name="billing_invoice_customer_ref"
                ),
                migrations.AddConstraint(
                    model_name="invoice",
                    constraint=alicerce.kernel.isolation.TenantReference(
                        field="customer",
                        name="billing_invoice_customer_ref",
                        to="customers.customer",
                    ),
                ),
                migrations.AlterField(
                    model_name="ledgerentry",
                    name="customer",
                    field=alicerce.kernel.db.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                migrations.RemoveConstraint(
                    model_name="ledgerentry", name="billing_ledgerentry_customer_ref"
                ),
                migrations.AddConstraint(
                    model_name="ledgerentry",
                    constraint=alicerce.kernel.isolation.TenantReference(
                        field="customer",
                        name="billing_ledgerentry_customer_ref",
                        to="customers.customer",
                    ),
                ),
                migrations.AlterField(
                    model_name="payment",
                    name="customer",
                    field=alicerce.kernel.db.TenantForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                migrations.RemoveConstraint(
                    model_name="payment", name="billing_payment_customer_ref"
                ),
                migrations.AddConstraint(
                    model_name="payment",
                    constraint=alicerce.kernel.isolation.TenantReference(
                        field="customer",
                        name="billing_payment_customer_ref",
                        to="customers.customer",
                    ),
                ),
            ]
        )
    ]
