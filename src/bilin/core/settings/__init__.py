"""Settings: one TOML file and environment overrides, typed per module, frozen at start."""

from bilin.core.settings.errors import SettingsError
from bilin.core.settings.explain import Explained, explain
from bilin.core.settings.load import DEFAULT, Settings, load_settings
from bilin.core.settings.own import (
    DatabaseSettings,
    HttpSettings,
    LimitsSettings,
    LogSettings,
    NatsSettings,
    NetworkSettings,
    PostgresSettings,
    ProcessSettings,
    SiteSettings,
)
from bilin.core.settings.section import Section, settings_section
from bilin.core.settings.sources import CONFIG_VARIABLE

__all__ = [
    "CONFIG_VARIABLE",
    "DEFAULT",
    "DatabaseSettings",
    "Explained",
    "HttpSettings",
    "LimitsSettings",
    "LogSettings",
    "NatsSettings",
    "NetworkSettings",
    "PostgresSettings",
    "ProcessSettings",
    "Section",
    "Settings",
    "SettingsError",
    "SiteSettings",
    "explain",
    "load_settings",
    "settings_section",
]
