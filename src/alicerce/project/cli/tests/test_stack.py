"""What `up` gives to its processes."""

import dataclasses

import pytest

from alicerce.project.cli.stack import Stack
from alicerce.project.embedded.runs import Run
from alicerce.project.embedded.secrets import load_secrets
from alicerce.project.settings.env import read_environment


@pytest.fixture
def variables(tmp_path, monkeypatch):
    """Those of a stack, in an environment that says this of loopback."""

    def given(*, said=None, env="development"):
        monkeypatch.delenv("ALICERCE_LOOPBACK_PORTS", raising=False)
        if said is not None:
            monkeypatch.setenv("ALICERCE_LOOPBACK_PORTS", said)
        environment = dataclasses.replace(read_environment({}), env=env)
        secrets = load_secrets(folder=tmp_path, may_make=True)
        run = Run("mark", 1, "http://127.0.0.1:8000")
        return Stack(environment, tmp_path, secrets, None).variables(run=run)

    return given


class TestLoopback:
    def test_has_the_guides_receiver_on_ones_own_machine(self, variables):
        assert variables()["ALICERCE_LOOPBACK_PORTS"] == "8999"

    @pytest.mark.parametrize("said", ["", "9000,9001"])
    def test_is_what_somebody_said(self, variables, said):
        assert variables(said=said)["ALICERCE_LOOPBACK_PORTS"] == said

    def test_is_closed_in_production(self, variables):
        assert "ALICERCE_LOOPBACK_PORTS" not in variables(env="production")
