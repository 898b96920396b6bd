"""The filters of the query language, and what they are called: in Chinese and in English, always both."""

from typing import Final, Literal

SearchFilter = Literal["from", "in", "before", "after", "has", "type"]
Trait = Literal["link", "code", "reply", "mention"]
Kind = Literal["message", "person", "conversation"]

FILTERS: Final[dict[SearchFilter, tuple[str, ...]]] = {
    "from": ("from", "发件人", "发送人", "来自"),
    "in": ("in", "会话", "群", "群聊"),
    "before": ("before", "早于", "之前"),
    "after": ("after", "晚于", "之后", "自"),
    "has": ("has", "含", "包含", "有"),
    "type": ("type", "类型"),
}
TRAITS: Final[dict[Trait, tuple[str, ...]]] = {
    "link": ("link", "links", "链接", "网址"),
    "code": ("code", "代码"),
    "reply": ("reply", "replies", "回复"),
    "mention": ("mention", "mentions", "@me", "@我", "提及", "提到我"),
}
KINDS: Final[dict[Kind, tuple[str, ...]]] = {
    "message": ("message", "messages", "消息"),
    "person": ("person", "people", "人", "联系人"),
    "conversation": ("conversation", "conversations", "chat", "chats", "会话", "群", "群聊"),
}
MYSELF: Final = ("me", "我", "自己")
TODAY: Final = ("today", "今天")
YESTERDAY: Final = ("yesterday", "昨天")
