"""How customers are written down and found."""

import pytest

from alicerce.apps.customers import rules
from alicerce.apps.customers.types import Profile


class TestWords:
    def test_are_without_accents_and_case(self):
        assert {"joao", "conceicao"} <= rules.words_of(["João CONCEIÇÃO"])

    def test_keep_the_address_its_parts_and_its_domain(self):
        found = rules.words_of(["ana.lima@padaria.com.br"])

        assert {"ana.lima@padaria.com.br", "padaria.com.br", "lima", "padaria"} <= found

    def test_leave_out_single_letters(self):
        assert rules.words_of(["A e B"]) == set()

    @pytest.mark.parametrize(
        ("typed", "asked"),
        [
            ("529.982.247-25", ["52998224725"]),
            ("12.ABC.345/01DE-35", ["12abc34501de35"]),
            ("José da Silva", ["jose", "da", "silva"]),
            ("padaria.com.br", ["padaria.com.br"]),
        ],
    )
    def test_asked_for_are_documents_bare_or_words(self, typed, asked):
        assert rules.asked_words(typed) == asked


class TestTidy:
    def test_gives_each_thing_one_spelling(self):
        given = Profile(
            name="  Ana   Lima ", email=" Ana@X.com ", tags=("VIP", "vip", " ", "a  b")
        )

        tidy = rules.tidy(given)

        assert (tidy.name, tidy.email, tidy.tags) == ("Ana Lima", "ana@x.com", ("a b", "vip"))


@pytest.mark.parametrize(
    ("typed", "code"), [("80010-000", "80010000"), ("8001000", ""), ("abc", "")]
)
def test_a_postal_code_has_eight_digits(typed, code):
    assert rules.postal_code(typed) == code


def test_there_are_27_states():
    assert len(set(rules.STATES)) == 27
