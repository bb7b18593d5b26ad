"""Servers: typed by people, asked by jobs, opened and closed."""

import dataclasses
import json
from dataclasses import replace

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.catalog.errors import Undeliverable
from alicerce.apps.catalog.models import Plan
from alicerce.apps.catalog.services.publish_plan import create_plan
from alicerce.apps.catalog.tests.factories import a_plan_form, a_price
from alicerce.apps.hosting import queries  # noqa: F401 - the package must import by itself
from alicerce.apps.hosting.errors import BadServer, ServerNameTaken
from alicerce.apps.hosting.events import ServerPackagesChanged
from alicerce.apps.hosting.jobs import look_at_servers
from alicerce.apps.hosting.models import Server
from alicerce.apps.hosting.ports import PanelRefusal
from alicerce.apps.hosting.queries.packages import plans_without_package
from alicerce.apps.hosting.queries.servers import (
    seats_by_pool,
    server_row,
    servers,
    servers_everywhere,
)
from alicerce.apps.hosting.services.accept_accounts import accept_accounts
from alicerce.apps.hosting.services.check_server import check_server
from alicerce.apps.hosting.services.register_server import (
    ServerForm,
    register_server,
    update_server,
)
from alicerce.apps.hosting.tests.factories import NOON, TOKEN, a_server, a_service
from alicerce.apps.hosting.types import Licence
from alicerce.kernel.http import Unavailable
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant", "panel")


def a_form(**given):
    facts = {
        "name": "sp-01",
        "hostname": "sp-01.padaria.example",
        "base_url": "https://sp-01.padaria.example:2087/",
        "ip": "192.0.2.10",
        "max_accounts": 300,
        "nameservers": ("ns1.padaria.example", "ns2.padaria.example"),
        "token": TOKEN,
        "region": "São Paulo",
    }
    return ServerForm(**{**facts, **given})


class TestRegisterServer:
    def test_seals_the_token_and_asks_for_a_check(self, published):
        server = Server.objects.get(pk=register_server(form=a_form(), at=NOON))

        assert TOKEN.encode() not in bytes(server.token)
        assert server.access().token == TOKEN
        assert server.base_url == "https://sp-01.padaria.example:2087"
        assert "server.check_due" in [event.name for event in published]

    def test_never_shows_the_token(self):
        server = Server.objects.get(pk=register_server(form=a_form(), at=NOON))

        audited = json.dumps([[e.before, e.after] for e in Entry.objects.all()], default=str)
        assert TOKEN not in audited + repr(server.access()) + repr(a_form())

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("base_url", "http://sp-01.padaria.example:2087"),
            ("base_url", "https://root:segredo@sp-01.padaria.example"),
            ("base_url", "https://sp-01.padaria.example/json-api"),
            ("base_url", "https://sp-01.padaria.example:porta"),
            ("base_url", "https://sp-01"),
            ("base_url", "https://169.254.169.254"),
            ("hostname", "https://sp-01.padaria.example"),
            ("hostname", "sp-01.padaria.example:2087"),
            ("hostname", "metadata.google.internal"),
            ("nameservers", ("ns1.padaria.example", "ns2")),
            ("token", ""),
            ("ip", "192.0.2"),
            ("ip", "169.254.169.254"),
            ("max_accounts", 0),
            ("max_concurrent", 0),
            ("ca_pem", "não é um certificado"),
        ],
    )
    def test_refuses_what_cannot_work_and_says_where(self, field, value):
        with pytest.raises(BadServer) as refusal:
            register_server(form=a_form(**{field: value}), at=NOON)

        assert refusal.value.field == field

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("base_url", "https://127.0.0.1:8102"),
            ("hostname", "localhost"),
            ("ip", "127.0.0.1"),
        ],
    )
    def test_takes_this_machine_for_a_server_only_where_simulators_live(
        self, settings, field, value
    ):
        form = a_form(**{field: value})
        register_server(form=form, at=NOON)

        settings.SERVERS_MAY_BE_HERE = False
        with pytest.raises(BadServer) as refusal:
            register_server(form=form, at=NOON)

        assert refusal.value.field == field

    def test_refuses_a_name_in_use(self):
        register_server(form=a_form(), at=NOON)

        with pytest.raises(ServerNameTaken):
            register_server(form=a_form(), at=NOON)


class TestUpdateServer:
    def test_keeps_the_token_that_is_not_typed_again(self):
        server_id = register_server(form=a_form(), at=NOON)

        update_server(server_id=server_id, form=a_form(token="", max_accounts=400), at=NOON)

        server = Server.objects.get(pk=server_id)
        assert (server.access().token, server.max_accounts) == (TOKEN, 400)
        assert Entry.objects.get(action="server.updated").before["max_accounts"] == 300

    def test_cannot_reach_the_neighbours_server(self, other_tenant):
        with other_tenant:
            theirs = a_server()

        with pytest.raises(Server.DoesNotExist):
            update_server(server_id=theirs.id, form=a_form(), at=NOON)


class TestCheckServer:
    def test_shows_version_and_licence(self, panel):
        server = a_server()
        panel.seats = Licence(limit=100, used=37)

        check_server(server_id=server.id, at=NOON)

        row = server_row(server.id)
        assert (row.version, row.licence_limit, row.licence_used) == ("11.138.0", 100, 37)
        assert row.check_error == ""

    def test_reads_the_packages_that_plans_may_name(self, panel, published):
        server = a_server()
        form = a_plan_form(spec={"package": "nada", "region": ""})
        create_plan(form=form, at=NOON)  # nobody knows yet what the server has

        for _twice in range(2):
            check_server(server_id=server.id, at=NOON)
        told = [one for one in published if isinstance(one, ServerPackagesChanged)]
        assert [one.packages for one in told] == [("max", "pro")]
        with pytest.raises(Undeliverable) as refused:
            create_plan(form=form, at=NOON)
        assert refused.value.field == "spec_package"
        create_plan(form=replace(form, is_visible=False), at=NOON)
        plan_id = create_plan(
            form=replace(form, spec={"package": "max", "region": ""}), at=NOON
        )
        a_price(plan=Plan.objects.get(pk=plan_id))
        assert plans_without_package() == []

        del panel.quotas["max"]
        check_server(server_id=server.id, at=NOON)
        assert [plan.plan_id for plan in plans_without_package()] == [plan_id]
        assert seats_by_pool(region="", package="max", at=NOON) == []

        panel.before["list_packages"] = [PanelRefusal("acl")]
        check_server(server_id=server.id, at=NOON)
        row = server_row(server.id)
        assert (row.status, row.packages) == ("active", ("pro",))

    def test_shows_what_went_wrong_and_recovers(self, panel):
        server = a_server()
        panel.before["version"] = [Unavailable("recusou a conexão")]

        check_server(server_id=server.id, at=NOON)
        assert server_row(server.id).status == "down"
        assert server_row(server.id).check_error == "recusou a conexão"
        assert "Confira se ele está ligado" in server_row(server.id).trouble

        check_server(server_id=server.id, at=NOON)
        assert server_row(server.id).status == "active"


class TestAcceptAccounts:
    def test_closes_and_opens(self):
        server = a_server()

        for accepting in (False, False, True):
            accept_accounts(server_id=server.id, accepting=accepting, at=NOON)

        actions = Entry.objects.filter(entity="server").values_list("action", flat=True)
        assert sorted(actions) == ["server.closed", "server.opened"]


class TestServerRows:
    def test_count_what_lives_there(self):
        server = a_server(max_accounts=4)
        service = a_service()
        service.place(server)

        (row,) = servers()

        assert (row.accounts, row.fill_percent) == (1, 25)

    def test_show_an_operator_every_tenant_and_a_tenant_its_own(self, other_tenant):
        a_server()
        with other_tenant:
            a_server()

        assert len(servers()) == 1
        assert len({row.tenant_id for row in servers_everywhere()}) == 2

    def test_carry_no_secret(self):
        server = a_server()

        fields = dataclasses.asdict(server_row(server.id))
        assert TOKEN not in str(fields)
        assert not {"token", "ca_pem"} & set(fields)


class TestTheClock:
    def test_looks_at_every_server_of_every_tenant(self, panel, other_tenant):
        mine = a_server()
        with other_tenant:
            theirs = a_server().id

        look_at_servers()
        run_jobs()

        assert panel.asked.count("version") == 2
        assert server_row(mine.id).checked_at is not None
        assert server_row(theirs) is None

    def test_finds_a_server_that_came_back(self, panel):
        server = a_server(status="down")

        look_at_servers()
        run_jobs()

        assert server_row(server.id).status == "active"
