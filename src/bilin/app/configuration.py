"""The settings of the whole program: those of core and of every module."""

from pathlib import Path

from bilin.app.modules import assemble_house
from bilin.core.settings import Settings, load_settings


def read_configuration(file: Path | None = None) -> Settings:
    """Reads the settings once the house is put together. Raises `SettingsError`."""
    assemble_house()
    return load_settings(config=file)
