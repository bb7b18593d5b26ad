"""Documents and domains as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alicerce.kernel.brazil import (
    BadDocument,
    BadDomain,
    display_domain,
    display_domains,
    document,
    is_cpf,
    normalize_domain,
)


@pytest.mark.parametrize(
    ("typed", "kind", "shown"),
    [
        ("52998224725", "cpf", "529.982.247-25"),
        (" 529.982.247-25 ", "cpf", "529.982.247-25"),
        ("11222333000181", "cnpj", "11.222.333/0001-81"),
        ("12.abc.345/01de-35", "cnpj", "12.ABC.345/01DE-35"),
    ],
)
def test_a_document_is_understood_however_it_is_typed(typed, kind, shown):
    found = document(typed)

    assert (found.kind, str(found)) == (kind, shown)


@pytest.mark.parametrize(
    "typed", ["", "11111111111", "52998224724", "11222333000180", "12ABC34501DE3X", "١٢٣"]
)
def test_a_wrong_document_is_refused(typed):
    with pytest.raises(BadDocument):
        document(typed)


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes(position, change):
    digits = list("52998224725")
    digits[position] = str((int(digits[position]) + change) % 10)

    assert not is_cpf("".join(digits))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Padaria.com.br", "padaria.com.br"),
        ("https://www.padaria.com.br/contato", "padaria.com.br"),
        ("pão-quente.com.br", "xn--po-quente-l2a.com.br"),
        ("exemplo.com.", "exemplo.com"),
        ("loja.padaria.com.br", "loja.padaria.com.br"),
    ],
)
def test_a_domain_is_understood_however_it_is_typed(typed, name):
    assert normalize_domain(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "padaria",
        "padaria.br",
        "123.com.br",
        "-a.com",
        "a..com",
        "10.0.0.1",
        "a" * 27 + ".com.br",
        "pada ria.com",
        "padaria.com.br\r\nX: y",
        "",
    ],
)
def test_a_wrong_domain_is_refused(typed):
    with pytest.raises(BadDomain):
        normalize_domain(typed)


@given(st.text(max_size=80))
def test_any_text_is_a_domain_or_is_refused(typed):
    try:
        name = normalize_domain(typed)
    except BadDomain:
        return
    assert name.isascii()
    assert normalize_domain(name) == name


@pytest.mark.parametrize(
    ("machines", "people"),
    [
        ("xn--po-quente-l2a.com.br", "pão-quente.com.br"),
        ("_dmarc.xn--po-quente-l2a.com.br", "_dmarc.pão-quente.com.br"),
        ("xn--po-quente-l2a.com.br.", "pão-quente.com.br."),
        ("xn--a.com.br", "xn--a.com.br"),
        ("padaria.com.br", "padaria.com.br"),
    ],
)
def test_people_read_their_accents(machines, people):
    assert display_domain(machines) == people


def test_people_read_their_accents_within_a_text():
    text = "Hospedagem Essencial · xn--po-quente-l2a.com.br, e xn--nothing-there."

    assert display_domains(text) == (
        "Hospedagem Essencial · pão-quente.com.br, e xn--nothing-there."
    )
