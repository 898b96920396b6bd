"""What a message may hold."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.core.codec import from_json, to_json
from bilin.core.errors import Invalid
from bilin.core.ids import PersonId
from bilin.messaging.messages.content import (
    Code,
    Content,
    Items,
    Link,
    Mention,
    MentionAll,
    Paragraph,
    QuoteBlock,
    Text,
)
from bilin.messaging.messages.content_rules import CHAR_BYTES, PART_BYTES, check_content, plain_text

VECTORS = Path(__file__).parents[1] / "vectors"
"""What the browser is held to as well (web/src/features/messages)."""
LINKS = json.loads((VECTORS / "links.json").read_text())


def paragraph(*spans: Text | Link | Mention | MentionAll) -> Content:
    return Content((Paragraph(spans),))


@pytest.mark.parametrize(
    "content",
    [
        paragraph(Text("a\0b")),
        paragraph(Link("a\0b", "https://example.cn")),
        Content((Code("a\0b", ""),)),
        Content((Code("a", "py\0"),)),
        Content((Items(False, ((Text("\0"),),)),)),
        Content((QuoteBlock((Text("\0a"),)),)),
    ],
)
def test_no_text_holds_a_nul(content: Content) -> None:
    with pytest.raises(Invalid) as refused:
        check_content(content)
    assert refused.value.details["fields"] == {"content": "may not contain U+0000, which does not show"}


def test_everything_of_the_protocol_is_taken() -> None:
    content = Content(
        (
            Paragraph((Text("bold", ("bold", "italic")), Link("site", "https://example.com/x?y=1#z"))),
            QuoteBlock((Text("they said"),)),
            Code("print(1)", "python"),
            Items(True, ((Text("one"),), (Mention(PersonId(4), "Ben"), MentionAll()))),
        )
    )
    called = check_content(content)
    assert (list(called.people), called.everyone) == ([4], True)
    assert plain_text(content, 200) == "boldsite they said print(1) 1. one 2. @Ben@all"
    assert plain_text(content, 6) == "boldsi"


@pytest.mark.parametrize("href", LINKS["taken"])
def test_links_lead_to_the_web_or_a_mailbox(href: str) -> None:
    check_content(paragraph(Link("x", href)))


@pytest.mark.parametrize(
    "href",
    [*LINKS["refused"], "https://x/" + "y" * 2_048],
)
def test_and_nowhere_else(href: str) -> None:
    with pytest.raises(Invalid):
        check_content(paragraph(Link("x", href)))


@pytest.mark.parametrize(
    "content",
    [
        Content(tuple(Paragraph((Text("x"),)) for _ in range(201))),
        paragraph(Text("x" * 20_001)),
        Content((Code("x" * 20_001, ""),)),
        Content((Code("x", "l" * 41),)),
        Content((Items(False, tuple(() for _ in range(5_001))), Paragraph((Text("x"),)))),
        paragraph(*(Text("") for _ in range(5_001))),
        paragraph(Mention(PersonId(4), "")),
        paragraph(Mention(PersonId(4), "n" * 101)),
        paragraph(Text("\u3000\n")),
        paragraph(Text("\u200b")),
        paragraph(Text("\u200b"), Text("\ufeff \u202e")),
        Content((Code("\u200b", ""),)),
        paragraph(Mention(PersonId(4), "\u202egnp")),
        paragraph(*(Link("x", "https://x/" + "y" * 2_000) for _ in range(460))),
        paragraph(*(Link("", "https://x/" + "y" * 2_000) for _ in range(11))),
        paragraph(Text("x", ("bold",) * 5)),
        paragraph(Link("x", "https://x", ("bold",) * 5)),
        paragraph(*(Text("", ("bold", "italic", "code", "strike")) for _ in range(4_000)), Text("x")),
        paragraph(*(Mention(PersonId(1 << 60), "n") for _ in range(4_000))),
        paragraph(Text("\x01" * 17_000), Text("x")),
        Content((Code("x" * 19_999, "l" * 40),)),
        Content((Items(True, ((Text("x"),),), start=-1),)),
        Content((Items(True, ((Text("x"),),), start=1_000_000_000),)),
        Content((Items(False, ((Text("x"),),), start=2),)),
        Content((Items(False, ((Text("x"),),), indent=-1),)),
        Content((Items(False, ((Text("x"),),), indent=9),)),
    ],
)
def test_too_much_and_too_little_is_refused(content: Content) -> None:
    with pytest.raises(Invalid):
        check_content(content)


TEXTS = st.text(max_size=40)
MARKS = st.lists(st.sampled_from(["bold", "italic", "code", "strike"]), max_size=4).map(tuple)
SPANS = st.one_of(
    st.builds(Text, TEXTS, MARKS),
    st.builds(Link, TEXTS, TEXTS.map(lambda text: "https://x" + "".join(text.split())), MARKS),
    st.builds(Mention, st.integers(-(1 << 63), (1 << 63) - 1).map(PersonId), st.text(min_size=1, max_size=40)),
    st.builds(MentionAll),
)
ROWS = st.lists(SPANS, max_size=6).map(tuple)
BLOCKS = st.one_of(
    st.builds(Paragraph, ROWS),
    st.builds(QuoteBlock, ROWS),
    st.builds(Code, TEXTS, st.text(max_size=40)),
    st.builds(Items, st.booleans(), st.lists(ROWS, max_size=6).map(tuple)),
    st.builds(
        Items,
        st.just(value=True),
        st.lists(ROWS, max_size=6).map(tuple),
        st.integers(0, 999_999_999),
        st.integers(0, 8),
    ),
)


@given(st.lists(BLOCKS, max_size=8).map(lambda blocks: Content(tuple(blocks))))
def test_what_is_encoded_is_never_more_than_the_sums_say(content: Content) -> None:
    """Else a message that is too large would pass without being encoded."""
    try:
        called = check_content(content)
    except Invalid:
        return
    at_most = called.chars * CHAR_BYTES + (called.parts + len(content.blocks) + 1) * PART_BYTES
    assert len(to_json(content)) <= at_most


@pytest.mark.parametrize("text", ["x" * 20_000, "文" * 20_000, "\U0001f600" * 20_000, "a\n" * 10_000])
def test_a_long_text_is_taken(text: str) -> None:
    check_content(Content((Code(text, ""),)))


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_a_link_without_words_shows_its_address(text: str) -> None:
    content = paragraph(Link(text, "https://example.cn/a"))
    check_content(content)
    assert plain_text(content, 140) == "https://example.cn/a"


def test_numbers_and_places_of_lists_are_kept_and_written_only_where_they_say_something() -> None:
    content = from_json(
        '{"blocks":[{"type":"list","ordered":true,"items":[[{"type":"text","text":"c"}]],"start":3,"indent":1},'
        '{"type":"list","ordered":true,"items":[[{"type":"link","text":"d","href":"https://d","marks":["bold"]}]]}]}',
        Content,
    )
    check_content(content)
    assert content.blocks[0] == Items(True, ((Text("c"),),), 3, 1)
    assert plain_text(content, 140) == "3. c 1. d"
    assert content.blocks[1] == Items(True, ((Link("d", "https://d", ("bold",)),),))
    assert (
        to_json(Items(True, ((Text("a"),),)))
        == b'{"type":"list","ordered":true,"items":[[{"type":"text","text":"a"}]]}'
    )
    assert to_json(Link("d", "https://d")) == b'{"type":"link","text":"d","href":"https://d"}'


def test_the_largest_message_is_taken() -> None:
    check_content(Content(tuple(Paragraph((Text("x" * 100),)) for _ in range(200))))


@pytest.mark.parametrize(
    "span",
    [
        '{"type":"image","src":"x"}',
        '{"type":"text","text":"x","marks":["blink"]}',
        '{"type":"text"}',
        '{"type":"mention","person":"x","name":"n"}',
    ],
)
def test_unknown_shapes_are_refused(span: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        from_json(f'{{"blocks":[{{"type":"paragraph","spans":[{span}]}}]}}', Content)
