"""What people type and paste in the browser: the server takes it, and as it is.

tests/vectors/messages.json is what the browser's editor makes of one of everything (`corpus.test.ts` there);
limits.json is where both say that a message is too much.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.core.codec import from_json, to_json
from bilin.core.errors import Invalid
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.content_rules import MAX_BYTES, MAX_CHARS, MAX_PARTS, check_content, plain_text

VECTORS = Path(__file__).parents[1] / "vectors"
MESSAGES = json.loads((VECTORS / "messages.json").read_text())
LIMITS = json.loads((VECTORS / "limits.json").read_text())
BLOCKS = [block for message in MESSAGES for block in message["blocks"]]


@pytest.mark.parametrize("message", MESSAGES, ids=range(len(MESSAGES)))
def test_what_is_typed_and_pasted_is_taken_as_it_is(message: dict[str, Any]) -> None:
    content = from_json(json.dumps(message), Content)
    check_content(content)
    assert json.loads(to_json(content)) == message
    assert plain_text(content, 140)


@given(st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=200))
def test_so_is_any_message_made_of_such_parts(blocks: list[dict[str, Any]]) -> None:
    shown = {"type": "paragraph", "spans": [{"type": "text", "text": "x"}]}
    content = from_json(json.dumps({"blocks": [*blocks[:199], shown]}), Content)
    try:
        called = check_content(content)
    except Invalid:
        called = None
    assert (called is None) == _is_too_much([*blocks[:199], shown])


def _is_too_much(blocks: list[dict[str, Any]]) -> bool:
    """The sums of the protocol, section 2, worked out without what is tested."""
    rows = [row for block in blocks for row in block.get("items", [block.get("spans", [])])]
    spans = [span for row in rows for span in row]
    chars = sum(len(part.get(key, "")) for part in [*spans, *blocks] for key in ("text", "href", "name", "language"))
    parts = len(spans) + sum(len(block.get("items", [])) for block in blocks)
    size = len(json.dumps({"blocks": blocks}, ensure_ascii=False, separators=(",", ":")).encode())
    return chars > MAX_CHARS or parts > MAX_PARTS or size > MAX_BYTES


@pytest.mark.parametrize("vector", LIMITS, ids=range(len(LIMITS)))
def test_what_is_too_much_is_decided_as_in_the_browser(vector: dict[str, Any]) -> None:
    def grow(part: dict[str, Any]) -> dict[str, Any]:
        if "text" in part:
            part["text"] *= vector.get("repeat", 1)
        if "items" in part:
            part["items"] *= vector.get("items", 1)
        return part

    block = json.loads(json.dumps(vector["block"]), object_hook=grow)
    content = from_json(json.dumps({"blocks": [block] * vector["times"]}), Content)
    if vector["refused"] is None:
        check_content(content)
    else:
        with pytest.raises(Invalid):
            check_content(content)
