"""A company's talk, the same every time: Chinese, English and both, with names and codes."""

import random
from collections.abc import Sequence

COMMON = [
    "我们",
    "今天",
    "项目",
    "客户",
    "合同",
    "安排",
    "会议",
    "问题",
    "時間",
    "確認",
    "仓库",
    "发货",
    "联系",
    "负责",
    "周報",
]
RARE = [
    "麒麟",
    "冷凝水",
    "化霜周期",
    "排水沟",
    "地漏标高",
    "彩虹门",
    "沈屿舟",
    "欧阳知远",
    "侯晨曦",
    "胡志强",
    "镝灯",
    "醪糟",
]
ENGLISH = [
    "the",
    "please",
    "harbour",
    "Invoice",
    "customer",
    "schedule",
    "refrigerator",
    "curve",
    "log",
    "send",
    "plan",
]
CODES = "HT PO XM QC"


def talk(count: int, seed: int = 7) -> list[str]:
    """So many texts: six of ten Chinese, two English, two mixed."""
    dice = random.Random(seed)  # noqa: S311 (a corpus)
    return [_text(dice) for _ in range(count)]


def _text(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.6:
        return "".join(_chinese(dice) for _ in range(dice.randint(3, 14))) + dice.choice("。！？") * dice.randint(0, 1)
    if kind < 0.8:
        return " ".join(dice.choice(ENGLISH) for _ in range(dice.randint(2, 9)))
    code = f"{dice.choice(CODES.split())}-{dice.randint(2020, 2026)}-{dice.randint(0, 300):04}"
    place = f"{_chinese(dice)}{dice.randint(1, 40)}号"
    return f"{_chinese(dice)}{dice.choice(['', ' '])}{code}，{dice.choice(ENGLISH)} {place}"


def _chinese(dice: random.Random) -> str:
    return dice.choice(RARE) if dice.random() < 0.03 else dice.choice(COMMON)


QUERIES: dict[str, Sequence[str]] = {
    "common word": ["我们", "今天"],
    "middling word": ["周报", "发货"],
    "rare word": ["麒麟", "醪糟"],
    "word of three or four": ["冷凝水", "化霜周期"],
    "name of a person": ["沈屿舟", "欧阳知远"],
    "part of a Chinese word": ["凝水", "标高", "霜周"],
    "single character": ["镝", "水", "们"],
    "full code": ["HT-2024-0192", "po-2021-0007"],
    "mixed": ["合同 harbour", "今天 2024"],
    "part of a code": ["2024-01", "0192", "XM-20"],
    "very common English": ["the", "log"],
    "English, part of a word": ["frigerat", "stomer"],
    "beginning of an English word": ["refri", "in", "sch"],
}
"""The classes of the research, each with some queries."""
MORE = ["確認", "确认", "ＨＴ－２０２４", "時間", "时间", '"我们今天"', "号", "INVOICE", "今天 -我们", "3号", "12号"]
