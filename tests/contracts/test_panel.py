"""What every panel keeps, whoever makes it: the WHM one over real HTTPS, and the double of our tests."""

from dataclasses import replace

import pytest

from alicerce.apps.hosting.adapters import whm
from alicerce.apps.hosting.ports import PanelRefusal
from alicerce.apps.hosting.tests.doubles import PanelInMemory
from alicerce.apps.hosting.types import NewAccount, RefusalKind, ServerAccess
from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.whm.simulator import whm_app

TOKEN = "T0K3N"
ACCOUNT = NewAccount(
    username="padar001",
    domain="padaria.com.br",
    package="basico",
    contact_email="renata@example.com",
    password="x" * 32,
)


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("tls") / "certificates")


@pytest.fixture
def faults():
    return Faults()


@pytest.fixture
def access(certificates, faults):
    app = whm_app(Store(), faults, token=TOKEN)
    with running(app, certificates) as base_url:
        yield ServerAccess(base_url, "root", TOKEN, certificates.ca.read_text())
        whm.hang_up()


@pytest.fixture
def whm_panel(access):
    return whm.of_access(access)


@pytest.fixture(params=["whm", "memory"])
def panel(request):
    return (
        PanelInMemory() if request.param == "memory" else request.getfixturevalue("whm_panel")
    )


class TestEveryPanel:
    def test_has_no_account_before_one_is_created(self, panel):
        assert panel.account(ACCOUNT.username) is None

    def test_shows_what_was_created(self, panel):
        panel.create_account(ACCOUNT)

        account = panel.account(ACCOUNT.username)
        assert (account.username, account.domain, account.suspended) == (
            ACCOUNT.username,
            ACCOUNT.domain,
            False,
        )

    def test_refuses_a_name_in_use(self, panel):
        panel.create_account(ACCOUNT)

        with pytest.raises(PanelRefusal) as refusal:
            panel.create_account(replace(ACCOUNT, domain="outra.com.br"))

        assert refusal.value.kind == RefusalKind.USERNAME_TAKEN

    def test_refuses_a_domain_that_has_an_account(self, panel):
        panel.create_account(ACCOUNT)

        with pytest.raises(PanelRefusal) as refusal:
            panel.create_account(replace(ACCOUNT, username="outro001"))

        assert refusal.value.kind == RefusalKind.DOMAIN_TAKEN

    def test_counts_accounts_for_the_licence(self, panel):
        before = panel.licence()

        panel.create_account(ACCOUNT)

        assert panel.licence().used == before.used + 1

    def test_starts_a_certificate_check(self, panel):
        panel.create_account(ACCOUNT)

        assert panel.start_autossl(ACCOUNT.username)

    def test_suspends_and_resumes(self, panel):
        panel.create_account(ACCOUNT)

        panel.suspend(ACCOUNT.username, reason="Alicerce: unpaid")
        assert panel.account(ACCOUNT.username).suspended
        panel.resume(ACCOUNT.username)
        assert not panel.account(ACCOUNT.username).suspended

    def test_says_that_it_is_so_already(self, panel):
        panel.create_account(ACCOUNT)
        with pytest.raises(PanelRefusal) as not_suspended:
            panel.resume(ACCOUNT.username)
        panel.suspend(ACCOUNT.username, reason="Alicerce: unpaid")
        with pytest.raises(PanelRefusal) as suspended:
            panel.suspend(ACCOUNT.username, reason="Alicerce: unpaid")

        kinds = {not_suspended.value.kind, suspended.value.kind}
        assert kinds == {RefusalKind.ALREADY_SO}

    def test_changes_packages_and_shows_it(self, panel):
        panel.create_account(ACCOUNT)
        package = "empresarial" if isinstance(panel, whm.WhmPanel) else "max"

        panel.change_package(ACCOUNT.username, package=package)

        assert panel.account(ACCOUNT.username).package == package
        assert panel.quota_of(package) is None

    def test_knows_no_quota_of_a_package_it_does_not_have(self, panel):
        with pytest.raises(PanelRefusal) as refusal:
            panel.quota_of("ouro")

        assert refusal.value.kind == RefusalKind.PERMANENT

    def test_lists_and_removes_accounts(self, panel):
        panel.create_account(ACCOUNT)
        assert [a.username for a in panel.list_accounts()] == [ACCOUNT.username]

        panel.remove(ACCOUNT.username)

        assert panel.list_accounts() == []
        assert panel.account(ACCOUNT.username) is None

    def test_tells_its_version(self, panel):
        assert panel.version()


class TestWhm:
    @pytest.mark.parametrize(
        ("fault", "outcome"),
        [
            ("create_then_drop", Unknown),
            ("create_then_hang", Unknown),
            ("html", Unknown),
            ("down", Unknown),
            ("busy", Unavailable),
            ("refuse", Refusal),
            ("forbidden", Refusal),
        ],
    )
    def test_ends_every_creation_in_one_of_three_ways(self, whm_panel, faults, fault, outcome):
        faults.arm(fault, match="createacct")

        with pytest.raises(outcome):
            whm_panel.create_account(ACCOUNT)

    def test_does_nothing_when_nobody_listens(self, access):
        panel = whm.of_access(replace(access, base_url="https://127.0.0.1:9"))

        with pytest.raises(Unavailable):
            panel.create_account(ACCOUNT)

    def test_talks_only_to_the_certificate_that_was_pinned(self, access):
        panel = whm.of_access(replace(access, ca_pem=""))

        with pytest.raises(Unavailable):
            panel.version()

    def test_refuses_a_wrong_token_without_saying_it(self, access):
        panel = whm.of_access(replace(access, token="WR0NG"))

        with pytest.raises(Refusal) as refusal:
            panel.version()

        assert "WR0NG" not in str(refusal.value)

    def test_leaves_no_password_in_what_was_recorded(self, whm_panel, faults):
        whm_panel.create_account(ACCOUNT)

        (call,) = [call for call in faults.calls if call.operation == "createacct"]
        assert ACCOUNT.password not in str(call.params)


class TestReasons:
    @pytest.mark.parametrize(
        ("reason", "kind"),
        [
            ("Sorry, the username “x” is already in use on this system.", "username_taken"),
            ("This system already has an account named “x”.", "username_taken"),
            ("Sorry, a group for that username already exists.", "username_taken"),
            ("Sorry, the domain “x.com” already exists on this server.", "domain_taken"),
            ("The domain “user.com” is already owned by another user.", "domain_taken"),
            ("Sorry, a DNS entry for the domain x.com already exists.", "domain_taken"),
            ("The package “pro” does not exist.", "permanent"),
            ("“x y” is not a valid domain name.", "permanent"),
            ("“testx” is not a valid username on this system.", "name_unusable"),
            (
                (
                    "The name of another account on this server has the same initial 8 characters"
                    " (“padar001”) as “padar0012”."
                ),
                "name_unusable",
            ),
            ("Your license permits only 5 accounts on this server.", "server_full"),
            ("The account “padar001” is already suspended.", "already_so"),
            ("The account “padar001” is not suspended.", "already_so"),
            ("The server is under maintenance. Try again later.", "other"),
        ],
    )
    def test_are_read_for_what_they_are_about(self, reason, kind):
        assert whm.kind_of(reason) == kind
