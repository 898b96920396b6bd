"""What libraries log comes out as our own events do."""

import logging

from structlog.testing import capture_logs

from bilin.core.telemetry import LibraryLog

RECORD = logging.LogRecord("asyncpg.pool", logging.WARNING, __file__, 1, "%s does not answer", ("it",), None)


def test_a_warning_is_one_event_with_its_reason() -> None:
    cause = ConnectionRefusedError("refused")
    RECORD.exc_info = (type(cause), cause, None)
    with capture_logs() as said:
        LibraryLog().handle(RECORD)
    assert said == [
        {
            "event": "library.said",
            "log_level": "warning",
            "library": "asyncpg.pool",
            "said": "it does not answer",
            "reason": "ConnectionRefusedError('refused')",
        }
    ]


def test_an_error_keeps_its_trace() -> None:
    cause = ValueError("a mistake")
    record = logging.LogRecord("uvicorn.error", logging.ERROR, __file__, 1, "failed", (), (ValueError, cause, None))
    with capture_logs() as said:
        LibraryLog().handle(record)
    assert said[0]["log_level"] == "error"
    assert said[0]["exc_info"] is cause
