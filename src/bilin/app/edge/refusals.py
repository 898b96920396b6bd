"""A refusal as bytes for the wire: a problem (RFC 9457) for programs, a page in the reader's language for people."""

from collections.abc import Sequence
from html import escape
from http import HTTPStatus

from bilin.app.edge.errors import AddressTooLong, HeadTooLarge, TooSlow, UnknownHost
from bilin.app.edge.headers import EVERYWHERE, NO_PAGE, Header
from bilin.core.errors import BilinError, Malformed
from bilin.core.http import PROBLEM, problem_body

ADD_ORIGIN = (
    "请管理员把大家打开的地址（例如 https://chat.example.com）写进 bilin.toml 的 http.origins"
    "（即 BILIN_HTTP_ORIGINS），然后重新启动。前面有代理时，还要让代理原样传递 Host 头。"
)
CHINESE = {
    UnknownHost.code: ("服务器不接受这个地址", ADD_ORIGIN),
    HeadTooLarge.code: ("请求头太大", "请在浏览器里删除这个地址的 Cookie，再重新打开。"),
    AddressTooLong.code: ("这个地址太长", "请直接打开比邻的地址，不要带后面的内容。"),
    TooSlow.code: ("请求传得太慢", "请再试一次；线路慢时，一次少发一些。"),
    Malformed.code: ("服务器看不懂这个请求", "请直接打开比邻的地址。如果前面有代理，请检查代理的设置。"),
}
"""Title and hint by code. The client words what its own requests meet; this is for pages that do not load."""
PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{title}</title>
<body style="font:16px/1.6 system-ui,sans-serif;max-width:36rem;margin:12vh auto;padding:0 1.5rem">
<h1 style="font-size:1.35rem">{title}</h1><p>{detail}</p><p>{hint}</p><p style="opacity:.6">{status} · {code}</p>
"""
PAGE_POLICY = (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")


def refusal(error: BilinError, headers: Sequence[Header], extra: Sequence[Header] = ()) -> bytes:
    """The whole answer. `headers` are those of the request as far as they came; the connection ends after it."""
    said = dict(headers)
    is_page = b"text/html" in said.get(b"accept", b"") and not said.get(b"x-requested-with")
    body = _page(error, said.get(b"accept-language", b"")) if is_page else problem_body(error)
    kind = b"text/html; charset=utf-8" if is_page else PROBLEM.encode()
    own = [PAGE_POLICY, *NO_PAGE[:1]] if is_page else NO_PAGE
    lines = [
        b"HTTP/1.1 %d %s" % (error.status, HTTPStatus(error.status).phrase.encode()),
        b"content-type: " + kind,
        b"content-length: %d" % len(body),
        b"connection: close",
        *(name + b": " + value for name, value in (*extra, *EVERYWHERE, *own)),
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _page(error: BilinError, languages: bytes) -> bytes:
    is_chinese = languages.strip().lower().startswith(b"zh") and error.code in CHINESE
    title, hint = CHINESE[error.code] if is_chinese else (error.title, error.hint)
    detail = "" if error.detail == error.title or is_chinese else error.detail
    return PAGE.format(
        language="zh-CN" if is_chinese else "en",
        title=escape(title),
        detail=escape(detail),
        hint=escape(hint),
        status=error.status,
        code=error.code,
    ).encode()
