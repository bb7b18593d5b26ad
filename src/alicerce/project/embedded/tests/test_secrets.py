"""The secrets of a data folder."""

import base64
import stat
from pathlib import Path

import pytest

from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.secrets import load_secrets


class TestLoadSecrets:
    def test_makes_them_once(self, tmp_path: Path):
        first = load_secrets(folder=tmp_path, may_make=True)
        assert load_secrets(folder=tmp_path, may_make=False) == first
        assert len(base64.b64decode(first.master_key)) == 32
        assert len(set(vars(first.passwords).values())) == 4

    def test_only_their_owner_reads_them(self, tmp_path: Path):
        load_secrets(folder=tmp_path, may_make=True)
        (tmp_path / "secrets" / "master_key").chmod(0o644)
        load_secrets(folder=tmp_path, may_make=True)
        modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "secrets").iterdir()}
        assert modes == {0o600}

    def test_refuses_a_new_key_for_an_old_database(self, tmp_path: Path):
        load_secrets(folder=tmp_path, may_make=True)
        (tmp_path / "secrets" / "master_key").unlink()
        with pytest.raises(CannotStart, match=r"secrets/master_key is missing"):
            load_secrets(folder=tmp_path, may_make=False)
