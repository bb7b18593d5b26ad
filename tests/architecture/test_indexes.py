"""No index repeats what another answers as well, and every reference has one to be looked up by."""

pytest_plugins = ["tests.architecture.isolation.fixtures"]

# Two of a table: the first asks nothing that the beginning of the second does not answer. The order
# of the last column may differ where what stands before it is given: it is read backwards then.
REPEATED = """
    with found as (
        select x.*, c.relname as name, x.indrelid::regclass::text as place,
            x.indkey::int2[] as columns,
            x.indclass::oid[] as kinds,
            x.indcollation::oid[] as collations,
            pg_get_expr(x.indpred, x.indrelid) as partial
        from pg_index x join pg_class c on c.oid = x.indexrelid
            join pg_am m on m.oid = c.relam and m.amname = 'btree'
        where c.relnamespace = 'public'::regnamespace and x.indexprs is null
    )
    select short.place, short.name, long.name from found short join found long
        on long.indrelid = short.indrelid and long.indexrelid <> short.indexrelid
        and short.indnkeyatts <= long.indnkeyatts
        and long.columns[0:short.indnkeyatts - 1] = short.columns[0:short.indnkeyatts - 1]
        and long.kinds[0:short.indnkeyatts - 1] = short.kinds[0:short.indnkeyatts - 1]
        and long.collations[0:short.indnkeyatts - 1] = short.collations[0:short.indnkeyatts - 1]
        and long.partial is not distinct from short.partial
    where not short.indisunique or (long.indisunique and short.indnkeyatts = long.indnkeyatts)
    order by 1, 2
"""
UNLED = """
    select r.conrelid::regclass::text, r.conname from pg_constraint r
    where r.contype = 'f' and r.connamespace = 'public'::regnamespace and cardinality(r.conkey) > 1
        and not exists (
            select from pg_index x where x.indrelid = r.conrelid and x.indpred is null
                and (x.indkey::int2[])[0:cardinality(r.conkey) - 1] @> r.conkey
        )
"""

# Made by the migrations of Django and of allauth, with each foreign key; they would come again.
OF_OTHERS = {
    "account_emailaddress_user_id_2c513194",
    "auth_group_permissions_group_id_b120cbf9",
    "auth_permission_content_type_id_2f476e4b",
    "socialaccount_socialtoken_app_id_636a42d7",
}


def repeated(connection):
    return connection.execute(REPEATED).fetchall()


def test_no_index_repeats_the_beginning_of_another(connection):
    told = {
        one: f"{table}: {one} is in {another}" for table, one, another in repeated(connection)
    }

    assert [words for one, words in sorted(told.items()) if one not in OF_OTHERS] == []
    assert OF_OTHERS - set(told) == set(), "an allowance that nothing needs"


def test_every_reference_is_found_from_its_other_end(connection):
    assert connection.execute(UNLED).fetchall() == []


def test_the_look_sees_a_repetition_and_a_reference_without_index(connection):
    connection.execute("create index doubled on billing_invoiceline (tenant_id, invoice_id)")
    connection.execute("drop index billing_payment_invoice_ref_ix")

    assert ("billing_invoiceline", "doubled", "invoice_line_position") in repeated(connection)
    assert ("billing_payment", "billing_payment_invoice_ref") in connection.execute(
        UNLED
    ).fetchall()
