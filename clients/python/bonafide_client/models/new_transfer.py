from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="NewTransfer")


@_attrs_define
class NewTransfer:
    """An upload that is to come.

    Example:
        {'place': 'back', 'length': 2480112}

    Attributes:
        length (int): How many bytes it has.
        place (str): `front`, `back`, `held`, `selfie`, `capture` or `address`.
    """

    length: int
    place: str

    def to_dict(self) -> dict[str, Any]:
        length = self.length

        place = self.place

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "length": length,
                "place": place,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        length = d.pop("length")

        place = d.pop("place")

        new_transfer = cls(
            length=length,
            place=place,
        )

        return new_transfer
