"""A sign-in from somewhere new is told of, and taken back by who was not there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.identity.jobs import forget_expired_sessions
from alicerce.apps.identity.models import KnownDevice
from alicerce.apps.identity.rules import DEVICE_LETTERS
from alicerce.apps.identity.tests.factories import a_person_with
from tests.journeys.people import PASSWORD, letters_to
from tests.journeys.test_sessions import ANA, FIREFOX, IPHONE, is_in, session_of, signed_in

NEWS = "signed_in_elsewhere"
LISBON = "193.136.2.1"


@pytest.fixture
def ana(site):
    return a_person_with(PASSWORD, ANA)


@pytest.fixture
def desk(ana):
    return signed_in(FIREFOX, "200.160.2.3")


def news():
    return [values for template, values in letters_to(ANA) if template == NEWS]


def path_of(letter):
    return "/entrar/" + letter["link_not_me"].partition("/entrar/")[2]


class TestASignIn:
    def test_is_told_of_when_it_comes_from_somewhere_new_and_once(self, desk):
        assert news() == []  # the first of all

        signed_in(FIREFOX.replace("130.0", "131.0"), "200.160.2.9")  # a version on, a street on
        assert news() == []

        signed_in(IPHONE, LISBON)
        signed_in(IPHONE, LISBON)

        (letter,) = news()
        assert letter["device"] == "Mobile Safari · iOS"
        assert (letter["place"], letter["address"]) == ("Portugal", LISBON)
        assert letter["at_signed_in"].endswith("(America/Sao_Paulo)")
        assert letter["link_not_me"].startswith("http")

    def test_is_new_beside_what_was_open_before_places_were_noted(self, desk):
        KnownDevice.objects.all().delete()

        signed_in(IPHONE, LISBON)

        assert len(news()) == 1
        signed_in(FIREFOX, "200.160.2.3")
        assert len(news()) == 1

    def test_is_told_of_when_an_account_comes_back_that_nobody_used_for_long(self, ana):
        type(ana).objects.update(created_at=ana.created_at - timedelta(days=200))

        thief = signed_in(IPHONE, LISBON)

        (letter,) = news()
        Client().post(path_of(letter))
        assert not is_in(thief)
        signed_in(IPHONE, LISBON)
        assert len(news()) == 2  # what was taken back is nobody's first place

    def test_floods_nobody_and_what_was_not_told_does_not_become_known(self, desk):
        for country in ("8.8.8.8", "133.11.0.1", "194.25.0.1", "212.58.0.1", "1.1.1.1", LISBON):
            signed_in(IPHONE, country)

        assert len(news()) == DEVICE_LETTERS
        told = KnownDevice.objects.exclude(told_at=None)
        told.update(told_at=told.latest("told_at").told_at - timedelta(days=2))
        signed_in(IPHONE, LISBON)
        assert news()[-1]["address"] == LISBON


class TestTheLink:
    def test_ends_what_was_opened_there_once_and_leads_to_a_new_password(self, desk):
        thief, again = signed_in(IPHONE, LISBON), signed_in(IPHONE, LISBON)
        path, reader = path_of(news()[0]), Client()

        assert reader.get(path).status_code == 200
        assert is_in(thief)  # a program that reads letters opened it

        answer = reader.post(path)

        assert answer.headers["Location"] == reverse("account_reset_password")
        assert [is_in(one) for one in (desk, thief, again)] == [True, False, False]
        assert (reader.get(path).status_code, reader.post(path).status_code) == (410, 410)
        signed_in(IPHONE, LISBON)
        assert len(news()) == 2  # the place is new again

    def test_ends_all_where_that_is_asked_and_is_neither_guessed_nor_eternal(self, desk):
        thief = signed_in(IPHONE, LISBON)
        path = path_of(news()[0])

        assert Client().post(path[:-2] + "x/").status_code == 410
        assert is_in(thief)
        told = KnownDevice.objects.exclude(told_at=None)
        told.update(told_at=told.get().told_at - timedelta(hours=71))
        Client().post(path, {"everywhere": "1"})
        assert [is_in(one) for one in (desk, thief)] == [False, False]

        signed_in(IPHONE, LISBON)
        told.update(told_at=told.get().told_at - timedelta(hours=73))
        assert Client().post(path_of(news()[-1])).status_code == 410

    def test_a_place_is_forgotten_after_half_a_year(self, desk):
        KnownDevice.objects.update(seen_at=session_of(desk).created_at - timedelta(days=181))

        forget_expired_sessions()

        assert not KnownDevice.objects.exists()
