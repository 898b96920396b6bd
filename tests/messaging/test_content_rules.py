"""What a message may hold."""

import msgspec
import pytest

from bilin.core.codec import from_json
from bilin.core.errors import Invalid
from bilin.core.ids import PersonId
from bilin.messaging.content import Code, Content, Items, Link, Mention, MentionAll, Paragraph, QuoteBlock, Text
from bilin.messaging.content_rules import check_content, plain_text


def paragraph(*spans: Text | Link | Mention | MentionAll) -> Content:
    return Content((Paragraph(spans),))


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
    assert plain_text(content, 200) == "boldsite they said print(1) one @Ben@all"
    assert plain_text(content, 6) == "boldsi"


@pytest.mark.parametrize("href", ["https://example.com", "HTTP://x", "mailto:a@example.com", "http://海.example/鱼"])
def test_links_lead_to_the_web_or_a_mailbox(href: str) -> None:
    check_content(paragraph(Link("x", href)))


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://x",
        "https://",
        "https:// x",
        "//x",
        "/etc",
        "data:text/html,x",
        "https://x\njavascript:",
        "mailto:",
        "",
        "https://x/" + "y" * 2_048,
    ],
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
    ],
)
def test_too_much_and_too_little_is_refused(content: Content) -> None:
    with pytest.raises(Invalid):
        check_content(content)


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
