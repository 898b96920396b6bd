"""What text is made of: what shows, what is a letter of a name, what is one emoji, and when two texts are the same.

Everything that asks such a question asks it here, and the browser asks `web/src/characters` by the same rules;
both are held to `tests/core/characters.json`. The data is that of the packages `regex` and `unicodedata2`, which follow
Unicode every year; that of the interpreter is as old as the interpreter. Where a rule could depend on the version all
the same, it is kind to what is not assigned yet: that is a character of tomorrow.
"""

from typing import Final

import regex
from unicodedata2 import normalize

from bilin.core.reasons import NotShown, Wrong

BELONGING: Final = r"\u034F\u180B-\u180F\u17B4\u17B5\u200C\u200D\uFE00-\uFE0F\U000E0100-\U000E01EF"
"""Do not show, but belong to the sign before: joiners, variation selectors (of ideographs as well), marks of order."""

_EMOJI_ELEMENT = (
    r"(?:\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3"
    r"|(?:\p{Extended_Pictographic}[\uFE0E\uFE0F]?\p{EMod}?|\p{EMod})(?:[\U000E0020-\U000E007E]+\U000E007F)?)"
)
_EMOJI = regex.compile(rf"{_EMOJI_ELEMENT}(?:\u200D{_EMOJI_ELEMENT})*", regex.V1)
"""An emoji (UTS #51, ED-17a), by properties that hold for the emoji of coming years as well."""
_SHOWN = regex.compile(r"[^\p{White_Space}\p{DI}\p{Cc}\p{Cf}\p{Cs}\p{NChar}\p{Mn}\u2800]", regex.V1)
_HIDDEN = regex.compile(
    rf"[[\p{{DI}}\p{{Cc}}\p{{Cs}}\p{{NChar}}\uFFF9-\uFFFB]--[{BELONGING}]]|(?<=\S)\u2800"
    rf"|[{BELONGING}](?=[{BELONGING}])|(?:^|(?<=\s))[{BELONGING}]|[\u200C\u200D](?=\s|$)"
    r"|(?<=[\p{Han}\p{Latin}\p{Cyrillic}\p{Greek}\p{Hangul}\p{Hiragana}\p{Katakana}\p{N}\p{P}\p{Co}])[\u200C\u200D]"
    r"|(?<=[\p{Han}\p{Latin}\p{Cyrillic}\p{Greek}\p{Hangul}\p{Hiragana}\p{Katakana}])[\u034F\u180B-\u180F\uFE03-\uFE0F]",
    regex.V1,
)
"""What nobody sees in a name: controls (of direction as well), blanks without width, joiners where nothing joins, and
selectors behind letters that have no such forms."""
_CONTROL = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}]", regex.V1)
_FORMAT = regex.compile(r"[\p{DI}\p{Cc}\p{Cf}\p{Cs}\p{NChar}]", regex.V1)
_LETTER = regex.compile(r"[[\p{L}\p{N}\p{Co}]--\p{DI}]|[\p{Cn}--[\p{NChar}\p{DI}\p{Extended_Pictographic}]]", regex.V1)
_CODE_OF_LOGIN = regex.compile(r"[[\p{L}\p{N}]--\p{DI}]", regex.V1)
_IDEOGRAPH = regex.compile(r"\p{Han}", regex.V1)
_PARTS = regex.compile(r"\p{Han}|\P{Han}+", regex.V1)
_SPACES = regex.compile(r"\p{White_Space}+", regex.V1)
_ACCENT = regex.compile(r"[\p{Mn}&&\p{sc=Zinh}]", regex.V1)
_BETWEEN = regex.compile(r"[\p{Z}\p{P}\p{Cc}\p{Cf}\p{Cs}\u02D9\u2219\u22C5\u25CF]+", regex.V1)
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ŧ": "t", "ŋ": "n", "æ": "ae", "œ": "oe", "þ": "th", "ς": "σ"}
)
"""Letters with a stroke and ligatures, which no decomposition takes apart."""


def composed(text: str) -> str:
    """The form in which text of people is stored: NFC (UAX #15)."""
    return str(normalize("NFC", text))


def compatible(text: str) -> str:
    """NFKC: width and presentation make no difference. For what machines compare: logins, passwords, addresses."""
    return str(normalize("NFKC", text))


def tidy(text: str) -> str:
    """A name as it is stored: composed, with single blanks. Raises `Wrong` for what nobody would see."""
    spaced = _SPACES.sub(" ", composed(text)).strip(" ")
    hidden = _HIDDEN.search(_EMOJI.sub("", spaced))
    if hidden:
        raise Wrong(NotShown(sign=f"U+{ord(hidden[0][0]):04X}"))
    return str(spaced)


def shown_only(text: str) -> str:
    """Without what does not show: for what is copied with it from elsewhere, such as a telephone number."""
    return str(_SPACES.sub(" ", _FORMAT.sub("", _SPACES.sub(" ", text))).strip(" "))


def is_blank(text: str) -> bool:
    """Whether nobody would see anything: blanks, fillers and formatting only."""
    return _SHOWN.search(text) is None


def has_control(text: str) -> bool:
    """Whether it would change how what stands around it is shown: direction, lines, a terminal."""
    return _CONTROL.search(text) is not None


def has_letter(text: str) -> bool:
    """Whether a name could be spoken: a letter or digit of any script, one of private use, or one of tomorrow."""
    return _LETTER.search(text) is not None


def is_letter_of_login(char: str) -> bool:
    """Letters and digits that everybody has: none of private use."""
    return _CODE_OF_LOGIN.fullmatch(char) is not None


def is_ideograph(char: str) -> bool:
    """Whether it is a Chinese character."""
    return _IDEOGRAPH.match(char) is not None


def is_emoji(text: str) -> bool:
    """Whether it is one emoji, made of as many code points as it takes."""
    return _EMOJI.fullmatch(text) is not None


def fold(text: str) -> str:
    """Text as it is compared: width, case and accents of letters make no difference. The database takes no NUL."""
    bare = _ACCENT.sub("", normalize("NFKD", text.replace("\0", " ")))
    return composed(bare.lower().upper().lower().translate(_PLAIN))


def alike(text: str) -> str:
    """What looks the same gives the same: folded, and blanks and what does not show make no difference."""
    return str(_SPACES.sub("", _FORMAT.sub("", fold(text))))


def words_of(text: str) -> list[str]:
    """The words of a text, folded: what stands between blanks, dots and other punctuation of any width."""
    return [word for word in _BETWEEN.split(fold(text)) if word]


def parts_of(text: str) -> list[str]:
    """What is said one by one: each Chinese character, and each word of other letters; folded."""
    return [part for word in words_of(text) for part in _PARTS.findall(word)]


def squashed(text: str) -> str:
    """Text as it is looked for: folded, and blanks and punctuation make no difference."""
    return "".join(words_of(text))
