"""Rules for every template of the program, kept by reading them all."""

import hashlib
import re
from pathlib import Path
from typing import get_args

import pytest

import alicerce
from alicerce.ui.icons import IconName

PACKAGE = Path(alicerce.__file__).parent
STATIC = PACKAGE / "ui" / "static" / "ui"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
VARIANTS = {"primary", "ghost", "danger", "sm", "lg", "i-sm", "i-lg", "i", "check"}

FORBIDDEN = {
    "a style attribute": r"\sstyle\s*=",
    "a style element": r"<style",
    "an inline handler": r"\son[a-z]+\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "a script in a URL": r"javascript:",
    "text marked safe": r"\|\s*safe\b|autoescape\s+off",
    "an evaluated attribute": r"\shx-(on|vals=.?js|vars)",
    "an address of another site": r"(src|href)=.?https?://",
    "a spelling of htmx 2": r"hx-ext|hx-disabled-elt|htmx:[a-z]+[A-Z]",
}


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    pattern = re.compile(FORBIDDEN[what])
    guilty = [named(path) for path in TEMPLATES if pattern.search(path.read_text("utf-8"))]
    assert guilty == []


def used_classes() -> set[str]:
    found = set(VARIANTS)
    for path in TEMPLATES:
        text = TAGS.sub(" ", path.read_text(encoding="utf-8"))
        for value in re.findall(r'\bclass="([^"]*)"', text):
            found |= set(value.split())
    return found


def styled_classes() -> set[str]:
    css = (STATIC / "ui.css").read_text(encoding="utf-8")
    css = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", css, flags=re.DOTALL)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"\{[^{}]*\}", " ", css)))


def test_every_class_is_styled_and_every_style_is_used():
    used = used_classes()
    assert used - styled_classes() == set()
    assert styled_classes() - used == set()


def _all() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)


def test_colors_are_tokens_outside_the_tokens_layer():
    css = (STATIC / "ui.css").read_text(encoding="utf-8")
    outside = css[: css.index("@layer tokens {")] + css[css.index("@layer base {") :]
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", outside)) <= {"#fff", "#000"}


class TestIcons:
    def drawn(self) -> list[str]:
        return re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text())

    def test_every_name_is_drawn_once(self):
        assert sorted(self.drawn()) == sorted(get_args(IconName))


def test_vendored_files_are_the_ones_recorded():
    record = (STATIC / "VENDORED.md").read_text(encoding="utf-8")
    rows = re.findall(r"\| `([\w./-]+)` \|.*`([0-9a-f]{64})`", record)
    assert len(rows) == 4
    for name, digest in rows:
        assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == digest


def test_no_script_asks_a_stranger_for_a_picture():
    asked = re.compile(r"""src[:=]\s*["'](https?:)?//[\w.]+""")
    for path in STATIC.glob("*.js"):
        assert asked.search(path.read_text(encoding="utf-8")) is None, path.name


def test_the_budget_of_bytes_holds():
    sizes = {path.name: path.stat().st_size for path in STATIC.iterdir() if path.is_file()}
    assert sizes["ui.css"] < 60_000
    assert sizes["ui.js"] + sizes["theme.js"] + sizes["htmx.min.js"] < 60_000
