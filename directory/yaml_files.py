"""What does a hand-written YAML file say, and where exactly is it wrong?

Files are edited by coordinators, so every complaint names the file, the entry and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from directory.errors import InvalidSettings

HIRAGANA = re.compile(r"[ぁ-ゖー・]+( [ぁ-ゖー・]+)*")


class InvalidYaml(InvalidSettings):
    """A hand-written file cannot be used as it is; the text says where and what to do."""


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML that refuses a key written twice (plain YAML silently keeps the last one)."""


def _mapping_without_repeats(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    mapping: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise yaml.constructor.ConstructorError(None, None, f"「{key}」が2回書かれています", key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_repeats)


def read_yaml(path: Path) -> Any:
    """The content of one file; a missing or unreadable file is an InvalidYaml with file and line."""
    try:
        return parse_yaml(path.read_bytes(), path.name)
    except OSError as error:
        raise InvalidYaml(f"{path} を読めません。ファイルがあるか確かめてください。（{error.strerror}）") from error


def parse_yaml(content: bytes, file: str) -> Any:
    try:
        return yaml.load(content, Loader=_StrictLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" {mark.line + 1}行目" if mark else ""
        problem = getattr(error, "problem", None) or "UTF-8 の YAML として読めません"
        raise InvalidYaml(f"{file}{line}：{problem}。書き方を直してください。") from error


class Entry:
    """One mapping of a file, read key by key; `done()` complains of keys nobody asked for (a typing error)."""

    def __init__(self, file: str, name: str, content: Any) -> None:
        self.file, self.name = file, name
        if not isinstance(content, dict):
            raise self.wrong("", "「項目: 値」の形で書いてください")
        self.content: dict[str, Any] = content
        self.asked: set[str] = set()

    def wrong(self, key: str, what: str) -> InvalidYaml:
        where = " › ".join(part for part in (self.name, key) if part)
        return InvalidYaml(f"{self.file}：{where}：{what}。")

    def value(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return self.content.get(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.value(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(key, "文を書いてください" if value is None else "文として書いてください（\"…\" で囲む）")
        return value.strip()

    def optional(self, key: str) -> str | None:
        return None if self.value(key) is None else self.text(key)

    def kana(self, key: str = "kana") -> str:
        reading = self.text(key)
        if not HIRAGANA.fullmatch(reading):
            raise self.wrong(key, f"「{reading}」をひらがなだけで書いてください")
        return reading

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts without repeats; left out means none."""
        values = self.value(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
            raise self.wrong(key, "[ことば, ことば] の形で書いてください（数字だけのことばは \"…\" で囲む）")
        repeated = [value for value in values if values.count(value) > 1]
        if repeated:
            raise self.wrong(key, f"「{repeated[0]}」が2回あります。1つにしてください")
        return tuple(values)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.value(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "yes か no で書いてください")
        return value

    def number(self, key: str, least: float, most: float) -> float:
        value = self.value(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            raise self.wrong(key, f"{least} から {most} までの数を書いてください")
        return float(value)

    def whole_number(self, key: str, least: int = 0) -> int | None:
        """A whole number, or None when left out."""
        value = self.value(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < least):
            raise self.wrong(key, f"{least} 以上の整数を書いてください")
        return value

    def known(self, key: str, allowed: Mapping[str, Any]) -> tuple[str, ...]:
        """A list of keys of another file."""
        names = self.texts(key)
        for name in names:
            self.must_be_known(key, name, allowed)
        return names

    def must_be_known(self, key: str, name: str, allowed: Mapping[str, Any]) -> None:
        if name not in allowed:
            raise self.wrong(key, f"「{name}」は使えません。使えるのは {'、'.join(map(str, allowed))}")

    def weights(self, key: str, allowed: Mapping[str, Any]) -> Mapping[str, float]:
        """Keys of another file with a weight above 0 and at most 1."""
        given = self.value(key, {})
        if not isinstance(given, dict):
            raise self.wrong(key, "{ことば: 重み} の形で書いてください")
        for name, weight in given.items():
            self.must_be_known(key, name, allowed)
            if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 < weight <= 1:
                raise self.wrong(key, f"「{name}」の重みを 0 より大きく 1 以下の数にしてください")
        return MappingProxyType({name: float(weight) for name, weight in given.items()})

    def done(self) -> None:
        for key in self.content:
            if key not in self.asked:
                raise self.wrong(str(key), f"知らない項目です。使えるのは {'、'.join(sorted(self.asked))}")


def entries(file: str, content: Any, title: str) -> list[Entry]:
    """The mappings of a list, each named in errors by its `title` key or its place in the list."""
    if not isinstance(content, list):
        raise Entry(file, "", {}).wrong("", "「- 」で始まる行のならびにしてください")
    return [Entry(file, _title(one, title, row), one) for row, one in enumerate(content, start=1)]


def _title(one: Any, key: str, row: int) -> str:
    return str(one[key]) if isinstance(one, dict) and key in one else f"{row}番目"
