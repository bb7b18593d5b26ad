"""A server that did not answer is looked at again soon: one hiccup must not cost five minutes."""

import pytest

from alicerce.apps.hosting.jobs import look_again_at_silent_servers
from alicerce.apps.hosting.queries.servers import server_row
from alicerce.apps.hosting.services.check_server import check_server
from alicerce.apps.hosting.tests.factories import NOON, a_server
from alicerce.kernel.http import Unavailable
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant", "panel")


class TestASilentServer:
    def test_takes_accounts_again_as_soon_as_it_answers(self, panel):
        server = a_server()
        panel.before["version"] = [Unavailable("caiu")]
        check_server(server_id=server.id, at=NOON)
        assert server_row(server.id).status == "down"

        look_again_at_silent_servers()
        run_jobs()

        assert server_row(server.id).status == "active"

    def test_is_the_only_one_that_is_bothered(self, panel):
        a_server()

        look_again_at_silent_servers()
        run_jobs()

        assert panel.asked == []
