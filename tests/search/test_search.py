"""Who may search."""

from tests.authorization.rows import SIGNED_IN, Row

ROUTES = [Row("GET", "/api/search", SIGNED_IN, "/api/search?q=hello")]
