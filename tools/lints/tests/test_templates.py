"""What a template may not say, and what it may."""

from pathlib import PurePath

import pytest

from tools.lints import templates
from tools.lints.house import judge
from tools.lints.source import Source

PAGE = "src/alicerce/apps/billing/templates/billing/invoices.html"
MAIL = "src/alicerce/apps/notify/templates/notify/mail/welcome.html"
TEXT = "src/alicerce/apps/notify/templates/notify/mail/welcome.txt"

BAD = {
    "{{ name|safe }}": "unsafe-html",
    "{% autoescape off %}{% endautoescape %}": "unsafe-html",
    "<script>go()</script>": "inline-code",
    "<style>p {}</style>": "inline-code",
    '<p style="color: red">': "inline-code",
    '<button type="button" onclick="go()">': "inline-code",
    '<a href="javascript:go()">': "inline-code",
    '<div hx-on:click="go()">': "inline-code",
    "{% regroup rows by day as days %}": "template-logic",
    "{% if a and b or c and d %}{% endif %}": "template-logic",
}
GOOD = [
    '<script src="{% static "ui/htmx.min.js" %}" defer></script>',
    "{% for row in rows %}{{ row.total }}{% empty %}{% translate 'Nada' %}{% endfor %}",
    "{% if a and b %}{% else %}{% endif %}",
    "{% icon 'check' %}",
    "{# {{ name|safe }} #}",
    "{# lint: allow unsafe-html because the QR code is ours #}\n{{ name|safe }}",
    '<p class="on" data-style="a">',
]


def found(path, text):
    source = Source(PurePath(path), text)
    known = templates.DJANGO_TAGS | {"icon"}
    return [rule for _, rule, _ in judge(source, templates.rules(known))]


@pytest.mark.parametrize("text", BAD)
def test_names(text):
    assert BAD[text] in found(PAGE, text)


@pytest.mark.parametrize("text", GOOD)
def test_passes(text):
    assert found(PAGE, text) == []


def test_lets_mail_carry_its_own_style():
    assert found(MAIL, '<p style="color: red">') == []


def test_lets_plain_text_go_unescaped():
    assert found(TEXT, "{% autoescape off %}{{ name }}{% endautoescape %}") == []


def test_knows_the_tags_of_the_house(tmp_path):
    library = tmp_path / "templatetags" / "ui.py"
    library.parent.mkdir()
    library.write_text(
        "@register.simple_tag\ndef icon(): ...\n\n@register.tag(name='panel')\ndef _panel(): ...\n"
    )

    assert {"icon", "panel", "endpanel"} <= templates.known_tags(tmp_path)
