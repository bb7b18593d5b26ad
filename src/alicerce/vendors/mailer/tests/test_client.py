"""The mailer against a mail server of our own, over a real connection."""

from email.message import EmailMessage

import pytest

from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.vendors.mailer.address import BadMailUrl
from alicerce.vendors.mailer.client import NoRecipient, SmtpMailer
from alicerce.vendors.mailer.simulator import Inbox, MailSite
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import in_background
from alicerce.vendors.simulation.store import Store


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("mail") / "certificates")


@pytest.fixture
def faults():
    return Faults()


@pytest.fixture
def inbox(faults):
    return Inbox(Store(), faults)


@pytest.fixture
def site(inbox):
    site = MailSite(inbox)
    with in_background(site):
        yield site


@pytest.fixture
def mailer(site):
    return SmtpMailer(site.url, timeout=0.5)


def a_letter(to="Ana <ana@padaria.com.br>"):
    letter = EmailMessage()
    letter["Message-ID"] = "<1@alicerce.example>"
    letter["From"] = "Hospedagem Sol <avisos@sol.example>"
    letter["To"] = to
    letter["Subject"] = "Sua hospedagem está no ar"
    letter.set_content("Olá, Ana.\n.\nUm ponto só.\n")
    letter.add_alternative("<p>Olá, Ana.</p>", subtype="html")
    return letter


class TestSend:
    def test_brings_the_letter(self, mailer, inbox):
        mailer.send(a_letter())
        (letter,) = inbox.letters()

        assert (letter.sender, letter.to) == ("avisos@sol.example", ("ana@padaria.com.br",))
        assert letter.subject == "Sua hospedagem está no ar"
        assert letter.text.splitlines() == ["Olá, Ana.", ".", "Um ponto só."]
        assert letter.html.strip() == "<p>Olá, Ana.</p>"
        assert inbox.letter(letter.id) == letter

    def test_keeps_blind_copies_blind(self, mailer, inbox):
        letter = a_letter()
        letter["Bcc"] = "chefe@sol.example"
        mailer.send(letter)

        assert "chefe@sol.example" in inbox.letters()[0].to
        assert letter["Bcc"] == "chefe@sol.example"

    def test_refuses_a_letter_to_nobody(self, mailer):
        letter = a_letter()
        del letter["To"]

        with pytest.raises(NoRecipient):
            mailer.send(letter)

    def test_refuses_what_the_server_refuses(self, mailer, inbox, faults):
        faults.arm("refuse")

        with pytest.raises(Refusal, match="550"):
            mailer.send(a_letter())
        assert inbox.count() == 0

    def test_waits_when_the_server_is_busy(self, mailer, inbox, faults):
        faults.arm("busy")

        with pytest.raises(Unavailable, match="421"):
            mailer.send(a_letter())
        assert inbox.count() == 0

    @pytest.mark.parametrize("fault", ["accept_then_drop", "accept_then_hang"])
    def test_does_not_know_what_silence_means(self, mailer, inbox, faults, fault):
        faults.arm(fault)

        with pytest.raises(Unknown):
            mailer.send(a_letter())
        assert inbox.count() == 1

    def test_brings_the_next_letter_after_a_fault(self, mailer, inbox, faults):
        faults.arm("accept_then_drop")
        with pytest.raises(Unknown):
            mailer.send(a_letter())
        mailer.send(a_letter())

        assert [letter.message_id for letter in inbox.letters()] == ["<1@alicerce.example>"] * 2

    def test_is_unavailable_when_nobody_listens(self):
        with pytest.raises(Unavailable):
            SmtpMailer("smtp://127.0.0.1:9", timeout=1).send(a_letter())


class TestEncryption:
    @pytest.fixture
    def secure(self, inbox, certificates):
        site = MailSite(inbox, certificates=certificates)
        with in_background(site):
            yield site

    def test_encrypts_when_it_is_offered(self, secure, inbox, certificates):
        SmtpMailer(secure.url, ca_pem=certificates.ca.read_text()).send(a_letter())

        assert inbox.count() == 1

    def test_does_not_encrypt_to_a_stranger(self, secure, inbox):
        with pytest.raises(Unavailable):
            SmtpMailer(secure.url).send(a_letter())
        assert inbox.count() == 0

    def test_insists_when_told_to(self, site, inbox):
        insisting = SmtpMailer(f"smtp+starttls://127.0.0.1:{site.port}")

        with pytest.raises(Unavailable, match="encryption"):
            insisting.send(a_letter())
        assert inbox.count() == 0


class TestUrl:
    @pytest.mark.parametrize("url", ["", "http://mail.example", "smtp://"])
    def test_refuses_what_is_no_mail_server(self, url):
        with pytest.raises(BadMailUrl):
            SmtpMailer(url)

    def test_shows_no_password(self):
        mailer = SmtpMailer("smtps://ana:s3cret@mail.example")

        assert "s3cret" not in repr(mailer) + repr(vars(mailer))
