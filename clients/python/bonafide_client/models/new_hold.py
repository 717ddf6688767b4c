from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewHold")


@_attrs_define
class NewHold:
    """A new hold.

    Example:
        {'ground': 'a lawsuit'}

    Attributes:
        ground (str): Why, such as the number of a proceeding.
        until (None | str | Unset): Until when, RFC 3339; without one until it is released.
    """

    ground: str
    until: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        ground = self.ground

        until: None | str | Unset
        if isinstance(self.until, Unset):
            until = UNSET
        else:
            until = self.until

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "ground": ground,
            }
        )
        if until is not UNSET:
            field_dict["until"] = until

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        ground = d.pop("ground")

        def _parse_until(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        until = _parse_until(d.pop("until", UNSET))

        new_hold = cls(
            ground=ground,
            until=until,
        )

        return new_hold
