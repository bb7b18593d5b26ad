"""Customers from before: companies by their CNPJ, second owners of a document, words to find them by.

The owner of the tables is behind their walls too, so the walls open for this one transaction.
"""

from django.db import migrations

FILL = """
alter table customers_customer no force row level security;
alter table customers_word no force row level security;
update customers_customer set kind = 'company' where document_kind = 'cnpj';
update customers_customer c set is_duplicate = true
    where document <> '' and exists (
        select from customers_customer o
        where (o.tenant_id, o.document) = (c.tenant_id, c.document) and o.id < c.id
    );
insert into customers_word (id, tenant_id, created_at, customer_id, word, origin)
    select gen_random_uuid(), tenant_id, now(), id, left(word, 80), 'profile' from (
        select distinct c.tenant_id, c.id, w.word from customers_customer c
        cross join lateral translate(
            lower(concat_ws(' ', c.name, c.email, split_part(c.email, '@', 2), c.document)),
            'áàâãäéèêëíìîïóòôõöúùûüçñ', 'aaaaaeeeeiiiiooooouuuucn'
        ) folded
        cross join lateral (
            select regexp_split_to_table(folded, '\\s+')
            union select regexp_split_to_table(folded, '[^a-z0-9]+')
        ) w (word)
        where length(w.word) > 1
    ) found
    on conflict do nothing;
set constraints all immediate;
alter table customers_customer force row level security;
alter table customers_word force row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_profile")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
