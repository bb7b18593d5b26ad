"""QR codes for pages and e-mails."""

import re
from xml.etree import ElementTree as ET

from alicerce.vendors.pix import qr

PAYLOAD = "00020126360014br.gov.bcb.pix0114+5511999990000520400005303986"


def test_svg_carries_no_style_for_the_csp_to_refuse():
    svg = qr.svg(PAYLOAD, title="Código Pix de <R$ 37,00>")

    assert not re.search(r"style|<script|\son\w+=", svg)
    root = ET.fromstring(svg)  # noqa: S314 (our own)
    assert root.attrib["class"] == "qr"
    assert root.attrib["viewBox"].startswith("0 0 ")
    assert root[0].text == "Código Pix de <R$ 37,00>"


def test_svg_has_a_light_ground_and_a_quiet_zone():
    svg = qr.svg(PAYLOAD, title="Pix")

    assert 'fill="#fff"' in svg
    assert 'stroke="#000" d="M4 4.5' in svg


def test_png_is_a_png():
    png = qr.png(PAYLOAD, pixels_per_module=4)

    assert png.startswith(b"\x89PNG\r\n")
    width = int.from_bytes(png[16:20])
    assert width % 4 == 0
