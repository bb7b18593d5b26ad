"""Who is told of what: within the company, within limits, and never inside our own network."""

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.endpoints.errors import (
    AddressNotAllowed,
    EndpointIsDisabled,
    TooManyEndpoints,
    UnknownEventType,
)
from alicerce.apps.endpoints.models import Delivery, Endpoint
from alicerce.apps.endpoints.queries import views as queries
from alicerce.apps.endpoints.services import clear_deleted
from alicerce.apps.endpoints.services.lanes import Lanes
from alicerce.apps.endpoints.services.manage_endpoint import (
    MOST_PER_TENANT,
    create_endpoint,
    delete_endpoint,
    disable_endpoint,
    enable_endpoint,
    update_endpoint,
)
from alicerce.apps.endpoints.services.replay import send_test
from alicerce.apps.endpoints.tests.factories import NOON, a_form, an_endpoint, an_event, tell
from alicerce.kernel.ids import uuid7
from alicerce.kernel.testing import run_jobs
from alicerce.kernel.tests.test_safe_http import CROOKED, INSIDE

pytestmark = pytest.mark.usefixtures("tenant")


class TestAddress:
    @pytest.mark.parametrize("url", [*CROOKED, *(f"https://{host}/" for host in INSIDE)])
    def test_inside_or_crooked_is_refused_when_created_and_when_changed(self, url):
        endpoint = an_endpoint()
        with pytest.raises(AddressNotAllowed):
            create_endpoint(form=a_form(url=url), at=NOON)
        with pytest.raises(AddressNotAllowed):
            update_endpoint(endpoint_id=endpoint.id, form=a_form(url=url), at=NOON)
        assert [e.url for e in queries.endpoints()] == [endpoint.url]


class TestEndpoint:
    @pytest.mark.parametrize("types", [(), ("nada.*",), ("invoice.paid", "audit.seal_due")])
    def test_asks_only_for_events_that_are_offered(self, types):
        with pytest.raises(UnknownEventType):
            create_endpoint(form=a_form(types=types), at=NOON)

    def test_is_one_of_so_many(self, other_tenant):
        for _ in range(MOST_PER_TENANT):
            an_endpoint()
        with pytest.raises(TooManyEndpoints):
            an_endpoint()
        with other_tenant:
            an_endpoint()

    def test_changes_and_the_trail_says_what_but_not_the_address(self):
        endpoint = an_endpoint()
        wanted = a_form(url="https://nova.example/?token=deles", types=("invoice.*",))
        for _ in range(2):
            update_endpoint(endpoint_id=endpoint.id, form=wanted, at=NOON)

        (entry,) = Entry.objects.filter(action="endpoint.updated")
        assert entry.before == {"url": "changed", "types": ["*"]}
        assert entry.after == {"url": "changed", "types": ["invoice.*"]}

    def test_that_is_disabled_gives_up_what_waits_and_refuses_to_try(self):
        endpoint = an_endpoint()
        tell(an_event())
        assert disable_endpoint(endpoint_id=endpoint.id, at=NOON)
        assert not disable_endpoint(endpoint_id=endpoint.id, at=NOON)

        assert not Delivery.objects.open().exists()
        with pytest.raises(EndpointIsDisabled):
            send_test(endpoint_id=endpoint.id, at=NOON)
        enable_endpoint(endpoint_id=endpoint.id, at=NOON)
        assert queries.endpoint(endpoint.id).is_enabled

    def test_is_deleted_with_its_deliveries_and_without_the_events(self):
        endpoint = an_endpoint()
        tell(an_event())
        delete_endpoint(endpoint_id=endpoint.id, at=NOON)

        assert queries.endpoints() == []
        run_jobs(raise_failures=False)  # the invoice is made up
        assert not Delivery.objects.exists()
        assert not Endpoint.deleted.exists()
        assert len(queries.logged_events()) == 1

    def test_that_is_deleted_goes_piece_by_piece_and_is_gone_at_once(self, monkeypatch):
        monkeypatch.setattr(clear_deleted, "AT_A_TIME", 2)
        endpoint, other = an_endpoint(), an_endpoint()
        tell(*(an_event() for _ in range(5)))
        delete_endpoint(endpoint_id=endpoint.id, at=NOON)

        left = Endpoint.deleted.get()
        assert (bytes(left.secret), bytes(left.previous_secret)) == (b"", b"")
        assert queries.endpoint(endpoint.id) is None
        tell(an_event())  # nobody tells it any more
        assert Delivery.objects.filter(endpoint=left).count() == 5

        clear_deleted.clear_deleted(endpoint_id=endpoint.id, at=NOON)
        assert Delivery.objects.filter(endpoint=left).count() == 3
        assert run_jobs(raise_failures=False).count("endpoints.clear_deleted_endpoint") >= 3
        assert not Endpoint.deleted.exists()
        assert Delivery.objects.filter(endpoint=other).count() == 6

    def test_is_absent_for_the_neighbour(self, other_tenant):
        endpoint = an_endpoint()
        with other_tenant:
            assert queries.endpoint(endpoint.id) is None
            assert queries.endpoints() == []
            for touch in (disable_endpoint, delete_endpoint, send_test):
                with pytest.raises(Endpoint.DoesNotExist):
                    touch(endpoint_id=endpoint.id, at=NOON)


class TestLanes:
    def test_are_never_all_taken_by_one_company(self):
        lanes, ours, theirs = Lanes(4), uuid7(), uuid7()
        with lanes.lane(ours) as first, lanes.lane(ours) as second, lanes.lane(ours) as third:
            assert (first, second, third) == (True, True, False)
            with lanes.lane(theirs) as fourth:
                assert fourth

    def test_are_given_back(self):
        lanes, ours = Lanes(1), uuid7()
        for _ in range(2):
            with lanes.lane(ours) as is_free:
                assert is_free
