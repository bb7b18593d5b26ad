"""Which passwords nobody may choose."""

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

from alicerce.apps.identity.adapters.passwords import LIST, WIDTH, is_breached
from alicerce.apps.identity.rules import leans_on
from tools.breached_passwords import marks

BREACHED = ("familiasilva", "corinthians1910", "teamojesus", "palmeiras2010", "Soso123aljg")
NAMES = ("Joana Dias", "joana@host.example", "Nuvem Sul Hospedagem", "alicerce")
LEANING = ("joanadias2024", "Joana.Dias!99", "NuvemSul123", "4l1c3rc3#2026", "joana@host1")
UNHEARD_OF = ("pão quente às seis", "o forno da vovó apita", "xq7-vetiver-manhã")


class TestLeansOn:
    @pytest.mark.parametrize("password", LEANING)
    def test_sees_a_name_under_a_few_signs(self, password):
        assert leans_on(password, NAMES)

    @pytest.mark.parametrize(
        "password", [*UNHEARD_OF, "joana comeu pão hoje cedo", "nuvem azul de outono 77"]
    )
    def test_lets_pass_what_is_mostly_ones_own(self, password):
        assert not leans_on(password, NAMES)


class TestBreachedPasswords:
    @pytest.mark.parametrize("password", [*BREACHED, "FamiliaSilva", " senhadificil "])
    def test_are_refused_in_a_clear_sentence(self, password):
        CommonPasswordValidator().validate(password)  # Django's own list does not know it

        with pytest.raises(ValidationError) as refused:
            validate_password(password)

        assert "listas de senhas vazadas" in refused.value.messages[0]

    @pytest.mark.parametrize("password", UNHEARD_OF)
    def test_are_not_what_nobody_ever_used(self, password):
        validate_password(password)

    def test_are_more_than_a_hundred_thousand_and_searchable(self):
        shipped = LIST.read_bytes()
        kept = [shipped[at : at + WIDTH] for at in range(0, len(shipped), WIDTH)]

        assert len(kept) > 100_000
        assert kept == sorted(set(kept))

    def test_are_found_at_both_ends_of_the_list(self, monkeypatch):
        few = [f"palavra número {number}" for number in range(7)]
        made = marks([*few, few[0].upper(), "curta"])
        monkeypatch.setattr("alicerce.apps.identity.adapters.passwords._marks", lambda: made)

        assert len(made) == 7 * WIDTH
        assert all(is_breached(one) for one in few)
        assert not is_breached("palavra número 7")
