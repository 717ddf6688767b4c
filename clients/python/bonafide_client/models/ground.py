from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Ground")


@_attrs_define
class Ground:
    """Why an account is frozen.

    Example:
        {'ground': 'a chargeback'}

    Attributes:
        ground (str): For your own records; its owner is not told.
    """

    ground: str

    def to_dict(self) -> dict[str, Any]:
        ground = self.ground

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ground": ground,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        ground = d.pop("ground")

        ground = cls(
            ground=ground,
        )

        return ground
