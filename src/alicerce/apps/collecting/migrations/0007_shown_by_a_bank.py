"""What a payer's bank is asked to show them, and until when."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collecting', '0006_ways_and_silence'),
    ]

    operations = [
        migrations.AddField(
            model_name='mandate',
            name='answer_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='mandate',
            name='bank',
            field=models.CharField(blank=True, db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='mandate',
            name='branch',
            field=models.CharField(blank=True, db_default='', default='', max_length=4),
        ),
        migrations.AddField(
            model_name='mandate',
            name='number',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='mandate',
            name='request_id',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='mandate',
            name='step',
            field=models.CharField(blank=True, choices=[('sent', 'sent'), ('received', 'received'), ('accepted', 'accepted')], db_default='', default='', max_length=8),
        ),
        migrations.AlterField(
            model_name='mandate',
            name='journey',
            field=models.CharField(choices=[('app', 'app'), ('alone', 'alone'), ('paying', 'paying'), ('offered', 'offered')], max_length=7),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('journey', 'app'), ('status__in', ['asked', 'open'])), fields=('tenant', 'customer'), name='one_open_request'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('journey', 'app'), _negated=True), models.Q(models.Q(('bank', ''), _negated=True), ('answer_until__isnull', False)), _connector='OR'), name='request_knows_its_bank'),
        ),
    ]
