"""What strangers send as a picture comes out as a picture and nothing else."""

import zlib
from struct import pack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alicerce.kernel.errors import Refused
from alicerce.kernel.pictures import (
    NotAPicture,
    Picture,
    PictureTooLarge,
    as_svg,
    cleaned,
)
from alicerce.kernel.png import SIGNATURE

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'


def chunk(name, body):
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def a_png(*, width=4, height=3, pixels=None, more=b"", behind=b""):
    header = pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = (b"\0" + b"\x10\x20\x30\xff" * width) * height if pixels is None else pixels
    body = chunk(b"IHDR", header) + more + chunk(b"IDAT", zlib.compress(rows))
    return SIGNATURE + body + chunk(b"IEND", b"") + behind


def a_palette(more):
    header = pack(">IIBBBBB", 4, 3, 8, 3, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\0" * 4) * 3)
    body = chunk(b"IHDR", header) + more + chunk(b"IDAT", pixels)
    return SIGNATURE + body + chunk(b"IEND", b"")


DECLARED = (
    '<!DOCTYPE svg [<!ENTITY a "' + "M0 0L1 1" * 400 + '">]>'
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="'
    + "&a;" * 900
    + '"/></svg>'
)


def in_other_letters(text, encoding):
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)


class TestPng:
    def test_is_written_anew_without_what_draws_nothing(self):
        sent = a_png(more=chunk(b"tEXt", b"Author\0Ana"), behind=b"<script>alert(1)</script>")

        assert cleaned(sent) == Picture("png", a_png())
        assert "data:image/png;base64," in as_svg(cleaned(sent))

    def test_keeps_a_palette_and_hides_nothing_behind_its_pixels(self):
        palette = chunk(b"PLTE", b"\1\2\3") + chunk(b"tRNS", b"\0")
        plain = a_palette(palette)
        hiding = plain.replace(plain[plain.index(b"IDAT") - 4 : -12], b"")
        pixels = zlib.compress((b"\0" * 5) * 3)
        hiding = hiding[:-12] + chunk(b"IDAT", pixels + b"<?php evil(); ?>") + hiding[-12:]

        assert cleaned(plain).body == plain
        assert cleaned(hiding).body == plain

    @pytest.mark.parametrize(
        ("sent", "refused"),
        [
            (a_png(pixels=b"\0" * 50_000_000), NotAPicture),  # packs into fifty kilobytes
            (a_png(width=60_000, pixels=b""), PictureTooLarge),
            (a_png()[:-20], NotAPicture),
            (a_png().replace(b"\x00\x00\x00\x04\x00", b"\x00\x00\x00\x05\x00", 1), NotAPicture),
            (b"GIF89a", NotAPicture),
            (b"<html><body>x</body></html>", NotAPicture),
            (SVG + b">" + b"<g>" * 30 + b"</g>" * 30 + b"</svg>", PictureTooLarge),
            (SVG + b">" + b" " * 200_000 + b"</svg>", PictureTooLarge),
            (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG + b">&a;</svg>", NotAPicture),
            (b'<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>', NotAPicture),
            # What no printer draws would keep every invoice from being printed.
            (a_png(pixels=(b"\x09" + b"\0" * 16) * 3), NotAPicture),
            (a_palette(b""), NotAPicture),
            (a_palette(chunk(b"PLTE", b"\0" * 4)), NotAPicture),
            (a_palette(chunk(b"PLTE", b"\0" * 9) + chunk(b"tRNS", b"\0" * 4)), NotAPicture),
            (
                a_png(more=chunk(b"IHDR", pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0))),
                NotAPicture,
            ),
            (b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', NotAPicture),
            (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>', NotAPicture),
            # Declarations that another alphabet hides, and what they would grow to.
            (in_other_letters(DECLARED, "utf-16"), NotAPicture),
            (in_other_letters(DECLARED, "utf-16-be"), NotAPicture),
        ],
    )
    def test_that_is_none_or_too_much_is_refused(self, sent, refused):
        with pytest.raises(refused):
            cleaned(sent)


class TestSvg:
    def test_keeps_shapes_and_colors_and_loses_what_runs_loads_or_links(self):
        sent = (
            b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">'
            + SVG
            + b""" onload="alert(1)"><script>alert(2)</script><style>@import 'http://x'</style>
            <a href="javascript:alert(3)"><path d="M9 9"/></a><use xlink:href="http://x/#a"/>
            <image href="http://x/a.png"/><foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>
            <set attributeName="href" to="javascript:alert(4)"/>
            <linearGradient id="g"><stop offset="0" style="stop-color:#f00;behavior:url(x)"/></linearGradient>
            <path d="M0 0L9 9" fill="url(#g)" stroke="url(http://x)" style="fill-opacity:.5"/></svg>"""
        )

        assert cleaned(sent).body == (
            b'<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">'
            b'<linearGradient id="g"><stop offset="0" stop-color="#f00" /></linearGradient>'
            b'<path d="M0 0L9 9" fill="url(#g)" fill-opacity=".5" /></svg>'
        )

    def test_takes_no_more_to_draw_than_to_read(self):
        """Clips within clips double at each step: 14 KB took a printer ten seconds, and one more twice that."""
        steps = [
            f'<clipPath id="c{n}" clip-path="url(#c{n + 1})"><path d="M0 0" clip-path="url(#c{n + 1})"/>'
            f'<g style="clip-path:url(#c{n + 1})"/></clipPath>'
            for n in range(22)
        ]
        drawn = cleaned(
            SVG + f">{''.join(steps)}<path d='M0 0' clip-path='url(#c0)'/></svg>".encode()
        )

        assert drawn.body.count(b"clip-path=") == 1

    def test_points_to_nothing_beside_itself_and_draws_within_reach(self):
        sent = (
            SVG
            + b'><path fill="url(other.svg#a)" stroke="URL(b.svg)" clip-path="url(#c)"/><path d="M0 0h1e38" fill="#1e9999"/></svg>'
        )

        assert cleaned(sent).body == (
            b'<svg viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg">'
            b'<path clip-path="url(#c)" /><path fill="#1e9999" /></svg>'
        )

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=200), st.sampled_from([b"", SIGNATURE, SVG + b">", a_png()]))
    def test_of_any_bytes_is_a_picture_or_a_refusal_and_the_same_twice(self, noise, start):
        try:
            once = cleaned(start + noise)
        except Refused:
            return
        assert cleaned(once.body) == once
