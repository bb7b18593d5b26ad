"""The database goes away for longer than anybody likes to wait, and comes back."""

import select
import socket
import threading
from contextlib import suppress

import psycopg
import pytest
from psycopg_pool import ConnectionPool, PoolTimeout

from alicerce.project.settings.database import GIVE_UP, connection_settings

AT_ONCE = 1.5


class Door:
    """A way to the database that can be shut."""

    def __init__(self, address):
        self.address, self.port, self.sockets = address, 0, []
        self.open()

    def open(self):
        listening = socket.create_server(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        self.sockets = [listening]
        threading.Thread(target=self._let_in, args=[listening], daemon=True).start()

    def shut(self):
        for one in self.sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _let_in(self, listening):
        with suppress(OSError):
            while True:
                pair = [listening.accept()[0], socket.create_connection(self.address)]
                self.sockets += pair
                threading.Thread(target=_carry, args=pair, daemon=True).start()


def _carry(one, other):
    with suppress(OSError, ValueError):
        while ready := select.select([one, other], [], [])[0]:
            for end in ready:
                said = end.recv(65536)
                if not said:
                    return
                (other if end is one else one).sendall(said)


@pytest.fixture
def door(database_url):
    known = psycopg.conninfo.conninfo_to_dict(database_url)
    door = Door((known["host"], int(known["port"])))
    yield door
    door.shut()


@pytest.fixture
def pool(database_url, door):
    options = dict(connection_settings(database_url, pool_size=1)["OPTIONS"]["pool"])
    url = psycopg.conninfo.make_conninfo(database_url, host="127.0.0.1", port=door.port)
    with ConnectionPool(url, check=ConnectionPool.check_connection, **options) as pool:
        pool.wait()
        yield pool


class TestAPoolThatLostItsDatabase:
    def test_finds_it_again_as_soon_as_it_is_back(self, pool, door):
        door.shut()
        with pytest.raises(PoolTimeout):
            pool.getconn(timeout=GIVE_UP + 2)

        door.open()

        with pool.connection(timeout=AT_ONCE) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
