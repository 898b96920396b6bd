"""An import-linter contract: modules meet at their public faces only.

``bilin.messaging.sync`` may use ``bilin.org`` (what its ``__init__`` offers) but not ``bilin.org.tables``. A
submodule that the face names in its ``__all__`` may be taken from the face as a whole (``from bilin.org import
fields``). Open modules (core) and imports inside one module are not limited.
"""

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

BrokenImport = dict[str, str | int]


class PublicFaceContract(Contract):
    """Refuses an import that reaches past another module's ``__init__``."""

    type_name = "public_face"
    open_modules = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        root = self.session_options["root_packages"][0]
        broken = [
            line
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self._reaches_inside(root, importer, imported)
            for line in _lines(graph, importer, imported)
            if not _is_offered(_module_of(root, imported), imported, str(line["line_contents"]))
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _reaches_inside(self, root: str, importer: str, imported: str) -> bool:
        house = _module_of(root, imported)
        return imported != house and house != _module_of(root, importer) and house not in self._open()

    def _open(self) -> set[str]:
        declared: set[str] | None = vars(self).get("open_modules")  # the descriptor is replaced by its parsed value
        return declared or set()

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            face = _module_of(line["imported"].split(".")[0], line["imported"])
            output.print_error(
                f"{line['importer']}:{line['line_number']} imports {line['imported']}; import it from {face}, "
                f"and let {face}/__init__.py offer what others need"
            )
        output.new_line()


def _module_of(root: str, name: str) -> str:
    """``bilin.messaging`` for ``bilin.messaging.messages.commands.send``; the name itself for the root package."""
    return ".".join(name.split(".")[:2]) if name != root else root


def _lines(graph: ImportGraph, importer: str, imported: str) -> list[BrokenImport]:
    details = graph.get_import_details(importer=importer, imported=imported)
    return [
        {
            "importer": importer,
            "imported": imported,
            "line_number": each["line_number"],
            "line_contents": each["line_contents"],
        }
        for each in details
    ]


def _is_offered(face: str, imported: str, line: str) -> bool:
    """Whether the face names this submodule in its ``__all__``, and it was taken from the face."""
    return line.startswith(f"from {face} import ") and imported.removeprefix(f"{face}.") in _names_of(face)


@cache
def _names_of(face: str) -> frozenset[str]:
    """The ``__all__`` of a package, read without importing it."""
    spec = find_spec(face.split(".")[0])
    if spec is None or spec.origin is None:
        return frozenset()
    source = Path(spec.origin).parent.joinpath(*face.split(".")[1:], "__init__.py").read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            return frozenset(ast.literal_eval(node.value))
    return frozenset()
