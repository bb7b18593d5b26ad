"""What the application may do to the tables of django-allauth, which belong to no tenant."""

from django.db import migrations

GRANT = """
grant select, insert, update, delete on
    account_emailaddress, account_emailconfirmation, mfa_authenticator,
    socialaccount_socialaccount, socialaccount_socialtoken, usersessions_usersession
    to alicerce_app;
grant select on socialaccount_socialapp to alicerce_app;
"""
REVOKE = """
revoke all on
    account_emailaddress, account_emailconfirmation, mfa_authenticator,
    socialaccount_socialaccount, socialaccount_socialtoken, usersessions_usersession,
    socialaccount_socialapp
    from alicerce_app
"""


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0003_accounts"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("usersessions", "0001_initial"),
    ]
    operations = [migrations.RunSQL(GRANT, REVOKE)]
