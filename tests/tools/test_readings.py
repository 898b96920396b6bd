"""The browser finds by the same readings as the server: what it has is what the server would write for it now."""

from tools.readings import FILE, table


def test_the_browsers_readings_are_the_servers() -> None:
    assert FILE.read_text(encoding="utf-8") == table()
