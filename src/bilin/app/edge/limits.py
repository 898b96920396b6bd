"""What a request may be, before anybody is known to have sent it. Far more than any client of ours needs."""

MAX_TARGET_BYTES = 8_192
"""Path and query."""
MAX_HEAD_BYTES = 65_536
"""All headers of a request together, trailers included; and what frames its body beside the body itself."""
MAX_HEADERS = 100
FRAMING_PER_BODY_BYTE = 8
"""A chunk of one byte needs six bytes around it (RFC 9112, section 7.1); more is no framing."""
MAX_PIPELINED = 32
"""Requests that wait behind one on the same connection; what comes behind them is not parsed before there is room."""
PORTION_BYTES = 4_096
"""So much is parsed at once: some 150 requests, of the smallest."""
SILENT_S = 75.0
"""A connection without a request: as long as one is kept alive after its last."""
HEAD_WITHIN_S = 12.0
"""From the first byte of a request to the end of its headers."""
BODY_GRACE_S = 15.0
BODY_BYTES_PER_S = 1_024
"""A body has the grace, and a second for each so many bytes that came: a slow line is none that stands still."""
MAX_UNWANTED_BYTES = 80_000_000
"""Of a body that was answered before it had ended, such as an import without permission; more ends the connection."""
UNREAD_S = 60.0
"""An answer of which nothing is taken for so long is given up."""
LINGER_S = 2.0
"""After a refusal what still comes is thrown away for a moment: closed at once, the answer would be lost (RST)."""
