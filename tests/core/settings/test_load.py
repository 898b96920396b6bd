"""Settings come from one file and the environment, typed, and nothing unknown gets past."""

from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Meta

from bilin.core.settings import (
    DEFAULT,
    DatabaseSettings,
    HttpSettings,
    LogSettings,
    Section,
    SettingsError,
    SiteSettings,
    explain,
    load_settings,
    section,
    settings_section,
)


@settings_section("sample")
class SampleSettings(Section, frozen=True):
    """Only for these tests."""

    keep_s: Annotated[int, Meta(ge=0, description="How long")] = 60
    names: Annotated[tuple[str, ...], Meta(description="Which")] = ("a",)
    on: bool = False


@pytest.fixture(autouse=True)
def sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """The house has a section more."""
    monkeypatch.setitem(section._registered, "sample", SampleSettings)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bilin.toml"


def test_defaults_hold_when_nobody_says_anything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({})
    assert settings[HttpSettings].port == 8300
    assert settings[HttpSettings].host == "127.0.0.1"
    assert settings.source("http.port") == DEFAULT


def test_the_environment_wins_over_the_file_and_the_source_says_so(file: Path) -> None:
    file.write_text('site = "shanghai"\n[http]\nport = 9000\n[sample]\nkeep_s = 5\n')
    settings = load_settings({"BILIN_HTTP_PORT": "9001", "BILIN_SAMPLE_ON": "true"}, config=file)
    assert settings[SiteSettings].site == "shanghai"
    assert settings[HttpSettings].port == 9001
    assert settings[SampleSettings] == SampleSettings(keep_s=5, on=True)
    assert settings.source("http.port") == "BILIN_HTTP_PORT"
    assert settings.source("sample.keep_s") == str(file)


def test_the_file_in_the_current_folder_is_found(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    file.write_text("node = 7\n")
    monkeypatch.chdir(file.parent)
    assert load_settings({})[SiteSettings].node == 7


def test_lists_are_comma_separated_in_the_environment(file: Path) -> None:
    file.write_text('[sample]\nnames = ["x"]\n')
    assert load_settings({}, config=file)[SampleSettings].names == ("x",)
    assert load_settings({"BILIN_SAMPLE_NAMES": "x, y"}, config=file)[SampleSettings].names == ("x", "y")


def test_an_empty_variable_is_no_override(file: Path) -> None:
    file.write_text("[http]\nport = 9000\n")
    assert load_settings({"BILIN_HTTP_PORT": ""}, config=file)[HttpSettings].port == 9000


def test_a_relative_data_folder_lies_beside_the_file_that_names_it(file: Path) -> None:
    file.write_text('data_dir = "var"\n')
    assert load_settings({}, config=file)[SiteSettings].data_dir == file.parent / "var"


@pytest.mark.parametrize(
    ("environ", "text", "expected"),
    [
        ({}, "[http]\nprot = 1\n", "Did you mean http.port?"),
        ({}, "data_dri = 'x'\n", "Did you mean data_dir?"),
        ({"BILIN_HTTP_PROT": "1"}, "", "Did you mean BILIN_HTTP_PORT?"),
        ({"BILIN_HTTP_PORT": "many"}, "", "http.port = 'many' (in BILIN_HTTP_PORT) is not valid"),
        ({}, "[http]\nport = 70000\n", "http.port = 70000"),
        ({}, '[http]\nport = "8300"\n', "Expected `int`, got `str`"),
        ({}, "site = 'Head Office'\n", "site = 'Head Office'"),
        ({"BILIN_HTTP_ORIGINS": "chat.example.com"}, "", "http.origins = "),
        ({}, "[http]\norigins = ['*']\n", "http.origins"),
        ({}, "[http\n", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(file: Path, environ: dict[str, str], text: str, expected: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError) as refused:
        load_settings(environ, config=file)
    assert expected in refused.value.detail


def test_everything_wrong_is_named_at_once(file: Path) -> None:
    file.write_text("[http]\nport = 0\nhots = ''\n")
    with pytest.raises(SettingsError) as refused:
        load_settings({}, config=file)
    assert len(refused.value.detail.splitlines()) == 2


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        load_settings({}, config=tmp_path / "none.toml")


def test_settings_cannot_change_afterwards(file: Path) -> None:
    file.write_text("")
    with pytest.raises(AttributeError):
        load_settings({}, config=file)[SampleSettings].keep_s = 1  # type: ignore[misc]


def test_explain_masks_secrets_and_tells_the_source() -> None:
    url = "postgresql://bilin:hidden@db.example.com/bilin?sslmode=verify-full"
    buses = "tls://bilin:hidden@one,tls://bilin:hidden@two"
    settings = load_settings({"BILIN_DATABASE_URL": url, "BILIN_NATS_URL": buses})
    lines = {each.key: each for each in explain(settings)}
    assert lines["database.url"].value == "postgresql://bilin:•••@db.example.com/bilin?sslmode=verify-full"
    assert lines["nats.url"].value == "tls://bilin:•••@one,tls://bilin:•••@two"
    assert lines["database.url"].source == "BILIN_DATABASE_URL"
    assert lines["sample.keep_s"].value == "60"
    assert all(each.meaning for each in lines.values() if not each.key.startswith("sample."))


def test_a_wrong_secret_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"BILIN_DATABASE_POOL_SIZE": "1", "BILIN_DATABASE_URL": "x"})
    assert "pool_size" in refused.value.detail
    assert load_settings({"BILIN_DATABASE_URL": "x"})[DatabaseSettings].url == "x"


def test_two_sections_of_one_name_are_a_mistake() -> None:
    class Other(Section, frozen=True):
        """Takes a name that is taken."""

    with pytest.raises(ValueError, match="belongs to SampleSettings"):
        section.enter(settings_section("sample")(Other))


def test_what_joining_wrote_in_the_data_folder_is_the_lowest_source(tmp_path: Path, file: Path) -> None:
    (tmp_path / "site.toml").write_text("node = 2\n[http]\nport = 8400\n[sample]\nkeep_s = 7\n")
    file.write_text("[http]\nport = 9000\n")
    settings = load_settings({"BILIN_DATA_DIR": str(tmp_path), "BILIN_SAMPLE_KEEP_S": "8"}, config=file)
    assert settings[SiteSettings].node == 2
    assert settings.source("node") == str(tmp_path / "site.toml")
    assert settings[HttpSettings].port == 9000
    assert settings[SampleSettings].keep_s == 8


def test_the_number_of_a_site_cannot_be_changed_by_hand(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("node = 2\n")
    given = {"BILIN_DATA_DIR": str(tmp_path)}
    assert load_settings({**given, "BILIN_NODE": "2"})[SiteSettings].node == 2
    with pytest.raises(SettingsError, match=r"node = 3 \(in BILIN_NODE\) is not the site of this folder: .* says 2"):
        load_settings({**given, "BILIN_NODE": "3"})


LINKS = {
    "BILIN_PORT": "tcp://10.0.0.1:8300",
    "BILIN_SERVICE_HOST": "10.0.0.1",
    "BILIN_SERVICE_PORT": "8300",
    "BILIN_SERVICE_PORT_HTTP": "8300",
    "BILIN_PORT_8300_TCP": "tcp://10.0.0.1:8300",
    "BILIN_PORT_8300_TCP_PROTO": "tcp",
    "BILIN_PORT_8300_TCP_PORT": "8300",
    "BILIN_PORT_8300_TCP_ADDR": "10.0.0.1",
    "BILIN_HTTP_PORT": "tcp://10.0.0.2:80",
    "BILIN_HTTP_SERVICE_HOST": "10.0.0.2",
    "BILIN_NATS_PORT": "udp://[fd00::1]:4222",
    "BILIN_MY_DB_PORT_5432_TCP_ADDR": "fd00::2",
}
"""What Kubernetes makes in every pod for services called bilin, bilin-http, bilin-nats and bilin-my-db."""


@pytest.mark.parametrize("variable", LINKS)
def test_what_kubernetes_makes_for_services_is_passed_over_by_name(variable: str) -> None:
    settings = load_settings({variable: LINKS[variable]})
    assert settings.passed_over == (variable,)
    assert settings[HttpSettings].port == HttpSettings().port


def test_a_setting_beside_them_still_counts_and_a_mistake_is_still_one() -> None:
    settings = load_settings({**LINKS, "BILIN_HTTP_PORT": "9000"})
    assert settings[HttpSettings].port == 9000
    assert set(settings.passed_over) == set(LINKS) - {"BILIN_HTTP_PORT"}
    for variable, text in (("BILIN_PORT", "8300"), ("BILIN_HTTP_PORT", "http://10.0.0.1"), ("BILIN_HTTP_HOSTT", "x")):
        with pytest.raises(SettingsError, match=variable):
            load_settings({variable: text})


@pytest.mark.parametrize("written", ["INFO", "Info", "info", " info "])
def test_one_of_several_words_is_known_in_any_case(file: Path, written: str) -> None:
    file.write_text(f'[log]\nlevel = "{written}"\nformat = "JSON"\n')
    assert load_settings({}, config=file)[LogSettings] == LogSettings(level="info", format="json")
    assert load_settings({"BILIN_LOG_LEVEL": written})[LogSettings].level == "info"
    with pytest.raises(SettingsError, match="BILIN_LOG_LEVEL"):
        load_settings({"BILIN_LOG_LEVEL": "LOUD"})
