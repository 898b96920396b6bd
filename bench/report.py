"""Figures: printed beside the peers', and kept in `bench/results.json`, one object each."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.load import Step

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.json"
PEERS = FOLDER / "peers.json"
OFFICE = FOLDER / "office.json"
"""What `make bench-peers` found, by server: a list of runs, each with figures by these names."""
OF_FIVE, OF_HUNDRED, IDLE = "200 rooms of 5", "one room of 100", "idle: % of a core"
LOWER_IS_BETTER = {"msg/s": False, "deliveries/s": False}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `peer` names another system; None is Bilin, in this run."""

    workload: str
    metric: str
    unit: str
    value: float
    peer: str | None = None


class Report:
    """Collects the figures of a run."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []

    def add(self, workload: str, metric: str, unit: str, value: float) -> None:
        """One figure of Bilin's."""
        self.figures.append(Figure(workload, metric, unit, float(f"{value:.4g}")))
        print(f"  {workload}: {metric} {value:.4g} {unit}", flush=True)

    def add_step(self, workload: str, step: Step) -> None:
        """The figures of the knee."""
        self.add(workload, "sustained", "msg/s", step.offered)
        self.add(workload, "deliveries", "deliveries/s", step.delivered / step.seconds)
        self.add(workload, "cpu_per_1000_deliveries", "s", step.cpu_per_1000)
        self.add(workload, "cpu_per_1000_deliveries_bilin", "s", step.cpu.bilin / step.delivered * 1000)
        self.add(workload, "cpu_per_1000_deliveries_database", "s", step.cpu.database / step.delivered * 1000)
        self.add_latencies(workload, step)

    def add_latencies(self, workload: str, step: Step) -> None:
        """Send→ack and send→delivered."""
        for name, (p50, p99) in (("ack", step.ack_ms), ("delivered", step.delivered_ms)):
            self.add(workload, f"{name}_p50", "ms", p50)
            self.add(workload, f"{name}_p99", "ms", p99)

    def progress(self, workload: str, step: Step) -> None:
        """One line for the person who watches."""
        print(
            f"    {workload} {step.offered:>6.0f} msg/s: acked {step.acked:.0f}/s, delivered {step.delivered}/"
            f"{step.expected}, ack {step.ack_ms[0]:.1f}/{step.ack_ms[1]:.1f} ms, deliver {step.delivered_ms[0]:.1f}/"
            f"{step.delivered_ms[1]:.1f} ms, CPU {step.cpu_per_1000:.4f} s per 1,000"
            f"{'' if step.is_sustained else '  (not sustained)'}",
            flush=True,
        )

    def finish(self) -> None:
        """Write the file, in which workloads that did not run keep their figures, and print the comparison."""
        peers = [Figure(**figure) for figure in json.loads(PEERS.read_text())["figures"]]
        measured = {figure.workload for figure in self.figures}
        earlier = [Figure(**figure) for figure in json.loads(RESULTS.read_text())] if RESULTS.exists() else []
        kept = [figure for figure in earlier if figure.peer is None and figure.workload not in measured]
        RESULTS.write_text(
            json.dumps([asdict(each) for each in [*kept, *self.figures, *peers]], indent=1, ensure_ascii=False) + "\n"
        )
        print(f"\n{'workload':<15} {'metric':<34} {'unit':<13} {'Bilin':>9}   peers (ratio to the best of them)")
        for ours in self.figures:
            theirs = [p for p in peers if (p.workload, p.metric) == (ours.workload, ours.metric)]
            print(
                f"{ours.workload:<15} {ours.metric:<34} {ours.unit:<13} {ours.value:>9.4g}   {_compare(ours, theirs)}"
            )
        print(f"\nWritten to {RESULTS}. The peers' figures are not measured again: see {PEERS.name}.")


def _compare(ours: Figure, theirs: list[Figure]) -> str:
    if not theirs:
        return ""
    best = (min if LOWER_IS_BETTER.get(ours.unit, True) else max)(p.value for p in theirs)
    names = ", ".join(f"{p.peer} {p.value:g}" for p in theirs)
    return f"{names}  (×{ours.value / best:.2f})"
