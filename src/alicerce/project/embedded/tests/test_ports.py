"""Ports that are free, and ports that are not."""

import socket

import pytest

from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.ports import answers, require_free


class TestRequireFree:
    def test_names_the_port_and_its_variable(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(
                CannotStart, match=rf"Port {port} is taken .* ALICERCE_WEB_PORT"
            ):
                require_free(host="127.0.0.1", port=port, variable="ALICERCE_WEB_PORT")
            assert answers(host="127.0.0.1", port=port)
        require_free(host="127.0.0.1", port=port, variable="ALICERCE_WEB_PORT")
        assert not answers(host="127.0.0.1", port=port)
