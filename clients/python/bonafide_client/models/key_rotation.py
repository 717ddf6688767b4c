from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="KeyRotation")


@_attrs_define
class KeyRotation:
    """How a key is rotated.

    Example:
        {'overlap_hours': 24}

    Attributes:
        overlap_hours (int): For so long both keys open; 0 to 168.
    """

    overlap_hours: int

    def to_dict(self) -> dict[str, Any]:
        overlap_hours = self.overlap_hours

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "overlap_hours": overlap_hours,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        overlap_hours = d.pop("overlap_hours")

        key_rotation = cls(
            overlap_hours=overlap_hours,
        )

        return key_rotation
