"""Whoever sends slowly, or too much, leaves pages answered: on our own server, over the loopback."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, suppress

import pytest

from alicerce.project.bodies import MOST_BYTES, PATIENCE

DEADLINE = 20


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def server():
    port = free_port()
    program = subprocess.Popen([sys.executable, "-m", "tests.journeys.slow_program", str(port)])
    until = time.monotonic() + DEADLINE
    while not answers(port):
        assert program.poll() is None
        assert time.monotonic() < until
    yield port
    program.send_signal(signal.SIGTERM)
    program.wait(DEADLINE)


def ask(port, method="GET", body=None, path="/"):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)) as connection:
        with suppress(
            ConnectionError
        ):  # refused before all of it was sent: the answer is there
            connection.request(method, path, body=body)
        answer = connection.getresponse()
        return answer.status, answer.read()


@pytest.fixture
def mutter(server):
    """Open a request that says a little of its body and then nothing more."""
    opened = []

    def begin(path=b"/"):
        sender = socket.create_connection(("127.0.0.1", server), timeout=DEADLINE)
        sender.sendall(
            b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nand then"
        )
        opened.append(sender)
        return sender

    yield begin
    for sender in opened:
        sender.close()


def status_of(sender):
    return int(sender.recv(4096).split()[1])


def wait_for(port, status):
    """Post until this is the answer."""
    until = time.monotonic() + DEADLINE
    while ask(port, "POST", b"x")[0] != status:
        if time.monotonic() > until:
            return False
    return True


class TestABody:
    @pytest.mark.parametrize("body", [b"x=1", b"x" * 300_000])
    def test_arrives_whole(self, server, body):
        assert ask(server, "POST", body) == (200, body)

    def test_arrives_in_pieces(self, server):
        assert ask(server, "POST", iter([b"a" * 9, b"b" * 9])) == (200, b"a" * 9 + b"b" * 9)

    def test_that_is_declared_too_large_is_not_read(self, server):
        with closing(
            socket.create_connection(("127.0.0.1", server), timeout=DEADLINE)
        ) as sender:
            head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {MOST_BYTES + 1}\r\n\r\n"
            sender.sendall(head.encode())

            assert status_of(sender) == 413

    def test_that_grows_too_large_on_the_way_is_refused(self, server):
        pieces = iter([b"x" * 1_000_000] * 3)

        assert ask(server, "POST", pieces)[0] == 413

    def test_may_be_larger_where_files_are_taken_and_no_larger_than_that(self, server):
        file = b"x" * 3_000_000

        assert ask(server, "POST", file, "/files") == (200, file)
        assert ask(server, "POST", iter([file, b"y" * 1_000_001]), "/files")[0] == 413
        assert ask(server, "POST", file, "/files/else")[0] == 413

    def test_that_does_not_come_leaves_other_pages_answered(self, server, mutter):
        mutter()

        began = time.monotonic()
        answers = [ask(server, path="/ignored"), ask(server, "POST", b"x", "/ignored")]

        assert {status for status, _body in answers} == {200}
        assert time.monotonic() - began < PATIENCE

    def test_finds_no_place_while_others_do_not_come_and_one_when_they_leave(
        self, server, mutter
    ):
        silent = mutter()
        assert wait_for(server, 503)

        silent.close()

        assert wait_for(server, 200)

    def test_that_nobody_reads_costs_no_place(self, server, mutter):
        for _ in range(3):
            mutter(b"/ignored")

        assert ask(server, "POST", b"x") == (200, b"x")
