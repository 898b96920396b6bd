"""`bilin site status` on a terminal: who is reached, and what is behind."""

import io
import time
from typing import Any

from rich.console import Console

from bilin.app.commands.site_map import draw_map, print_status


def told(number: int, name: str, **more: Any) -> dict[str, Any]:
    usual = {
        "number": number,
        "name": name,
        "address": "",
        "state": "joined",
        "reachable": True,
        "version": "0.1.0",
        "last_contact_ms": round(time.time() * 1000),
        "clock_offset_ms": 3,
        "round_trip_ms": 41,
        "behind_events": 0,
        "behind_s": 0.0,
        "ahead_events": 0,
        "ahead_s": 0.0,
        "position": [1, 5],
        "followed_pos": 5,
        "needs": 0,
        "bytes_in": 2048,
        "bytes_out": 3 * 1024 * 1024,
        "held": None,
        "alerts": [],
    }
    return usual | more


def test_a_branch_that_is_cut_off_is_seen_at_a_glance() -> None:
    hours_ago = round(time.time() * 1000) - 3 * 3_600_000
    sites = [
        told(1, "云川集团"),
        told(2, "上海"),
        told(3, "深圳", reachable=False, last_contact_ms=hours_ago, alerts=["unreachable"]),
        told(4, "广州", state="invited", reachable=False, version=None),
    ]
    lines = [line.plain for line in draw_map(sites, 1)]
    assert lines[0] == "  [ 1 云川集团 · here ]──┬─────[ 2 上海 ] reached"
    assert lines[1].endswith("├──╳──[ 3 深圳 ] not reached since 3 h ago")
    assert lines[2].endswith("└·····[ 4 广州 ] invited")
    assert len({line.index(end) for line, end in zip(lines[1:], "├└", strict=True)}) == 1


def test_the_table_tells_lag_bytes_and_alerts() -> None:
    out = io.StringIO()
    held = {"code": "core.clock_ahead", "detail": "An id lies too far in the future"}
    behind = told(2, "上海", behind_events=1234, behind_s=61.0, held=held, alerts=["held"])
    status = {"here": 1, "pos": 5, "cut_s": 30, "sites": [told(1, "总部"), behind], "login_conflicts": []}
    print_status(Console(file=out, width=160), status)
    said = out.getvalue()
    for part in (
        "1,234 ev · 61 s",
        "nothing",
        "2 KiB",
        "3.0 MiB",
        "+3 ms",
        "41 ms",
        "2 上海: held (An id lies",
        "30 s more",
    ):
        assert part in said, part


def test_a_company_with_one_site_is_just_that() -> None:
    assert [line.plain for line in draw_map([told(1, "")], 1)] == ["  [ 1 · here ]"]
