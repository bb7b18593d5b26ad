"""The life of a host name: claimed, proven, asked about again, taken by its true owner, lost."""

from datetime import timedelta

import pytest

from alicerce.apps.hostnames.errors import (
    AlreadyAttached,
    BadHostName,
    HostNameIsOver,
    NotInRehearsal,
    NotProven,
    PlatformsName,
)
from alicerce.apps.hostnames.jobs import find_due_host_names
from alicerce.apps.hostnames.models import HostName
from alicerce.apps.hostnames.queries.names import find_host_name
from alicerce.apps.hostnames.rules import GIVES_UP, GRACE, host_name, pause_after
from alicerce.apps.hostnames.services.attach import (
    attach_host_name,
    detach_host_name,
    look_again,
    put_back,
    put_first,
)
from alicerce.apps.hostnames.services.look import call_due
from alicerce.apps.hostnames.tests.conftest import LOJA, NOON
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.notify.models import Message
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import Host, Tenant
from alicerce.apps.tenancy.tests.factories import a_member, a_tenant
from alicerce.kernel.brazil import BadDomain

HOUR = timedelta(hours=1)
GIVEN = "padaria.nuvem.example"


def leads_to(domain=LOJA):
    return tenancy.tenant_of_host(domain)


@pytest.fixture
def platform(db):
    root = a_tenant("raiz", is_root=True)
    Host.objects.create(
        tenant_id=root.id, domain="nuvem.example", base_url="https://nuvem.example:8443"
    )
    return root


@pytest.fixture
def given(platform, tenant):
    return Host.objects.create(
        tenant_id=tenant.id, domain=GIVEN, base_url=f"https://{GIVEN}", is_primary=True
    )


class TestAttaching:
    def test_leads_nowhere_before_it_is_proven(self, tenant, claim, published):
        mine = claim()
        assert (mine.look(), mine.row.finding, leads_to()) == ("waiting", "no_record", None)

        mine.show("alicerce-verify=de-outra-pessoa")
        assert (mine.look(), mine.row.finding) == ("waiting", "other_record")

        mine.show("v=spf1 -all", mine.proof)
        mine.dns.put(LOJA, "CNAME", [GIVEN])
        assert (mine.look(), leads_to()) == ("active", tenant.id)
        assert "host_name.verified" in [fact.name for fact in published]

    def test_shows_what_to_write_and_says_whether_it_points_here(self, given, claim, settings):
        settings.PUBLIC_ADDRESSES = ("192.0.2.7",)
        mine = claim()
        wanted = [(r.type, r.name, r.value) for r in find_host_name(mine.id).records]
        assert wanted == [
            ("TXT", f"_alicerce-challenge.{LOJA}", mine.proof),
            ("CNAME", LOJA, GIVEN),
            ("A", LOJA, "192.0.2.7"),
        ]

        mine.show(mine.proof)
        mine.look()
        assert mine.row.points_here is False
        mine.dns.put(LOJA, "CNAME", [GIVEN])
        mine.dns.put(GIVEN, "A", ["192.0.2.9"])
        mine.look()
        assert mine.row.points_here is True
        assert find_host_name(mine.id).url == f"https://{LOJA}:8443"

    def test_a_platform_without_a_name_is_reached_by_its_address(
        self, platform, tenant, claim, settings
    ):
        settings.PUBLIC_ADDRESSES = ("192.0.2.7",)
        Host.objects.create(
            tenant_id=tenant.id, domain="127.0.0.1", base_url="http://127.0.0.1"
        )
        mine = claim()
        wanted = [(r.type, r.value) for r in find_host_name(mine.id).records]
        assert wanted[1:] == [("A", "127.0.0.1"), ("A", "192.0.2.7")]

        mine.show(mine.proof)
        mine.dns.put(LOJA, "A", ["127.0.0.1"])
        mine.look()
        assert mine.row.points_here is True

    def test_refuses_what_is_no_name_or_the_platforms(self, given, claim):
        claim()
        for typed, refusal in [
            ("https://loja.padaria.com.br/x", BadHostName),
            ("127.0.0.1", BadHostName),
            ("localhost", BadHostName),
            ("padaria", BadHostName),
            ("nuvem.example", BadHostName),
            (LOJA.upper(), AlreadyAttached),
        ]:
            with pytest.raises(refusal):
                attach_host_name(typed=typed, at=NOON)

    def test_refuses_the_platforms_names_and_whatever_is_below(self, tenant, db):
        root = a_tenant("raiz", is_root=True)
        Host.objects.create(tenant_id=root.id, domain="nuvem.net", base_url="https://nuvem.net")
        for typed in ("nuvem.net", "outra.nuvem.net"):
            with pytest.raises(PlatformsName):
                attach_host_name(typed=typed, at=NOON)

    def test_refuses_a_sandbox(self, tenant, other_tenant):
        with other_tenant as twin:
            Tenant.objects.filter(pk=twin.id).update(sandbox_of=tenant.id)
            with pytest.raises(NotInRehearsal):
                attach_host_name(typed=LOJA, at=NOON)

    def test_gives_up_in_the_end_and_begins_anew_with_another_token(self, tenant, claim):
        mine = claim()
        assert mine.look(NOON + GIVES_UP - HOUR) == "waiting"
        assert mine.look(NOON + GIVES_UP) == "failed"
        assert mine.row.next_at is None
        with pytest.raises(HostNameIsOver):
            look_again(name_id=mine.id, at=NOON)

        again = claim()
        again.show(mine.proof)
        assert again.row.token != mine.row.token
        assert again.look() == "waiting"


class TestTheTrueOwner:
    def test_is_blocked_by_no_claim_and_takes_the_name_from_who_lost_the_proof(
        self, tenant, other_tenant, claim
    ):
        a_member(tenant, a_person("ana@padaria.example"), "owner")
        squatter = claim()
        squatter.show(squatter.proof)
        assert squatter.look() == "active"
        proof = squatter.proof

        with other_tenant as owner:
            theirs = claim()
            theirs.show(proof, theirs.proof)
            assert (theirs.look(), theirs.row.finding) == ("waiting", "held")
            assert leads_to() == tenant.id

            theirs.show(theirs.proof)
            assert theirs.look(NOON + HOUR) == "active"
            assert leads_to() == owner.id
        assert squatter.row.state == "lapsed"
        assert leads_to() != tenant.id
        assert Message.objects.count() == 1

    def test_keeps_a_detached_name_from_whoever_only_has_the_alias(
        self, tenant, other_tenant, claim
    ):
        mine = claim()
        mine.show(mine.proof)
        mine.dns.put(LOJA, "CNAME", [GIVEN])
        mine.look()
        detach_host_name(name_id=mine.id, at=NOON)
        assert leads_to() is None

        with other_tenant:
            theirs = claim()
            assert (theirs.look(), theirs.row.finding) == ("waiting", "other_record")


class TestAskingAgain:
    @pytest.fixture
    def mine(self, tenant, given, claim):
        a_member(tenant, a_person("ana@padaria.example"), "owner")
        mine = claim()
        mine.show(mine.proof)
        mine.look()
        put_first(name_id=mine.id, at=NOON)
        return mine

    def test_warns_then_loses_what_is_not_proven_any_more(self, tenant, mine):
        mine.show()
        gone = NOON + 12 * HOUR
        assert mine.look(gone) == "at_risk"
        assert mine.look(gone + HOUR) == "at_risk"
        assert (leads_to(), Message.objects.count()) == (tenant.id, 1)
        assert mine.row.lapses_at == gone + GRACE

        assert mine.look(gone + GRACE) == "lapsed"
        assert (leads_to(), Message.objects.count()) == (None, 2)
        assert tenancy.tenant_card().base_url == f"https://{GIVEN}"

    def test_forgives_what_comes_back(self, mine):
        mine.show()
        mine.look(NOON + 12 * HOUR)
        mine.show(mine.proof)
        assert mine.look(NOON + 20 * HOUR) == "active"
        assert mine.row.lapses_at is None

    def test_takes_silence_for_no_answer_until_it_lasts(self, tenant, mine):
        mine.dns.faults.arm("servfail", times=40)
        assert mine.look(NOON + 12 * HOUR) == "active"
        assert mine.row.finding == "no_answer"
        assert mine.look(NOON + 49 * HOUR) == "at_risk"
        assert mine.look(NOON + timedelta(days=13)) == "at_risk"
        assert mine.look(NOON + timedelta(days=14)) == "lapsed"
        assert leads_to() is None

    def test_finds_what_is_due_once(self, tenant, mine, published):
        later = NOON + 13 * HOUR
        assert [call_due(at=later), call_due(at=later)] == [1, 0]
        assert [fact.name for fact in published if fact.is_internal][-1] == "host_name.look_due"
        find_due_host_names()


class TestLinks:
    def test_begin_with_the_name_only_while_it_is_proven(self, tenant, given, claim):
        mine = claim()
        with pytest.raises(NotProven):
            put_first(name_id=mine.id, at=NOON)
        mine.show(mine.proof)
        mine.look()
        assert tenancy.tenant_card().base_url == f"https://{GIVEN}"

        put_first(name_id=mine.id, at=NOON)
        assert tenancy.tenant_card().base_url == f"https://{LOJA}:8443"
        put_back(name_id=mine.id, at=NOON)
        assert tenancy.tenant_card().base_url == f"https://{GIVEN}"

    def test_of_another_company_are_changed_by_nobody_else(self, tenant, other_tenant, claim):
        mine = claim()
        mine.show(mine.proof)
        mine.look()
        with other_tenant:
            assert not tenancy.lead_no_more(domain=LOJA)
            assert not Host.objects.filter(domain=LOJA).update(base_url="https://mal.example")
            assert not HostName.objects.filter(pk=mine.id).exists()
        assert leads_to() == tenant.id


class TestRules:
    def test_keep_www_and_speak_punycode(self):
        assert host_name("WWW.Pão.com.br.") == "www.xn--po-sia.com.br"
        for typed in ("a_b.com.br", "*.com.br", "x" * 60 + "." + ".".join(["y" * 60] * 3)):
            with pytest.raises(BadDomain):
                host_name(typed)

    def test_pauses_grow_and_end(self):
        pauses = [pause_after(timedelta(minutes=m)) for m in (0, 30, 300, 5000)]
        assert pauses == sorted(pauses)
        assert pause_after(GIVES_UP) is None
