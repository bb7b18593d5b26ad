"""Nobody reaches our own network through an address they typed, and nobody holds us for long."""

import gzip
import ssl
import time
from ipaddress import ip_address

import pytest
import trustme

from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.kernel.public_addresses import is_public
from alicerce.kernel.safe_http import Call, Forbidden, Policy, Untrusted, call, check_url
from alicerce.kernel.tests.honeypot import drips, kind, listening, pours, redirects_to

INSIDE = [
    "127.0.0.1", "127.1", "127.0.0.1.", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1",
    "0x7f.1", "①②⑦.0.0.1", "０.0.0.0", "0", "localhost", "LOCALHOST", "localhost.",
    "db.internal", "printer.local", "[::1]", "[::]", "[::127.0.0.1]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[2002:7f00:1::]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "[fec0::1]", "[fe80::1]", "[fe80::1%25lo]",
    "[fd00:ec2::254]", "[ff02::1]", "[100::1]", "[2001:db8::1]", "[5f00::1]", "10.0.0.1",
    "172.16.0.1", "192.168.1.1", "100.64.0.1", "100.100.100.200", "169.254.169.254",
    "192.0.0.192", "168.63.129.16", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1",
    "255.255.255.255",
]  # fmt: skip
CROOKED = [
    "gopher://example.com/", "file:///etc/passwd", "ftp://example.com/", "//example.com/",
    "http://a@127.0.0.1/", "http://example.com@127.0.0.1/", "http://:p@example.com/",
    "http://example.com:22/", "http://example.com:6379/", "http://example.com:5432/",
    "http://example.com:0/", "http://example.com:99999/", "http://example.com/\r\nX: y",
    "http://example.com/a b", "http://example.com\\@127.0.0.1/", "http://exa mple.com/",
    "http:///path", "http://", "", "http://%31%32%37.0.0.1/", "http://[::1", "\thttp://example.com",
    "http://example.com/" + "a" * 2000,
]  # fmt: skip


@pytest.fixture
def honeypot():
    with listening(kind(b"secret")) as stranger:
        yield stranger


def at(*addresses):
    """A resolver that says this, whatever it is asked."""
    return lambda host, port: list(addresses)


def a_policy(stranger, **given):
    return Policy(**{"loopback_ports": frozenset({stranger.port}), "seconds": 5, **given})


class TestPublicAddresses:
    @pytest.mark.parametrize(
        "address", ["8.8.8.8", "200.160.2.3", "2800:3f0:4001::1", "2606:4700::1111", "1.1.1.1"]
    )
    def test_are_the_internet(self, address):
        assert is_public(ip_address(address))

    @pytest.mark.parametrize(
        "address",
        ["64:ff9b::808:808", "2002:808:808::1", "fec0::1", "::808:808", "100.127.0.1"],
    )
    def test_are_not_what_python_takes_for_global(self, address):
        assert not is_public(ip_address(address))


class TestForbiddenAddresses:
    @pytest.mark.parametrize("host", INSIDE)
    def test_are_refused_when_typed(self, host):
        with pytest.raises(Refusal):
            check_url(f"http://{host}/", policy=Policy())

    @pytest.mark.parametrize("host", INSIDE)
    def test_are_refused_when_called(self, host, honeypot):
        for port in ("", f":{honeypot.port}"):
            with pytest.raises((Refusal, Unavailable)):
                call(Call("GET", f"http://{host}{port}/"), policy=Policy())
        assert honeypot.hits == 0

    @pytest.mark.parametrize("url", CROOKED)
    def test_are_refused_when_crooked(self, url):
        for attempt in (check_url, lambda url: call(Call("GET", url))):
            with pytest.raises(Refusal):
                attempt(url)

    def test_condemn_a_name_that_has_only_one_of_them(self, honeypot):
        policy = Policy(resolve=at("8.8.8.8", "127.0.0.1"))

        with pytest.raises(Forbidden):
            call(Call("GET", "http://example.com/"), policy=policy)
        assert honeypot.hits == 0

    @pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1", "fe80::1%lo"])
    def test_are_refused_behind_an_honest_name(self, address):
        with pytest.raises(Forbidden):
            call(Call("GET", "http://example.com/"), policy=Policy(resolve=at(address)))

    def test_open_no_other_port_of_this_machine(self, honeypot):
        policy = Policy(loopback_ports=frozenset({honeypot.port + 1}))

        with pytest.raises(Forbidden):
            call(Call("GET", honeypot.url()), policy=policy)
        assert honeypot.hits == 0


class TestRebinding:
    def test_has_no_second_answer_to_give(self, honeypot):
        """The name is asked for once, and the connection goes where that answer said."""
        asked = []

        def lying(host, port):
            asked.append(host)
            return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

        answer = call(
            Call("GET", honeypot.url("rebind.example")),
            policy=a_policy(honeypot, resolve=lying),
        )

        assert (answer.status, asked) == (200, ["rebind.example"])

    def test_between_two_calls_is_refused_at_the_second(self, honeypot):
        answers = [["127.0.0.1"], ["127.0.0.1", "169.254.169.254"]]
        policy = a_policy(honeypot, resolve=lambda host, port: answers.pop(0))
        call(Call("GET", honeypot.url("rebind.example")), policy=policy)

        with pytest.raises(Forbidden):
            call(Call("GET", honeypot.url("rebind.example")), policy=policy)
        assert honeypot.hits == 1


class TestRedirects:
    def test_are_answers_when_none_is_allowed(self, honeypot):
        with listening(redirects_to(lambda _: honeypot.url())) as stranger:
            answer = call(Call("POST", stranger.url()), policy=a_policy(stranger))

        assert (answer.status, honeypot.hits) == (302, 0)

    def test_are_checked_at_each_hop(self, honeypot):
        with (
            listening(redirects_to(lambda _: honeypot.url())) as stranger,
            pytest.raises(Forbidden),
        ):
            call(Call("GET", stranger.url()), redirects=3, policy=a_policy(stranger))
        assert honeypot.hits == 0

    @pytest.mark.parametrize("to", ["file:///etc/passwd", "gopher://x/", "http://a@b/"])
    def test_to_a_crooked_address_are_refused(self, to):
        with listening(redirects_to(lambda _: to)) as stranger, pytest.raises(Refusal):
            call(Call("GET", stranger.url()), redirects=3, policy=a_policy(stranger))

    def test_end(self):
        with listening(redirects_to(lambda me: me.url())) as stranger:
            answer = call(Call("GET", stranger.url()), redirects=3, policy=a_policy(stranger))

        assert (answer.status, stranger.hits) == (302, 4)

    def test_keep_what_was_meant_for_one_origin_there(self, honeypot):
        with listening(redirects_to(lambda _: honeypot.url())) as stranger:
            ports = frozenset({stranger.port, honeypot.port})
            asked = Call("GET", stranger.url(), {"Authorization": "Bearer x"})
            call(asked, redirects=1, policy=Policy(loopback_ports=ports))

        assert b"Bearer" in stranger.heard[0]
        assert b"Bearer" not in honeypot.heard[0]


class TestStrangersWhoHoldUs:
    @pytest.mark.parametrize(
        "temper",
        [
            drips(b"", b"H"),
            drips(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
            drips(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
        ],
        ids=["slow first line", "endless headers", "endless preludes"],
    )
    def test_are_let_go_in_time(self, temper):
        began = time.monotonic()
        with listening(temper) as stranger, pytest.raises(Unknown):
            call(Call("POST", stranger.url()), policy=a_policy(stranger, seconds=0.3))
        assert time.monotonic() - began < 1

    def test_have_answered_when_only_their_body_is_slow(self):
        with listening(drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x")) as stranger:
            answer = call(Call("GET", stranger.url()), policy=a_policy(stranger, seconds=0.3))

        assert (answer.status, answer.is_cut) == (200, True)

    def test_are_heard_to_the_first_megabyte(self):
        with listening(pours) as stranger:
            answer = call(Call("GET", stranger.url()), policy=a_policy(stranger))

        assert (len(answer.body), answer.is_cut) == (1_000_000, True)

    def test_send_no_bomb_that_we_unpack(self):
        bomb = gzip.compress(b"0" * 10_000_000)
        with listening(kind(bomb, "200 OK", "Content-Encoding: gzip")) as stranger:
            answer = call(Call("GET", stranger.url()), policy=a_policy(stranger))

        assert answer.body == bomb

    def test_do_not_hold_us_by_a_silent_resolver(self):
        policy = Policy(seconds=0.2, resolve=lambda host, port: time.sleep(2) or [])

        with pytest.raises(Unavailable):
            call(Call("GET", "http://example.com/"), policy=policy)

    def test_who_are_not_there_certainly_did_nothing(self):
        with listening(kind()) as gone:
            pass
        with pytest.raises(Unavailable):
            call(Call("GET", gone.url()), policy=a_policy(gone))


class TestWhatIsSent:
    def test_is_the_name_as_typed_and_nothing_of_the_environment(self, honeypot, monkeypatch):
        monkeypatch.setenv("HTTP_PROXY", "http://10.0.0.1:3128")
        policy = a_policy(honeypot, resolve=at("127.0.0.1"))

        call(
            Call("POST", honeypot.url("pão.example", "/a?b=ç"), {"X-A": "1"}, b"{}"),
            policy=policy,
        )

        (heard,) = honeypot.heard
        assert heard.startswith(b"POST /a?b=%C3%A7 HTTP/1.1\r\n")
        assert f"host: xn--po-sia.example:{honeypot.port}".encode() in heard.lower()
        assert heard.endswith(b"\r\n\r\n{}")

    def test_is_encrypted_for_the_name_and_for_no_other(self):
        authority = trustme.CA()
        tls, trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
        authority.issue_cert("good.example").configure_cert(tls)
        authority.configure_trust(trust)
        with listening(kind(), tls=tls) as stranger:
            policy = a_policy(stranger, resolve=at("127.0.0.1"), trust=trust)

            assert call(Call("GET", stranger.url("good.example")), policy=policy).status == 200
            with pytest.raises(Untrusted):
                call(Call("GET", stranger.url("evil.example")), policy=policy)

    def test_never_leaves_within_a_transaction(self, tenant, honeypot):
        from alicerce.kernel.db import transaction

        with transaction(), pytest.raises(AssertionError, match="inside a transaction"):
            call(Call("GET", honeypot.url()), policy=a_policy(honeypot))
        assert honeypot.hits == 0


class TestDoors:
    def test_are_those_of_the_policy(self):
        policy = Policy(ports=frozenset({443, 2087}))

        check_url("https://example.com:2087/", policy=policy)
        for port in (80, 22):
            with pytest.raises(Forbidden, match="only ports 443 and 2087"):
                check_url(f"http://example.com:{port}/", policy=policy)

    def test_do_not_open_what_is_not_public(self):
        policy = Policy(ports=frozenset({2087}))

        with pytest.raises(Forbidden):
            check_url("https://10.0.0.1:2087/", policy=policy)
