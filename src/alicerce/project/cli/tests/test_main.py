"""The command line itself."""

import json
from datetime import date
from uuid import uuid4

import pytest

from alicerce.apps.subscriptions.types.backfill import LateLine, LatePage
from alicerce.kernel.money import Money
from alicerce.project.cli.backfill import report
from alicerce.project.cli.commands import names
from alicerce.project.cli.main import main


class TestMain:
    @pytest.mark.parametrize("words", [[], ["--help"], ["help"]])
    def test_help_lists_every_command(self, words, capsys):
        assert main(words) == 0
        shown = capsys.readouterr().out
        assert [name for name in names() if f"  {name} " not in shown] == []

    def test_suggests_the_command_that_was_meant(self, capsys):
        assert main(["migrat"]) == 2
        assert "did you mean `migrate`?" in capsys.readouterr().err

    @pytest.mark.parametrize("name", ["up", "test", "web", "migrate", "doctor", "check"])
    def test_every_command_explains_itself(self, name, capsys):
        try:
            code = main([name, "--help"])
        except SystemExit as ended:
            code = ended.code
        assert code == 0
        assert f"alicerce {name}" in capsys.readouterr().out

    def test_a_wrong_setting_is_one_sentence(self, capsys, monkeypatch):
        monkeypatch.setenv("ALICERCE_WEB_PORT", "eighty")
        assert main(["up"]) == 1
        assert capsys.readouterr().err == (
            "alicerce: ALICERCE_WEB_PORT must be a whole number from 1 to 65535, not 'eighty'.\n"
        )

    def test_a_trail_that_is_not_there_is_one_sentence(self, capsys, tmp_path):
        assert main(["audit", "verify", "--file", str(tmp_path / "none")]) == 1
        assert capsys.readouterr().err == f"alicerce: there is no file {tmp_path / 'none'}.\n"

    def test_an_exported_trail_is_verified_without_a_key_and_that_is_said(
        self, capsys, tmp_path
    ):
        export = tmp_path / "trail.jsonl"
        export.write_text(json.dumps({"tenant_id": "padaria", "entries": {}, "seals": []}))

        assert main(["audit", "verify", "--file", str(export)]) == 0

        intact, unchecked = capsys.readouterr().out.splitlines()
        assert intact == "padaria  intact: 0 entries, 0 sealed"
        assert unchecked.startswith("seals checked; who wrote the rows was not")

    def test_a_backfill_says_each_line_and_what_it_comes_to(self, capsys):
        lines = (
            LateLine(
                uuid4(), 7, "Site", "begins", Money(4990), date(2026, 8, 31), date(2026, 12, 31)
            ),
            LateLine(uuid4(), 8, "Loja", "not_paid", Money(4990)),
        )

        report(iter([("Padaria", LatePage(5, lines, None))]), wrote=False)

        begins, out, summed, hint = capsys.readouterr().out.splitlines()
        assert begins == ("Padaria  #7  Site  BRL 49.90, paid 2026-08-31: renews on 2026-12-31")
        assert out.startswith("Padaria  #8  Loja  BRL 49.90: left out: no invoice")
        assert summed == "5 lines that renew: 1 would be given a subscription, 1 not_paid."
        assert "--write" in hint

    def test_a_folder_that_cannot_be_made_is_one_sentence(self, capsys, monkeypatch, tmp_path):
        (tmp_path / "file").touch()
        monkeypatch.setenv("ALICERCE_DATA_DIR", str(tmp_path / "file" / "var"))
        assert main(["up"]) == 1
        assert capsys.readouterr().err.count("\n") == 1
