from collections.abc import Iterator
from datetime import date
from os import PathLike

class _Protection:
    sheet: bool
    locked: bool

class _Alignment:
    readingOrder: float  # noqa: N815 - the library's name

class _Fill:
    fgColor: object  # noqa: N815 - the library's name

class Cell:
    value: str | float | bool | date | None
    number_format: str
    data_type: str
    hyperlink: object | None
    @property
    def protection(self) -> _Protection: ...
    @property
    def alignment(self) -> _Alignment: ...

class Worksheet:
    title: str
    freeze_panes: str | None
    max_row: int
    protection: _Protection
    def cell(self, row: int, column: int) -> Cell: ...
    def iter_rows(self) -> Iterator[tuple[Cell, ...]]: ...
    def delete_rows(self, idx: int, amount: int = ...) -> None: ...
    def insert_rows(self, idx: int, amount: int = ...) -> None: ...
    def insert_cols(self, idx: int, amount: int = ...) -> None: ...
    def append(self, row: list[object]) -> None: ...

class Workbook:
    sheetnames: list[str]
    def __getitem__(self, title: str) -> Worksheet: ...
    def create_sheet(self, title: str) -> Worksheet: ...
    def save(self, path: str | PathLike[str]) -> None: ...

def load_workbook(path: str | PathLike[str]) -> Workbook: ...
