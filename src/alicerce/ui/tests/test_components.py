"""What components print."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.utils import timezone, translation

from alicerce.kernel.money import Money
from alicerce.ui import status
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton, PostButton
from alicerce.ui.component import ambient
from alicerce.ui.copying import CopyBox, CopyButton, Countdown, QrBox
from alicerce.ui.forms import Choice, FormErrors, RadioCards, form_field, form_fields
from alicerce.ui.layout import Card, Columns, Stack
from alicerce.ui.live import LiveRegion, regions
from alicerce.ui.panels import KeyValues, Note, Pair, Step, Steps
from alicerce.ui.tables import Cell, Column, Meter, Table, TableRow
from alicerce.ui.texts import Avatar, Badge, Link, MoneyText, Text, TimeText

EVIL = "<script>alert('\"x\"')</script>"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Order(forms.Form):
    plan = forms.ChoiceField(
        label="Plano", choices=[("a", "Um"), ("b", "Dois")], widget=forms.RadioSelect
    )
    domain = forms.CharField(label="Domínio", help_text="Sem www.")
    agree = forms.BooleanField(label="Aceito")
    token = forms.CharField(widget=forms.HiddenInput, initial=EVIL)


class TestEscaping:
    @pytest.mark.parametrize(
        "component",
        [
            Text(EVIL),
            Badge("ok", EVIL),
            Link(EVIL, f"/?q={EVIL}"),
            Button(EVIL, name=EVIL, value=EVIL),
            LinkButton(EVIL, EVIL),
            PostButton(Button(EVIL), EVIL, {EVIL: EVIL}),
            ConfirmDialog("d", Button(EVIL), EVIL, [EVIL], EVIL, EVIL, {EVIL: EVIL}),
            Card([EVIL], title=EVIL, lead=EVIL, footer=[EVIL]),
            Note("bad", EVIL, title=EVIL),
            KeyValues([Pair(EVIL, EVIL, copy=EVIL)]),
            Steps([Step(EVIL, "now", detail=EVIL, log=[EVIL], aside=EVIL)], EVIL),
            Table(EVIL, [Column(EVIL, "name")], [TableRow([Cell(EVIL, EVIL, EVIL, EVIL)])]),
            CopyBox(EVIL, EVIL),
            CopyButton(EVIL, EVIL),
            QrBox("000201", EVIL),
            LiveRegion(EVIL, EVIL, 5, [EVIL], announce=EVIL),
            Avatar(EVIL),
        ],
        ids=lambda component: type(component).__name__,
    )
    def test_prints_no_markup_of_its_words(self, component):
        printed = str(component)
        assert "<script" not in printed
        assert '"x"' not in printed

    def test_components_inside_components_stay_markup(self):
        assert '<span class="badge" data-tone="ok">Ativo</span>' in str(
            Stack([Badge("ok", "Ativo")])
        )


class TestForms:
    def test_a_wrong_field_says_what_and_points_to_it(self):
        form = Order({"plan": "a", "domain": "", "agree": "on", "token": "t"})
        printed = str(form_field(form["domain"], span=3))
        assert 'data-span="3" data-err' in printed
        assert 'id="id_domain_error"' in printed
        assert 'aria-invalid="true"' in printed
        assert 'href="#id_domain"' in str(FormErrors(form))

    def test_every_field_has_its_component_and_hidden_ones_stay_hidden(self):
        printed = "".join(str(part) for part in form_fields(Order()))
        assert printed.count('type="radio"') == 2
        assert 'class="check"' in printed
        assert 'type="hidden"' in printed
        assert "<script" not in printed

    def test_radio_cards_say_more_than_the_option(self):
        cards = RadioCards(Order()["plan"], {"b": Choice("50 GB", MoneyText(Money(8990)))})
        assert "R$\xa089,90" in str(cards)

    def test_posting_carries_the_token_of_the_request(self):
        with ambient({"csrf_token": "secret-token"}):
            assert 'value="secret-token"' in str(PostButton(Button("Sair"), "/sair/"))


class TestTable:
    def test_cells_must_match_columns(self):
        with pytest.raises(ValueError, match="shorter"):
            str(Table("t", [Column("a"), Column("b")], [TableRow(["x"])]))

    def test_an_empty_one_shows_what_to_do_instead(self):
        assert (
            str(Table("t", [Column("a")], [], empty=Text("Nada ainda."))).count("<table") == 0
        )

    def test_links_neighbor_pages(self):
        printed = str(Table("t", [Column("a")], [TableRow(["x"])], older="/?c=2"))
        assert 'rel="next" href="/?c=2"' in printed
        assert 'rel="prev"' not in printed

    @pytest.mark.parametrize(
        ("used", "level"), [(10, ""), (85, "warn"), (95, "bad"), (300, "bad")]
    )
    def test_a_meter_warns_before_it_is_full(self, used, level):
        assert Meter(used, 100, "Contas").level == level


class TestTimes:
    def test_a_time_is_shown_where_the_tenant_is(self):
        with timezone.override("America/Sao_Paulo"):
            assert "20 de nov. de 2026, 09:00" in str(TimeText(NOON))

    def test_a_countdown_that_ended_stays_at_zero(self):
        over = Countdown(NOON - timedelta(days=400), 1800, "Expira em")
        assert (over.left, over.shown, over.spent_percent) == (0, "00:00", 100)

    def test_the_language_of_the_reader_decides(self):
        with translation.override("en"):
            assert "R$89.90" in str(MoneyText(Money(8990)))


class TestLive:
    def test_regions_are_found_wherever_they_are(self):
        inner = LiveRegion("dentro", "/", 5, ["x"])
        outer = LiveRegion("fora", "/", 5, [Card([inner])])
        assert list(regions([Columns([outer], [])])) == [outer, inner]

    def test_a_settled_one_asks_no_more(self):
        assert "hx-get" not in str(LiveRegion("r", "/x", 0, ["x"]))
        assert 'hx-trigger="every 2s"' in str(LiveRegion("r", "/x", 2, ["x"]))


class TestStatus:
    def test_every_state_has_words_in_both_languages(self):
        for statuses in (
            status.SERVICE,
            status.ORDER,
            status.SERVER,
            status.RUN,
            status.TICKET,
        ):
            for state in statuses:
                portuguese = str(status.badge(statuses, state))
                with translation.override("en"):
                    assert portuguese != str(status.badge(statuses, state)), state

    def test_a_state_without_words_is_a_bug(self):
        with pytest.raises(KeyError):
            status.badge(status.SERVICE, "sleeping")


class TestQr:
    def test_leaves_a_quiet_zone_and_draws_every_dark_module(self):
        box = QrBox("00020101", "QR")
        dark = sum(int(run.split("h")[1].split("v")[0]) for run in box.path.split("M")[1:])
        assert dark == sum(sum(line) for line in box.symbol.matrix)
        assert box.path.startswith("M4 4h7v1h-7z")
