"""Many rows in one statement: the tenant's own, of every type, and nobody else's."""

import pytest
from django.db import IntegrityError, transaction

from alicerce.apps.catalog.models import Plan, Product
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.kernel.bulk import insert_rows, update_rows
from alicerce.kernel.ids import uuid7

COLUMNS = ("id", "kind", "name", "position")


class TestInsertRows:
    def test_are_the_tenants_with_their_time(self, tenant):
        rows = [(uuid7(), "hosting", f"Plano {place}", place) for place in range(3)]

        assert insert_rows(Product, COLUMNS, rows) == 3

        found = list(Product.objects.order_by("position"))
        assert [product.pk for product in found] == [row[0] for row in rows]
        assert {product.tenant_id for product in found} == {tenant.id}
        assert all(product.created_at for product in found)

    def test_carry_json_and_what_is_empty(self, tenant):
        price = a_price()
        columns = ("id", "product_id", "slug", "name", "summary", "features", "spec")
        columns += ("position", "is_visible")
        row = (uuid7(), price.plan.product_id, "pro", "Pro", "", '["é \\"x\\""]', "{}", 1, True)

        insert_rows(Plan, columns, [row])

        assert Plan.objects.get(slug="pro").features == ['é "x"']

    def test_of_none_are_none(self, tenant):
        assert insert_rows(Product, COLUMNS, []) == 0

    def test_are_refused_like_any_other(self, tenant):
        row = (uuid7(), "hosting", "Plano", 1)

        with pytest.raises(IntegrityError), transaction.atomic():
            insert_rows(Product, COLUMNS, [row, row])


class TestUpdateRows:
    def test_change_each_to_its_own(self, tenant):
        first, second = (uuid7(), uuid7())
        insert_rows(Product, COLUMNS, [(first, "a", "A", 1), (second, "b", "B", 2)])

        assert update_rows(Product, ("id", "position"), [(first, 8), (second, 9)]) == 2

        assert list(Product.objects.order_by("name").values_list("position", flat=True)) == [
            8,
            9,
        ]

    def test_reach_nobody_else(self, tenant, other_tenant):
        with other_tenant:
            theirs = a_price().plan.product

        assert update_rows(Product, ("id", "name"), [(theirs.id, "Nosso")]) == 0
