from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

T = TypeVar("T", bound="NewKey")


@_attrs_define
class NewKey:
    """A new key.

    Example:
        {'name': 'exchange', 'scopes': ['accounts', 'spend']}

    Attributes:
        name (str): Whom or what it is for; a reviewer's name is what the log and the queue show.
        scopes (list[str]): What it may do: `accounts`, `spend`, `review`, `admin`.
    """

    name: str
    scopes: list[str]

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        scopes = self.scopes

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "scopes": scopes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        name = d.pop("name")

        scopes = cast(list[str], d.pop("scopes"))

        new_key = cls(
            name=name,
            scopes=scopes,
        )

        return new_key
