"""Boletos are a way to pay."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0026_due_charges'),
    ]

    operations = [
        migrations.AlterField(
            model_name='charge',
            name='method',
            field=models.CharField(choices=[('pix', 'pix'), ('card', 'card'), ('boleto', 'boleto'), ('transfer', 'transfer'), ('cash', 'cash'), ('other', 'other'), ('balance', 'balance')], max_length=8),
        ),
        migrations.AlterField(
            model_name='payment',
            name='method',
            field=models.CharField(choices=[('pix', 'pix'), ('card', 'card'), ('boleto', 'boleto'), ('transfer', 'transfer'), ('cash', 'cash'), ('other', 'other'), ('balance', 'balance')], max_length=8),
        ),
    ]
