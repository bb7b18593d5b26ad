"""Functions that run with the rights of another role are called by whom they were made for."""

import pytest
from django.db import connection

CALLERS = """
    select p.proname, case a.grantee when 0 then 'public' else a.grantee::regrole::text end
    from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where p.prosecdef and a.grantee <> p.proowner and p.pronamespace = 'public'::regnamespace
"""


@pytest.mark.django_db
def test_nobody_but_the_application_calls_a_security_definer_function():
    with connection.cursor() as cursor:
        cursor.execute(CALLERS)
        callers = cursor.fetchall()

    assert {role for _function, role in callers} == {"alicerce_app"}
