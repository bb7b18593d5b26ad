"""Lines that are a payout of another amount; payments that are nobody's."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reconciliation', '0004_debits_without_answer'),
    ]

    operations = [
        migrations.AddField(
            model_name='match',
            name='rest_cents',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name='difference',
            name='kind',
            field=models.CharField(choices=[('missing_here', 'missing_here'), ('missing_there', 'missing_there'), ('payment_unclaimed', 'payment_unclaimed'), ('amount', 'amount'), ('status', 'status'), ('fee', 'fee'), ('ledger', 'ledger'), ('payout_amount', 'payout_amount'), ('payout_bank_amount', 'payout_bank_amount'), ('payout_not_in_bank', 'payout_not_in_bank'), ('bank_line_alone', 'bank_line_alone'), ('debit_unanswered', 'debit_unanswered')], max_length=18),
        ),
    ]
