"""Charges with a due date, and what came beyond an invoice."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0025_by_status'),
        ('customers', '0008_by_name'),
        ('tenancy', '0011_sandbox_clock'),
    ]

    operations = [
        migrations.AddField(
            model_name='charge',
            name='discount_cents',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='charge',
            name='discount_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='charge',
            name='due_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='charge',
            name='fine_cents',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='charge',
            name='interest_basis_points',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='charge',
            name='valid_days',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='payment',
            name='extra_cents',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='ruling',
            name='early_basis_points',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='ruling',
            name='early_days',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='ruling',
            name='pix_valid_days',
            field=models.PositiveSmallIntegerField(db_default=30, default=30),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('discount_cents', 0), ('discount_until__isnull', True), ('due_on__isnull', True), ('fine_cents', 0), ('interest_basis_points', 0)), models.Q(('discount_cents__gte', 0), ('due_on__isnull', False), ('fine_cents__gte', 0)), _connector='OR'), name='charge_terms_have_a_due_date'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('extra_cents', 0), models.Q(('amount_cents__gt', models.F('extra_cents')), ('extra_cents__gt', 0), ('fit', 'applied')), _connector='OR'), name='payment_extra_within_it'),
        ),
        migrations.AddConstraint(
            model_name='ruling',
            constraint=models.CheckConstraint(condition=models.Q(('early_basis_points__lt', 10000)), name='discount_below_the_whole'),
        ),
    ]
