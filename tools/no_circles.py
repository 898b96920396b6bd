"""An import-linter contract: no module imports itself in a circle, inside one package or across packages.

Imports for the type checker alone and those inside functions count as well: they hide a circle, and do not break it.
"""

from collections.abc import Mapping

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class NoCirclesContract(Contract):
    """Refuses modules that lead back to themselves."""

    type_name = "no_circles"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        circles = circles_in({each: graph.find_modules_directly_imported_by(each) for each in graph.modules})
        return ContractCheck(kept=not circles, metadata={"circles": circles})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for circle in check.metadata["circles"]:
            output.print_error("These import each other: " + ", ".join(circle))
        output.new_line()


def circles_in(imports: Mapping[str, set[str]]) -> list[list[str]]:
    """The strongly connected components of more than one module (Tarjan, 1972), without recursion."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[list[str]] = []
    for start in sorted(imports):
        if start in order:
            continue
        order[start] = lowest[start] = len(order)
        path.append(start)
        open_on_path = {start}
        walk = [(start, iter(sorted(imports[start])))]
        while walk:
            module, rest = walk[-1]
            for each in rest:
                if each not in order:
                    order[each] = lowest[each] = len(order)
                    path.append(each)
                    open_on_path.add(each)
                    walk.append((each, iter(sorted(imports.get(each, ())))))
                    break
                if each in open_on_path:
                    lowest[module] = min(lowest[module], order[each])
            else:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[module])
                if lowest[module] == order[module]:
                    at = path.index(module)
                    circle, path = path[at:], path[:at]
                    open_on_path.difference_update(circle)
                    if len(circle) > 1:
                        found.append(sorted(circle))
    return found
