"""A kind of difference: a debit that no bank said anything of."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0003_lines_of_several'),
    ]

    operations = [
        migrations.AlterField(
            model_name='difference',
            name='kind',
            field=models.CharField(choices=[('missing_here', 'missing_here'), ('missing_there', 'missing_there'), ('amount', 'amount'), ('status', 'status'), ('fee', 'fee'), ('ledger', 'ledger'), ('payout_amount', 'payout_amount'), ('payout_not_in_bank', 'payout_not_in_bank'), ('bank_line_alone', 'bank_line_alone'), ('debit_unanswered', 'debit_unanswered')], max_length=18),
        ),
    ]
