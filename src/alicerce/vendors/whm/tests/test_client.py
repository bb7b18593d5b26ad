"""The client against the simulated server, over real HTTPS."""

import pytest

from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.vendors.whm.client import WhmClient
from alicerce.vendors.whm.outcomes import BadCertificate, BadCredentials, ZoneChanged
from alicerce.vendors.whm.records import read_size
from alicerce.vendors.whm.zones import NewRecord

from .conftest import TOKEN


class TestAccounts:
    def test_creates_an_account_and_finds_it(self, client, create):
        created = create()
        account = client.accountsummary("padaria1")

        assert created.package == "basico"
        assert created.nameservers == ("ns1.hospedagem.example", "ns2.hospedagem.example")
        assert (account.domain, account.plan, account.owner) == (
            "padaria.com.br",
            "basico",
            "root",
        )
        assert not account.suspended

    def test_knows_that_there_is_no_account(self, client):
        assert client.accountsummary("ninguem") is None

    def test_lists_and_counts_accounts(self, client, create):
        create()
        create(username="outra123", domain="outra.com.br")

        assert [account.user for account in client.listaccts()] == ["padaria1", "outra123"]
        assert client.get_current_users_count() == 2
        assert client.get_maximum_users() == 3

    def test_tells_sizes_in_bytes_and_no_limit_as_none(self, client, create, machine):
        create()
        assert client.accountsummary("padaria1").disk_limit is None

        machine.fill("padaria1", megabytes=14, limit="500M")
        account = client.accountsummary("padaria1")

        assert (account.disk_used, account.disk_limit) == (14 << 20, 500 << 20)

    def test_tells_the_domains_of_one_account_only(self, client, create, machine):
        create()
        create(username="outra123", domain="outra.com.br")
        machine.add_domain("padaria1", "loja.com.br")
        machine.add_domain("padaria1", "pao.com.br", kind="parked")

        found = client.get_domain_info("padaria1")

        assert [(each.name, each.kind) for each in found] == [
            ("padaria.com.br", "main"),
            ("loja.com.br", "addon"),
            ("pao.com.br", "parked"),
        ]
        with pytest.raises(Refusal, match="already exists"):
            create(username="terceira", domain="loja.com.br")

    def test_suspends_and_lifts_the_suspension(self, client, create):
        create()
        client.suspendacct("padaria1", reason="em atraso")
        suspended = client.accountsummary("padaria1")
        client.unsuspendacct("padaria1")

        assert (suspended.suspended, suspended.suspend_reason) == (True, "em atraso")
        assert not client.accountsummary("padaria1").suspended

    def test_removes_an_account_with_its_zone(self, client, create):
        create()
        client.removeacct("padaria1")

        assert client.accountsummary("padaria1") is None
        assert client.parse_dns_zone("padaria.com.br") is None
        create()

    def test_changes_a_password(self, client, create):
        create()
        client.passwd("padaria1", password="outra senha comprida")

        with pytest.raises(Refusal, match="weak"):
            client.passwd("padaria1", password="curta")

    def test_opens_a_session_that_does_not_show(self, client, create):
        create()
        session = client.create_user_session("padaria1")

        assert "cpsess" in session.url
        assert session.url not in repr(session)

    def test_starts_a_certificate_check(self, client, create):
        create()

        assert client.start_autossl_check_for_one_user("padaria1") > 0

    def test_tells_its_version_and_packages(self, client):
        assert client.version().startswith("11.")
        assert client.listpkgs() == ["basico", "profissional", "empresarial"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("wanted", "reason"),
        [
            ({"username": "1padaria"}, "not a valid username"),
            ({"username": "testapad"}, "not a valid username"),
            ({"username": "a" * 17}, "not a valid username"),
            ({"username": "root"}, "reserved"),
            ({"domain": "padaria"}, "not a valid domain"),
            ({"plan": "ouro"}, "package “ouro” does not exist"),
        ],
    )
    def test_refuses_what_whm_refuses(self, create, wanted, reason):
        with pytest.raises(Refusal, match=reason):
            create(**wanted)

    def test_refuses_a_taken_name_domain_or_beginning(self, create):
        create(username="padaria1x")

        with pytest.raises(Refusal, match=r"username .* is already in use"):
            create(username="padaria1x", domain="outra.com.br")
        with pytest.raises(Refusal, match=r"domain .* already exists"):
            create(username="outra123")
        with pytest.raises(Refusal, match="same initial 8"):
            create(username="padaria1y", domain="outra.com.br")

    def test_refuses_beyond_the_licence(self, create):
        for letter in "abc":
            create(username=f"{letter}padaria", domain=f"{letter}.com.br")

        with pytest.raises(Refusal, match="license"):
            create()

    def test_verifies_a_name_before_it_is_used(self, client, create):
        client.verify_new_username("padaria1")
        create()

        with pytest.raises(Refusal, match="in use"):
            client.verify_new_username("padaria1")


class TestZones:
    def test_reads_the_zone_that_comes_with_an_account(self, client, create):
        create()
        zone = client.parse_dns_zone("padaria.com.br")
        found = {(r.name, r.type): r.values for r in zone.records}

        assert found["padaria.com.br", "A"] == ("203.0.113.10",)
        assert found["www.padaria.com.br", "CNAME"] == ("padaria.com.br",)
        assert found["padaria.com.br", "MX"] == ("0", "padaria.com.br")
        assert zone.serial.isdigit()

    def test_edits_what_still_has_its_serial(self, client, create):
        create()
        zone = client.parse_dns_zone("padaria.com.br")
        ftp = next(r for r in zone.records if r.name == "ftp.padaria.com.br")
        www = next(r for r in zone.records if r.name == "www.padaria.com.br")
        serial = client.mass_edit_dns_zone(
            zone.name,
            serial=zone.serial,
            add=[NewRecord("padaria.com.br", "TXT", ("v=spf1 -all",), 3600)],
            edit={www.line: NewRecord(www.name, "A", ("203.0.113.9",), 300)},
            remove=[ftp.line],
        )
        after = client.parse_dns_zone(zone.name)
        found = {(r.name, r.type): r.values for r in after.records}

        assert after.serial == serial != zone.serial
        assert found["padaria.com.br", "TXT"] == ("v=spf1 -all",)
        assert found["www.padaria.com.br", "A"] == ("203.0.113.9",)
        assert ("ftp.padaria.com.br", "A") not in found

    def test_refuses_an_edit_of_a_zone_that_changed(self, client, create):
        create()
        zone = client.parse_dns_zone("padaria.com.br")
        record = NewRecord("a.padaria.com.br", "A", ("203.0.113.9",), 300)
        client.mass_edit_dns_zone(zone.name, serial=zone.serial, add=[record])

        with pytest.raises(ZoneChanged):
            client.mass_edit_dns_zone(zone.name, serial=zone.serial, add=[record])

    @pytest.mark.parametrize(
        "record",
        [
            NewRecord("a.padaria.com.br", "A", ("203.0.113",), 300),
            NewRecord("www.padaria.com.br", "A", ("203.0.113.9",), 300),
            NewRecord("a.outra.com.br", "A", ("203.0.113.9",), 300),
            NewRecord("a.padaria.com.br", "MX", ("mail.padaria.com.br",), 300),
            NewRecord("a.padaria.com.br", "TXT", ("x" * 256,), 300),
        ],
    )
    def test_refuses_a_record_that_is_wrong(self, client, create, record):
        create()
        zone = client.parse_dns_zone("padaria.com.br")

        with pytest.raises(Refusal):
            client.mass_edit_dns_zone(zone.name, serial=zone.serial, add=[record])
        assert client.parse_dns_zone(zone.name) == zone

    def test_makes_a_zone_without_an_account(self, client):
        client.adddns(domain="vazio.com.br", ip="203.0.113.7")

        assert client.parse_dns_zone("vazio.com.br").name == "vazio.com.br"


class TestOutcomes:
    """What each way of going wrong means to who asked."""

    def test_may_have_created_what_hangs(self, client, create, faults):
        faults.arm("create_then_hang")

        with pytest.raises(Unknown):
            create()
        assert client.accountsummary("padaria1").domain == "padaria.com.br"

    def test_may_have_created_what_drops(self, client, create, faults):
        faults.arm("create_then_drop")

        with pytest.raises(Unknown):
            create()
        assert client.accountsummary("padaria1").domain == "padaria.com.br"

    @pytest.mark.parametrize("fault", ["hang_before", "down", "html"])
    def test_does_not_know_either_when_nothing_was_done(self, client, create, faults, fault):
        faults.arm(fault, match="createacct")

        with pytest.raises(Unknown):
            create()
        assert client.accountsummary("padaria1") is None

    def test_reads_a_refusal_without_its_html(self, client, faults):
        faults.arm("refuse")

        with pytest.raises(Refusal) as refused:
            client.version()
        assert str(refused.value) == (
            "Error: the server is under maintenance. Try again later."
        )

    def test_waits_when_the_server_is_busy(self, client, faults):
        faults.arm("busy")

        with pytest.raises(Unavailable):
            client.version()

    def test_knows_that_its_token_is_not_welcome(self, client, faults):
        faults.arm("forbidden")

        with pytest.raises(BadCredentials, match="Access denied"):
            client.version()

    def test_does_not_take_a_refusal_for_an_absence(self, client, faults):
        faults.arm("refuse", match="accountsummary")

        with pytest.raises(Refusal):
            client.accountsummary("padaria1")

    def test_meets_a_foreign_account_with_its_name(self, client, create, faults):
        faults.arm("foreign")

        with pytest.raises(Refusal, match="in use"):
            create()
        assert client.accountsummary("padaria1").domain != "padaria.com.br"

    def test_meets_a_half_made_account(self, client, create, faults):
        faults.arm("half_made")

        for _ in range(2):
            with pytest.raises(Refusal, match="in use"):
                create()
        assert client.accountsummary("padaria1") is None

    def test_is_unavailable_when_nobody_listens(self):
        nobody = WhmClient(base_url="https://127.0.0.1:9", username="root", token="x")
        with nobody, pytest.raises(Unavailable):
            nobody.version()


class TestChanges:
    def test_move_an_account_to_another_package(self, client, create, machine):
        machine.limit_package("empresarial", "2048")
        create()

        client.changepackage("padaria1", pkg="empresarial")

        account = client.accountsummary("padaria1")
        assert (account.plan, account.disk_limit) == ("empresarial", 2048 << 20)

    def test_know_what_a_package_permits(self, client, machine):
        machine.limit_package("basico", "500")

        assert client.getpkginfo("basico").quota == 500 << 20
        assert client.getpkginfo("empresarial").quota is None
        assert client.getpkginfo("ouro") is None

    def test_to_an_unknown_package_are_refused(self, client, create):
        create()

        with pytest.raises(Refusal, match="does not exist"):
            client.changepackage("padaria1", pkg="ouro")

    def test_that_are_so_already_are_refused(self, client, create):
        create()
        with pytest.raises(Refusal, match="not suspended"):
            client.unsuspendacct("padaria1")
        client.suspendacct("padaria1", reason="em atraso")

        with pytest.raises(Refusal, match="already suspended"):
            client.suspendacct("padaria1", reason="em atraso")
        assert client.accountsummary("padaria1").suspend_reason == "em atraso"

    @pytest.mark.parametrize("fault", ["change_then_hang", "change_then_drop"])
    @pytest.mark.parametrize("change", ["suspendacct", "changepackage", "removeacct"])
    def test_may_be_done_though_nobody_answers(self, client, create, faults, fault, change):
        create()
        faults.arm(fault, match=change)
        options = {"suspendacct": {"reason": "x"}, "changepackage": {"pkg": "empresarial"}}

        with pytest.raises(Unknown):
            getattr(client, change)("padaria1", **options.get(change, {}))

        after = client.accountsummary("padaria1")
        assert {
            "suspendacct": lambda: after.suspended,
            "changepackage": lambda: after.plan == "empresarial",
            "removeacct": lambda: after is None,
        }[change]()


class TestSecrets:
    def test_does_not_talk_to_a_server_it_does_not_trust(self, server):
        stranger = WhmClient(base_url=server, username="root", token=TOKEN)
        with stranger, pytest.raises(Unavailable):
            stranger.version()

    def test_trusts_the_certificate_itself_when_that_is_pinned(self, server, certificates):
        pinned = certificates.server_cert.read_text()
        with WhmClient(base_url=server, username="root", token=TOKEN, ca_pem=pinned) as client:
            assert client.version()

    @pytest.mark.parametrize("pem", ["nonsense", "certificação"])
    def test_refuses_a_pin_that_is_no_certificate(self, pem):
        with pytest.raises(BadCertificate):
            WhmClient(base_url="https://127.0.0.1:9", username="root", token="x", ca_pem=pem)

    def test_is_denied_with_another_token(self, server, certificates):
        ca_pem = certificates.ca.read_text()
        thief = WhmClient(base_url=server, username="root", token="wrong", ca_pem=ca_pem)
        with thief, pytest.raises(BadCredentials):
            thief.version()

    def test_shows_no_token(self, client):
        assert TOKEN not in repr(client)

    def test_leaves_no_password_in_what_the_simulator_shows(self, create, faults):
        create()

        assert "uma senha comprida" not in str([call.as_json() for call in faults.calls])


class TestSizes:
    @pytest.mark.parametrize(
        ("said", "size"),
        [
            ("14M", 14 << 20),
            ("2G", 2 << 30),
            ("7k", 7 << 10),
            ("500", 500 << 20),
            (0, 0),
            ("unlimited", None),
            ("*unknown*", None),
            ("none", None),
            (None, None),
        ],
    )
    def test_are_read_as_whm_writes_them(self, said, size):
        assert read_size(said) == size
