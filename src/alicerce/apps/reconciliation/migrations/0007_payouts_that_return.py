"""Payouts that the bank sent back."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0006_of_the_platform'),
    ]

    operations = [
        migrations.AlterField(
            model_name='difference',
            name='kind',
            field=models.CharField(choices=[('missing_here', 'missing_here'), ('missing_there', 'missing_there'), ('payment_unclaimed', 'payment_unclaimed'), ('amount', 'amount'), ('status', 'status'), ('fee', 'fee'), ('ledger', 'ledger'), ('payout_amount', 'payout_amount'), ('payout_bank_amount', 'payout_bank_amount'), ('payout_not_in_bank', 'payout_not_in_bank'), ('payout_returned', 'payout_returned'), ('bank_line_alone', 'bank_line_alone'), ('debit_unanswered', 'debit_unanswered')], max_length=18),
        ),
    ]
