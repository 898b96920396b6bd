"""Writes the figures of the last run into the READMEs and the page of sites: `python -m bench.readme`."""

import json
from pathlib import Path
from statistics import median

from bench.report import IDLE, OF_FIVE, OF_HUNDRED, OFFICE, RESULTS

ROOT = Path(__file__).parents[1]
MACHINE = RESULTS.with_name("machine.txt")
SITES_MACHINE = RESULTS.with_name("machine-sites.txt")
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
PEERS = ("ejabberd", "Prosody", "Synapse")
ROWS = (
    ("A", "sustained", "msg/s"),
    ("A", "cpu_per_1000_deliveries", "s"),
    ("B", "sustained", "msg/s"),
    ("B", "cpu_per_1000_deliveries", "s"),
    ("C", "memory_per_connection", "KiB"),
    ("D", "history_p50", "ms"),
)
AT_OFFICE_PACE = (
    *((shape, metric) for shape in (OF_FIVE, OF_HUNDRED) for metric in (
        "delivered p50", "delivered p99", "s CPU per 1,000 deliveries"
    )),
    (IDLE, ""),
)  # fmt: skip
SITES = (
    ("between sites", "delivered_p50_0_ms_added", "a message reaches a member at the other site, p50"),
    ("between sites", "delivered_p50_40_ms_added", "the same with a round trip of 40 ms added"),
    ("between sites", "delivered_p50_150_ms_added", "the same with a round trip of 150 ms added"),
    ("line", "bytes_per_message_100_msg_s", "bytes on the line for a message, at 100 messages a second"),
    ("line", "bytes_to_json_100_msg_s", "the same beside its JSON event"),
    ("line", "bytes_to_json_10_msg_s", "the same at 10 messages a second, statuses included"),
    ("merge", "until_equal", "equal again after a cut in which each site took 50,000 messages"),
    ("merge", "bytes_per_message", "bytes on the line for each of these messages"),
    ("merge", "ack_p99_headquarters", "meanwhile at headquarters, send → acknowledged, worst p99 of 4 s"),
    ("merge", "ack_p99_branch", "meanwhile at the branch"),
    ("copy", "1,000,000_messages", "a new site copies 1,000,000 messages"),
    ("copy", "ack_p99_headquarters", "meanwhile at headquarters, send → acknowledged, worst p99 of 4 s"),
)
WORDS = {
    "README.md": {
        "head": "| | Bilin | ejabberd 23.01 | Prosody 0.12 | Synapse 1.163 |",
        "A": "one room of 100",
        "B": "200 rooms of 5",
        "C": "1,000 idle connections",
        "D": "latest 50 of 10,000",
        "sustained": "sustained with p99 ≤ 500 ms",
        "cpu_per_1000_deliveries": "CPU, server and database, per 1,000 deliveries",
        OF_FIVE: "200 rooms of 5, 10 msg/s",
        OF_HUNDRED: "one room of 100, 10 msg/s",
        "delivered p50": "send → delivered, p50, ms",
        "delivered p99": "send → delivered, p99, ms",
        "s CPU per 1,000 deliveries": "CPU, server and database, per 1,000 deliveries, s",
        IDLE: "nobody writes: % of a core",
        "ours": "Bilin",
        "office": "The pace of an office, 1,000 people online: `make bench-peers` on {machine}, all of them in turn in "
        "one run, {rounds} times, with clients of the same kind; medians.",
        "memory_per_connection": "memory each",
        "history_p50": "p50",
        "note": "`make bench` on {machine}. An acknowledgement means committed and flushed; loopback, TLS off; the "
        "load generator shares the two cores. The peers were measured once on a quiet machine of the same size, "
        "message archive and fsync on; `make bench` does not measure them again.",
    },
    "README.zh-CN.md": {
        "head": "| | 比邻 | ejabberd 23.01 | Prosody 0.12 | Synapse 1.163 |",
        "A": "一个 100 人群",
        "B": "200 个 5 人群",
        "C": "1,000 个空闲连接",
        "D": "1 万条消息中取最新 50 条",
        "sustained": "持续速率（p99 ≤ 500 ms）",
        "cpu_per_1000_deliveries": "每千次送达的 CPU（服务和数据库）",
        OF_FIVE: "200 个 5 人群，每秒 10 条",
        OF_HUNDRED: "一个 100 人群，每秒 10 条",
        "delivered p50": "发送 → 送达，p50，ms",
        "delivered p99": "发送 → 送达，p99，ms",
        "s CPU per 1,000 deliveries": "每千次送达的 CPU（服务和数据库），s",
        IDLE: "无人发言：占一个核的百分比",
        "ours": "比邻",
        "office": "办公节奏，1,000 人在线：`make bench-peers` 的结果，机器：{machine}。"
        "各系统在同一次运行中轮流测 {rounds} 次，客户端同类；取中位数。",
        "memory_per_connection": "每个连接的内存",
        "history_p50": "p50",
        "note": "`make bench` 的结果，机器：{machine}。"
        "确认意味着已提交并落盘；本机回环，未开 TLS；压测程序与服务共用两个核。"
        "对比系统在同规格的空闲机器上测过一次（开启消息归档和 fsync），`make bench` 不会重新测量它们。",
    },
}


def short(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(words: dict[str, str]) -> str:
    """The figures as a Markdown table."""
    figures = json.loads(RESULTS.read_text())
    values = {(f["workload"], f["metric"], f["peer"]): f["value"] for f in figures}
    lines = [words["head"], "| --- | ---: | ---: | ---: | ---: |"]
    for workload, metric, unit in ROWS:
        ours = f"**{short(values[workload, metric, None])}** {unit}"
        theirs = [values.get((workload, metric, peer)) for peer in PEERS]
        cells = ["–" if value is None else short(value) for value in theirs]
        lines.append(f"| {words[workload]}: {words[metric]} | {ours} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", words["note"].format(machine=MACHINE.read_text().strip())])


def office_table(words: dict[str, str]) -> str:
    """The pace of an office beside the peers, from one run."""
    told = json.loads(OFFICE.read_text())
    runs, versions = told["runs"], told["versions"]
    names = [f"{name} {versions[name].partition('-')[0]}" if name != "Bilin" else words["ours"] for name in runs]
    lines = [f"| | {' | '.join(names)} |", f"| --- |{' ---: |' * len(names)}"]
    for shape, metric in AT_OFFICE_PACE:
        key = f"{shape}: {metric}" if metric else shape
        label = f"{words[shape]}: {words[metric]}" if metric else words[shape]
        values = [short(median(each[key] for each in found)) for found in runs.values()]
        lines.append(f"| {label} | **{values[0]}** | {' | '.join(values[1:])} |")
    rounds = len(next(iter(runs.values())))
    return "\n".join([*lines, "", words["office"].format(machine=told["machine"], rounds=rounds)])


def sites_table() -> str:
    """What was measured between two sites."""
    figures = {(f["workload"], f["metric"]): (f["value"], f["unit"]) for f in json.loads(RESULTS.read_text())}
    lines = ["| between two sites | measured |", "| --- | ---: |"]
    for workload, metric, words in SITES:
        if (workload, metric) in figures:  # each workload may be run alone
            value, unit = figures[workload, metric]
            lines.append(f"| {words} | {short(value)} {unit} |")
    machine = SITES_MACHINE.read_text().strip()
    note = f"`make bench-sites` on {machine}. Both sites, their databases and the load share it."
    return "\n".join([*lines, "", note])


def main() -> None:
    """Replace what stands between the marks."""
    for name, words in WORDS.items():
        put(ROOT / name, "\n\n".join([table(words), *([office_table(words)] if OFFICE.exists() else [])]))
    put(ROOT / "docs/administrators/sites.md", sites_table())


def put(path: Path, text: str) -> None:
    """Put a text between the marks of a page."""
    before, _, rest = path.read_text().partition(BEGIN)
    after = rest.partition(END)[2] if END in rest else rest
    path.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")


if __name__ == "__main__":
    main()
