"""Certificates are made once."""

import stat

from alicerce.vendors.simulation.certificates import make_certificates


class TestMakeCertificates:
    def test_reuses_what_it_made(self, tmp_path):
        first = make_certificates(tmp_path / "certificates").ca.read_bytes()

        assert make_certificates(tmp_path / "certificates").ca.read_bytes() == first
        assert [path.name for path in tmp_path.iterdir()] == ["certificates"]

    def test_keeps_keys_private(self, tmp_path):
        made = make_certificates(tmp_path / "certificates")

        assert stat.S_IMODE(made.server_key.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
