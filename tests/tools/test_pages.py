"""Pages for people who run or use Bilin: in both languages, with commands, settings and links that exist."""

import functools
import re
import shlex
from collections import Counter
from pathlib import Path

import pytest
from cyclopts.exceptions import MissingArgumentError

from bilin.app.cli import cli
from bilin.app.configuration import read_configuration
from bilin.core.settings import explain

ROOT = Path(__file__).parents[2]
ENGLISH = sorted(
    page
    for folder in ("administrators", "users")
    for page in (ROOT / "docs" / folder).glob("*.md")
    if ".zh-CN." not in page.name
)
PAGES = [*ENGLISH, *(page.with_suffix(".zh-CN.md") for page in ENGLISH), ROOT / "README.md", ROOT / "README.zh-CN.md"]
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
HAN = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
COMMAND = re.compile(r"\bbilin (?:serve|demo|org|site|audit|config|version)\b[^`#\n]*")
FILES = (".toml", ".conf", ".log", ".pem", ".key", ".code", ".token", ".password")
PLACEHOLDERS = {"N": "2", "P": "7", "ID": "1", "…": "", "TOKEN": "t", "令牌": "t", "bilin-site-…": "t"}


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _examples(page: Path) -> list[list[str]]:
    """The fenced examples, without what is said in them to people."""
    blocks = []
    for _, body in FENCE.findall(page.read_text(encoding="utf-8")):
        lines = [re.sub(r"\s+#.*$", "", line).strip() for line in body.splitlines()]
        if not any("│" in line for line in lines):
            blocks.append([line for line in lines if line])
    return blocks


def _code(page: Path) -> Counter[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    found = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    return Counter(
        code.strip() for code in found if not HAN.search(code) and re.search(r"[./_=]\w|\w[./_=]|^bilin |^--", code)
    )


@pytest.mark.parametrize("page", ENGLISH, ids=_name)
def test_a_page_and_its_chinese_twin_show_the_same_examples(page: Path) -> None:
    twin = page.with_suffix(".zh-CN.md")
    assert _examples(twin) == _examples(page)
    assert set(_code(page)) - set(_code(twin)) == set()
    assert set(_code(twin)) - set(_code(page)) == set()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_command_on_a_page_is_one(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    whole = [line for example in _examples(page) for line in example if line.startswith("bilin ")]
    for command in [*COMMAND.findall(text), *whole]:
        _, *words = [PLACEHOLDERS.get(word, word) for word in shlex.split(command.rstrip(" .,;)"))]
        try:
            cli.parse_args([word for word in words if word], exit_on_error=False, print_error=False)
        except MissingArgumentError:
            assert command not in whole, command  # only named, in a sentence


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_setting_on_a_page_is_one(page: Path) -> None:
    known = {setting.key for setting in explain(read_configuration())}
    sections = {key.partition(".")[0] for key in known}
    for code in _code(page):
        for name in re.findall(r"(?<![\w./-])([a-z]+\.[a-z_]+)(?![\w./(*-])", code):
            if name.partition(".")[0] in sections and not name.endswith(FILES):
                assert name in known | _said_by_the_program(), f"{name} in {_name(page)}"


@functools.cache
def _said_by_the_program() -> frozenset[str]:
    """Codes of errors and names of lines in the log look like settings."""
    sources = (ROOT / "src/bilin").rglob("*.py")
    return frozenset(name for file in sources for name in re.findall(r'"([a-z]+\.[a-z_]+)"', file.read_text()))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_on_a_page_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{target} in {_name(page)}"
        if anchor:
            heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-") for head in heads}
