"""A document is one customer of the company."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_backfill")]
    operations = [
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('document', ''), _negated=True), ('is_duplicate', False)), fields=('tenant', 'document'), name='customer_document_once'),
        ),
    ]
