from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewCase")


@_attrs_define
class NewCase:
    """What the case is for.

    Example:
        {'tier': 'L2'}

    Attributes:
        tier (str): A tier of the policy.
        device (None | str | Unset): Your own name for the device that it is opened from, the same each time, so that a
            device on the blocklist is recognised: 1 to 200 visible ASCII characters, kept as a
            keyed hash.
    """

    tier: str
    device: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        tier = self.tier

        device: None | str | Unset
        if isinstance(self.device, Unset):
            device = UNSET
        else:
            device = self.device

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "tier": tier,
            }
        )
        if device is not UNSET:
            field_dict["device"] = device

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        tier = d.pop("tier")

        def _parse_device(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        device = _parse_device(d.pop("device", UNSET))

        new_case = cls(
            tier=tier,
            device=device,
        )

        return new_case
