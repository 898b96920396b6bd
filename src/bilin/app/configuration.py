"""The settings of the whole program: those of core and of every module."""

import importlib
from pathlib import Path

from bilin.core.settings import Settings, load_settings


def read_configuration(file: Path | None = None) -> Settings:
    """Reads the settings once all modules have declared theirs. Raises `SettingsError`."""
    importlib.import_module("bilin.app.modules")  # a module declares its settings when it is imported
    return load_settings(config=file)
