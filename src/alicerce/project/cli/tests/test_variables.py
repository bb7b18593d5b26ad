"""The environment: defaults, files, and errors that name the variable."""

import dataclasses

import pytest

from alicerce.project.settings.env import VARIABLES, Environment, read_environment
from alicerce.project.settings.variable import WrongSetting

PRODUCTION = {
    "ALICERCE_ENV": "production",
    "DATABASE_URL": "postgresql://alicerce_app:x@db/alicerce",
    "ALICERCE_SECRET_KEY": "s" * 40,
    "ALICERCE_MASTER_KEY": "A" * 43 + "=",
}


class TestVariables:
    def test_the_table_is_the_dataclass(self):
        fields = {field.name for field in dataclasses.fields(Environment)}
        assert {variable.field for variable in VARIABLES} == fields

    def test_every_row_says_what_it_means(self):
        assert [row.name for row in VARIABLES if not row.meaning or "\n" in row.meaning] == []


class TestReadEnvironment:
    def test_needs_nothing_in_development(self):
        environment = read_environment({})
        assert (environment.web_port, environment.env) == (8000, "development")

    def test_addresses_follow_their_ports(self):
        environment = read_environment(
            {"ALICERCE_WEB_PORT": "9000", "ALICERCE_SIMULATORS_PORT": "9100"}
        )
        assert environment.base_url == "http://127.0.0.1:9000"
        assert environment.smtp_url == "smtp://127.0.0.1:9104"

    def test_reads_a_secret_from_a_file(self, tmp_path):
        (tmp_path / "key").write_text("k" * 40 + "\n")
        environment = read_environment({"ALICERCE_SECRET_KEY_FILE": str(tmp_path / "key")})
        assert environment.secret_key == "k" * 40

    @pytest.mark.parametrize(
        ("source", "complaint"),
        [
            ({"ALICERCE_WEB_PORT": "0"}, "ALICERCE_WEB_PORT must be a whole number"),
            ({"ALICERCE_ENV": "prod"}, "ALICERCE_ENV must be one of"),
            ({"ALICERCE_RETRY_PACE": "nan"}, "ALICERCE_RETRY_PACE must be a number"),
            ({"ALICERCE_BASE_URL": "example.com"}, "ALICERCE_BASE_URL must be an address"),
            ({"ALICERCE_PLACES_FILE": "/nowhere"}, "ALICERCE_PLACES_FILE must be the path"),
            ({"ALICERCE_SECRET_KEY_FILE": "/nowhere"}, "ALICERCE_SECRET_KEY_FILE points to"),
            (
                {"DATABASE_URL": "x", "DATABASE_URL_FILE": "y"},
                "DATABASE_URL and DATABASE_URL_FILE",
            ),
        ],
    )
    def test_names_the_wrong_variable(self, source, complaint):
        with pytest.raises(WrongSetting, match=complaint):
            read_environment(source)

    def test_never_shows_a_secret(self):
        with pytest.raises(WrongSetting) as refusal:
            read_environment({"ALICERCE_MASTER_KEY": "hunter2"})
        assert "hunter2" not in str(refusal.value)

    @pytest.mark.parametrize("missing", sorted(set(PRODUCTION) - {"ALICERCE_ENV"}))
    def test_production_guesses_nothing(self, missing):
        assert read_environment(PRODUCTION).is_production
        source = {name: value for name, value in PRODUCTION.items() if name != missing}
        with pytest.raises(WrongSetting, match=f"{missing} must be set in production"):
            read_environment(source)
