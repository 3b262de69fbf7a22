"""Every byte a person's page sends or offers: what is drawn, and every file, also unopened ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages._ui import bundles, widgets

Make = Callable[[], bytes | str]


class _Open(AbstractContextManager[Any]):
    """A popover as if somebody had opened it."""

    open = True

    def __init__(self, popover: Any) -> None:
        self._popover = popover

    def __enter__(self) -> Any:
        return self._popover.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._popover.__exit__(kind, error, trace)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._popover, name)


class Files:
    """The files that pages offer, made as soon as they are offered."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.made: dict[str, bytes] = {}
        shown = st.popover

        def opened(*words: Any, **more: Any) -> _Open:
            return _Open(shown(*words, **more))

        patch.setattr(st, "popover", opened)
        for module in (widgets, bundles):
            patch.setattr(module, "downloaded", self._downloaded)

    def _downloaded(self, make: Make, file: str) -> Make:
        content = make()
        self.made[file] = content.encode() if isinstance(content, str) else content
        return make

    def everything(self) -> bytes:
        """Names and contents; what is packed is unpacked."""
        return b"\n".join(
            part
            for name, content in self.made.items()
            for part in (name.encode(), *unpacked(content))
        )


def unpacked(content: bytes) -> Iterator[bytes]:
    """The bytes, and those of every part of what is packed."""
    yield content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))


def sent(app: AppTest) -> bytes:
    """What the run sent to the browser, as it goes over the wire, and the address."""
    address = repr(dict(app.query_params)).encode()
    tables = [one.value.to_csv().encode() for one in app.dataframe]  # packed on the wire
    return b"\n".join([address, *tables, *_protos(app._tree)])


def _protos(node: Any) -> Iterator[bytes]:
    proto: Any = getattr(node, "proto", None)
    if hasattr(proto, "SerializeToString"):
        yield proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from _protos(child)
