"""A log line tells what happened, and gives nobody a key."""

import pytest

from alicerce.kernel.logs import redact

KEY = "fL2eV0Zo5KY-cetUonwXhDnUXky4YaBYEMH3MZ_uqrE"


@pytest.mark.parametrize(
    "address",
    [
        f"/hooks/stripe/{KEY}/",
        f"/hooks/pix/{KEY}",
        f"/hooks/pix/{KEY}/pix",
        f"/pedido/{KEY}/pagamento/",
        f"/fatura/{KEY}/?forma=pix",
        f"/entrar/senha/MDFh/{KEY}/",
    ],
)
def test_an_address_that_is_a_key_is_not_written_down(address):
    line = redact(f"Unprocessable Entity: {address}")

    assert KEY not in line
    assert line.startswith("Unprocessable Entity: /")


def test_other_addresses_stay():
    assert redact("Not Found: /pedir/01a1fd16/") == "Not Found: /pedir/01a1fd16/"


@pytest.mark.parametrize(
    "said",
    [
        f"Authorization: whm root:{KEY}",
        f"Authorization: Bearer {KEY}",
        f'"client_secret": "{KEY}"',
        "postgresql://alicerce_app:canary@db/alicerce refused",
        "Invalid API Key provided: sk_live_canary",
        "signed with whsec_canary",
    ],
)
def test_secrets_are_recognized(said):
    line = redact(said)

    assert KEY not in line
    assert "canary" not in line
