"""Files that can fail, and that are read stretch by stretch: kept uncompressed, so that one is cut out at once."""

from django.db import migrations, models

STATES = [('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('canceled', 'canceled'), ('failed', 'failed')]


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0006_indexes_led_by_others'),
    ]

    operations = [
        migrations.AddField(
            model_name='customerimport',
            name='layout',
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name='customerimport',
            name='state',
            field=models.CharField(choices=STATES, default='waiting', max_length=10),
        ),
        migrations.AlterField(
            model_name='customerexport',
            name='state',
            field=models.CharField(choices=STATES, default='running', max_length=10),
        ),
        migrations.RunSQL(
            "alter table customers_customerimport alter column content set storage external",
            "alter table customers_customerimport alter column content set storage extended",
        ),
    ]
