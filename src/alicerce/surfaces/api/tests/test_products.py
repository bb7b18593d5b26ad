"""What belongs to a product is there for companies that have it."""

from alicerce.apps.tenancy.models import ProductSubscription
from alicerce.surfaces.api.tests.conftest import told


class TestProducts:
    def test_switched_off_takes_its_operations_along(self, api, tenant):
        assert api.get("/services").status_code == 200

        ProductSubscription.objects.filter(product="hosting").delete()

        assert told(api.get("/services")) == (404, "not_found")
        assert api.get("/customers").status_code == 200
