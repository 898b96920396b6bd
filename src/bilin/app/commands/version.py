"""`bilin version`"""

import platform

from rich.console import Console

from bilin import __version__


def version() -> None:
    """Print the version of Bilin and of the Python it runs on."""
    Console(highlight=False).print(f"Bilin {__version__} (Python {platform.python_version()})")
