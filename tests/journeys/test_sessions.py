"""Where a person is signed in, and for how long."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from alicerce.apps.identity.jobs import forget_expired_sessions
from alicerce.apps.identity.models.session_keys import name_of
from alicerce.apps.identity.services.sessions import renew_session
from alicerce.apps.identity.tests.factories import a_person_with
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.clock import now
from tests.journeys.people import PASSWORD, enter

hide_keys = import_module("alicerce.apps.identity.migrations.0008_session_names").hide_keys
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
            name_of(desk.session.session_key)
        ]
        assert Session.objects.count() == 1


class TestKeys:
    """What somebody gets who reads the tables."""

    def names(self):
        found = []
        with connection.cursor() as cursor:
            for table in ("django_session", "usersessions_usersession"):
                cursor.execute(f"select session_key from {table}")  # noqa: S608 (of two names)
                found += [name for (name,) in cursor.fetchall()]
        return found

    def test_are_in_no_table(self, desk):
        key = desk.cookies["session"].value

        assert self.names() == [str(name_of(key))] * 2
        assert key not in self.names()

    def test_are_not_what_tables_keep_in_their_place(self, desk):
        thief = Client()
        thief.cookies["session"] = self.names()[0]

        assert not is_in(thief)
        assert is_in(desk)

    def test_that_were_kept_before_go_on(self, desk):
        """As an older version left them: whoever was signed in stays so."""
        key = desk.cookies["session"].value
        with connection.cursor() as cursor:
            for table in ("django_session", "usersessions_usersession"):
                cursor.execute(f"update {table} set session_key = %s", [key])  # noqa: S608
        assert not is_in(copy_of(desk))

        hide_keys(None, SimpleNamespace(connection=connection))

        assert is_in(desk)
        assert "Esta sessão" in desk.get("/conta/sessoes/").text

    def test_are_kept_by_no_cache_that_would_not_hear_of_an_end(self, settings):
        assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"

    def test_change_without_a_second_row_being_left(self, desk):
        request = SimpleNamespace(session=desk.session)
        renew_session(request=request)

        assert self.names() == [str(name_of(request.session.session_key))] * 2


def copy_of(browser):
    other = Client()
    other.cookies["session"] = browser.cookies["session"].value
    return other


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
