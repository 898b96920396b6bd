"""What goes wrong with settings, said once, before anything starts."""

from bilin.core.errors import BilinError


class SettingsError(BilinError):
    """The settings cannot be used; the detail names each one that is wrong, where it stands and what it should be."""

    code = "core.settings"
    status = 500
    title = "The settings are not right"
    hint = "`bilin config explain` lists every setting, its value, its source and its meaning."
