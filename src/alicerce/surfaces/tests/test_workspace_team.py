"""The team's pages: who may open them, and what they do."""

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.hosting.tests.doubles import LettersInMemory
from alicerce.apps.identity.models import User
from alicerce.apps.notify.models import Message
from alicerce.apps.notify.ports import mailers
from alicerce.apps.tenancy.models import Invitation, Membership, Role
from alicerce.apps.tenancy.tests.cast import a_colleague, roles_held, the_invitation
from alicerce.apps.tenancy.tests.factories import a_person
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser

TEAM, ROLES = "/app/equipe/", "/app/equipe/papeis/"
PAGES = [TEAM, ROLES, f"{ROLES}finance/", "/app/equipe/convidar/", "/app/empresa/"]


@pytest.fixture
def support(site):
    """A member who may neither see nor change the team."""
    person = a_person("sol@padaria.example", name="Sol")
    Membership.objects.create(user=person, role="support")
    return browser(person)


@pytest.fixture
def bia(site):
    return a_colleague(site, "finance", "bia")


@pytest.mark.parametrize("url", [*PAGES, "/app/empresa/produtos/", "/app/empresa/cobranca/"])
class TestWhoMayOpen:
    def test_who_administers(self, url, colleague):
        assert colleague.get(url).status_code == 200

    def test_not_a_member_without_the_right(self, url, support):
        page = support.get(url)

        assert page.status_code == 403
        assert 'href="/app/chamados/"' in page.text  # what they may open is still around it

    def test_not_an_operator_of_the_platform(self, url, operator):
        assert operator.get(url).status_code == 403

    def test_a_stranger_is_asked_to_sign_in(self, url, stranger):
        assert stranger.get(url).headers["Location"] == f"/entrar/?next={url}"


class TestRefusal:
    def test_says_what_is_missing_and_who_can_give_it(self, colleague, support):
        mine = Membership.objects.select_related("user").get(role="owner").user

        page = support.get(TEAM).text

        assert "Ver a equipe" in page
        assert mine.name in page
        assert 'href="/app/"' in support.get("/area-do-cliente/").text

    def test_refuses_nothing_to_who_has_just_opened_an_account(self, site):
        page = browser(a_person("bia@example.com")).get("/area-do-cliente/")

        assert "Esta conta ainda não tem nada aqui" in page.text
        assert "Ver os planos" in page.text

    def test_tells_no_names_to_who_does_not_work_here(self, operator, site):
        owner = a_person("dona@padaria.example", name="Dona Padaria")
        Membership.objects.create(user=owner, role="owner")

        page = operator.get(TEAM)

        assert page.status_code == 403
        assert owner.name not in page.text
        assert "Esta conta não entra aqui" in page.text


class TestMember:
    def test_shows_what_they_did_here(self, colleague, bia):
        approve(colleague, colleague.post(f"{TEAM}{bia}/papel/", {"role": "support"}))
        mine = Membership.objects.get(role="owner").user_id

        page = colleague.get(f"{TEAM}{mine}/")

        assert "Papel na equipe mudou" in page.text

    def test_of_another_company_is_not_there(self, colleague, other_tenant):
        with other_tenant as oficina:
            theirs = a_colleague(oficina, "owner", "davi")

        assert colleague.get(f"{TEAM}{theirs}/").status_code == 404
        assert colleague.get(f"{TEAM}{theirs}/remover/").status_code == 404

    def test_under_another_role_may_do_so_at_the_next_request(self, colleague, support):
        sol = Membership.objects.get(role="support").user_id
        assert support.get(TEAM).status_code == 403

        approve(colleague, colleague.post(f"{TEAM}{sol}/papel/", {"role": "read_only"}))
        assert support.get(TEAM).status_code == 200

        approve(colleague, f"{TEAM}{sol}/remover/")
        assert support.get("/app/").status_code == 403

    def test_cannot_raise_themselves(self, support):
        sol = Membership.objects.get(role="support").user_id

        assert support.post(f"{TEAM}{sol}/papel/", {"role": "admin"}).status_code == 403
        assert roles_held()[sol] == "support"

    def test_may_leave_without_any_right(self, colleague, support):
        sol = Membership.objects.get(role="support").user_id
        assert "Sair desta empresa" in support.get(f"{TEAM}sair/").text
        assert 'href="/app/equipe/sair/"' in support.get("/conta/privacidade/apagar/").text

        assert support.post(f"{TEAM}sair/").headers["Location"] == reverse("site:inside")
        assert sol not in roles_held()

    def test_who_owns_the_company_hands_it_over(self, colleague, bia, monkeypatch):
        monkeypatch.setitem(mailers, "smtp", LettersInMemory())
        assert "Bia" in colleague.get(f"{TEAM}titularidade/").text

        approve(colleague, colleague.post(f"{TEAM}titularidade/", {"user_id": str(bia)}))

        assert roles_held()[bia] == "owner"
        assert colleague.get(f"{TEAM}titularidade/").status_code == 404
        run_jobs()
        told = Message.objects.filter(template="ownership_transferred")
        assert set(told.values_list("to", flat=True)) == {
            person.email for person in User.objects.filter(pk__in=roles_held())
        }

    def test_who_owns_the_company_is_led_to_hand_it_over_first(self, bia):
        Membership.objects.filter(user_id=bia).update(role="owner")
        owner = browser(User.objects.get(pk=bia))

        assert "Sair desta empresa" not in owner.get(f"{TEAM}sair/").text
        assert f'href="{TEAM}titularidade/"' in owner.get(f"{TEAM}sair/").text

    def test_fields_that_no_form_has_are_not_read(self, colleague, bia, site):
        asked = colleague.post(
            f"{TEAM}{bia}/papel/",
            {"role": "support", "tenant_id": "x", "user_id": "y", "is_root": "1"},
        )
        approve(colleague, asked)

        row = Membership.objects.get(user_id=bia)
        assert (row.role, row.tenant_id) == ("support", site.id)


class TestInvite:
    def test_answers_alike_whether_the_address_is_known(self, colleague):
        a_person("davi@example.com")
        answers = [
            colleague.post(f"{TEAM}convidar/", {"email": email, "role": "support"}, follow=True)
            for email in ("davi@example.com", "ninguem@example.com")
        ]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert all("O convite está a caminho." in answer.text for answer in answers)

    def test_can_be_sent_again_and_taken_back(self, colleague):
        colleague.post(f"{TEAM}convidar/", {"email": "davi@example.com", "role": "support"})
        invitation = the_invitation()

        colleague.post(f"{TEAM}convites/{invitation.id}/reenviar/")
        colleague.post(f"{TEAM}convites/{invitation.id}/retirar/")

        invitation.refresh_from_db()
        assert (invitation.letters, invitation.status) == (2, "withdrawn")

    def test_keeps_what_was_typed_when_there_is_no_room(self, colleague, monkeypatch):
        monkeypatch.setattr("alicerce.apps.tenancy.services.invite.MOST_OPEN_INVITATIONS", 0)

        answer = colleague.post(
            f"{TEAM}convidar/", {"email": "davi@example.com", "role": "support"}
        )

        assert answer.status_code == 422
        assert 'value="davi@example.com"' in answer.text

    def test_says_what_is_wrong_with_the_form(self, colleague):
        answer = colleague.post(f"{TEAM}convidar/", {"email": "davi", "role": "emperor"})

        assert answer.status_code == 422
        assert not Invitation.objects.exists()


class TestInvitationPage:
    @pytest.fixture
    def url(self, colleague):
        colleague.post(f"{TEAM}convidar/", {"email": "davi@example.com", "role": "support"})
        return f"/convites/{the_invitation().token}/"

    def test_is_the_same_for_a_known_and_an_unknown_address(self, url):
        before = Client().get(url).text
        a_person("davi@example.com")

        assert Client().get(url).text.count("Criar conta") == before.count("Criar conta") == 1

    def test_lets_the_invited_person_in(self, url):
        davi = browser(a_person("davi@example.com"))

        assert "Aceitar convite" in davi.get(url).text
        davi.post(url)

        assert davi.get("/app/").status_code == 200
        assert 'href="/app/"' in davi.get(url).text  # used, and they work here now
        assert davi.get(url).status_code == 410

    def test_makes_an_account_for_somebody_new(self, url):
        visitor = Client()

        answer = visitor.post(url, {"name": "Davi Lima"})
        visitor.post(answer.headers["Location"], {"password": "pão quente às seis"})

        assert visitor.get("/app/").status_code == 200

    def test_does_not_hand_over_an_account_that_is_there(self, url):
        a_person("davi@example.com")

        answer = Client().post(url, {"name": "Outro"})

        assert "entre com ela" in answer.text

    def test_is_nobody_elses(self, url, support):
        assert support.get(url).status_code == 403
        assert support.post(url).status_code == 403
        assert f'name="next" value="{url}"' in support.get(url).text
        assert support.post("/sair/", {"next": url}).headers["Location"] == url
        assert (
            support.post("/sair/", {"next": "//elsewhere.example/"}).headers["Location"] == "/"
        )

    def test_of_no_invitation_is_gone(self, stranger):
        assert stranger.get(f"/convites/{'0' * 64}/").status_code == 410


class TestRoles:
    def test_show_the_difference_before_it_holds(self, colleague, bia):
        wanted = ["workspace:enter", "audit:read"]

        asked = colleague.post(f"{ROLES}finance/", {"permissions": wanted})
        assert not Role.objects.exists()

        approve(colleague, asked, shows=("Passa a poder", "Deixa de poder"))
        assert Role.objects.get().permissions == sorted(wanted)

    def test_that_are_locked_do_not_change(self, colleague):
        approve(colleague, colleague.post(f"{ROLES}owner/", {"permissions": ["audit:read"]}))

        assert not Role.objects.exists()

    def test_are_copied_and_dropped(self, colleague):
        colleague.post(f"{ROLES}copiar/", {"key": "support", "name": "Plantão"})
        assert colleague.get(f"{ROLES}plantao/").status_code == 200

        approve(colleague, f"{ROLES}plantao/apagar/")
        assert colleague.get(f"{ROLES}plantao/").status_code == 404

    def test_says_how_long_sessions_last_the_owners_too(self, colleague):
        assert "como a empresa e a plataforma" in colleague.get(f"{ROLES}owner/").text

        asked = colleague.post(f"{ROLES}owner/sessoes/", {"idle": "15", "absolute": ""})
        approve(colleague, asked, shows=("15 minutos",))

        row = Role.objects.get(key="owner")
        assert (row.idle_minutes, row.absolute_minutes, row.permissions) == (15, None, None)
        assert "15 minutos" in colleague.get(f"{ROLES}owner/").text

    def test_refuses_sessions_out_of_reason(self, colleague):
        answer = colleague.post(
            f"{ROLES}finance/sessoes/", {"idle": "1", "absolute": "9999999"}
        )

        assert answer.status_code == 422

    def test_take_no_permission_that_no_app_declares(self, colleague):
        answer = colleague.post(f"{ROLES}finance/", {"permissions": ["made:up"]})

        assert answer.status_code == 404

    def test_are_read_and_not_written_by_who_may_only_read(self, site):
        person = a_person("leo@padaria.example")
        Membership.objects.create(user=person, role="read_only")
        leo = browser(person)

        assert "checkbox" not in leo.get(f"{ROLES}finance/").text
        assert leo.post(f"{ROLES}finance/", {"permissions": []}).status_code == 403
