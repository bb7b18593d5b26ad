"""Where a person is signed in, and for how long."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from alicerce.apps.identity.jobs import forget_expired_sessions
from alicerce.apps.identity.tests.factories import a_person_with
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.clock import now
from tests.journeys.people import PASSWORD, enter

ANA = "ana@padaria.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def ana(site):
    return a_person_with(PASSWORD, ANA)


@pytest.fixture
def desk(ana):
    return signed_in(FIREFOX)


@pytest.fixture
def phone(ana):
    return signed_in(IPHONE)


def signed_in(agent, ip="203.0.113.7"):
    browser = Client(headers={"User-Agent": agent}, REMOTE_ADDR=ip)
    enter(browser, ANA)
    return browser


def session_of(browser):
    return UserSession.objects.get(session_key=browser.session.session_key)


def is_in(browser):
    return browser.get("/conta/").status_code == 200


class TestSessions:
    def test_are_listed_as_their_owner_knows_them(self, desk, phone):
        page = desk.get("/conta/sessoes/").content.decode()

        assert "Firefox · Linux" in page
        assert "Mobile Safari · iOS" in page
        assert page.count("203.0.113.7") == 2
        assert page.count("Esta sessão") == 1

    def test_say_where_their_address_is(self, ana, desk):
        for address in ("200.160.2.3", "192.168.0.9"):
            signed_in(IPHONE, address)

        page = desk.get("/conta/sessoes/").content.decode()

        assert "200.160.2.3 · Brasil" in page
        assert "192.168.0.9 · rede local" in page

    def test_end_one_by_one_at_once(self, desk, phone):
        desk.post(f"/conta/sessoes/{session_of(phone).pk}/")

        assert not is_in(phone)
        assert is_in(desk)

    def test_end_all_but_this(self, desk, phone):
        third = signed_in(IPHONE)

        desk.post("/conta/sessoes/outras/")

        assert [is_in(browser) for browser in (desk, phone, third)] == [True, False, False]

    def test_are_ended_by_nobody_else(self, site, desk):
        a_person_with(PASSWORD, "bia@padaria.example")
        bia = Client()
        enter(bia, "bia@padaria.example")

        bia.post(f"/conta/sessoes/{session_of(desk).pk}/")

        assert is_in(desk)

    def test_are_worth_nothing_after_signing_out(self, desk):
        stolen = Client()
        stolen.cookies["session"] = desk.cookies["session"].value
        assert is_in(stolen)

        desk.post("/sair/")

        assert not is_in(stolen)
        assert not UserSession.objects.exists()

    def test_note_their_last_use(self, desk):
        UserSession.objects.update(last_seen_at=now() - timedelta(minutes=5))

        desk.get("/conta/")

        assert now() - session_of(desk).last_seen_at < timedelta(minutes=1)

    def test_that_expired_are_forgotten_by_the_hour(self, desk, phone):
        Session.objects.filter(session_key=phone.session.session_key).update(
            expire_date=now() - timedelta(minutes=1)
        )

        forget_expired_sessions()

        assert [one.session_key for one in UserSession.objects.all()] == [
            desk.session.session_key
        ]
        assert Session.objects.count() == 1


class TestLimits:
    def rest(self, **ago):
        UserSession.objects.update(last_seen_at=now() - timedelta(**ago))

    def live(self, **ago):
        UserSession.objects.update(created_at=now() - timedelta(**ago))

    @pytest.mark.parametrize(("hours", "still"), [(11, True), (13, False)])
    def test_let_a_client_rest_for_twelve_hours(self, desk, hours, still):
        self.rest(hours=hours)

        assert is_in(desk) is still

    @pytest.mark.parametrize(("days", "still"), [(29, True), (31, False)])
    def test_let_a_client_stay_for_thirty_days(self, desk, days, still):
        self.live(days=days)

        assert is_in(desk) is still

    @pytest.mark.parametrize(("minutes", "still"), [(29, True), (31, False)])
    def test_let_staff_rest_for_half_an_hour(self, site, ana, desk, minutes, still):
        a_member(site, ana, "support")
        self.rest(minutes=minutes)

        assert is_in(desk) is still

    @pytest.mark.parametrize(("hours", "still"), [(11, True), (13, False)])
    def test_let_staff_stay_for_twelve_hours(self, site, ana, desk, hours, still):
        a_member(site, ana, "support")
        self.live(hours=hours)

        assert is_in(desk) is still

    def test_leave_nothing_of_a_session_that_lapsed(self, desk):
        key = desk.session.session_key
        self.rest(hours=13)

        answer = desk.get("/conta/")

        assert answer.headers["Location"] == "/conta/"
        assert desk.get("/conta/").headers["Location"].startswith("/entrar/?next=/conta/")
        assert not Session.objects.filter(session_key=key).exists()
        assert not UserSession.objects.exists()
