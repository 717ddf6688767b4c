from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ChallengeStep")


@_attrs_define
class ChallengeStep:
    """One movement of a challenge.

    Attributes:
        action (str): `blink`, `turn-left`, `turn-right`, `nod`, `look-up` or `open-mouth`.
        from_ms (float): Milliseconds from the start of the capture at which it is asked for.
        to_ms (float | Unset): By when it must have begun; without an end the capture's.
    """

    action: str
    from_ms: float
    to_ms: float | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        action = self.action

        from_ms = self.from_ms

        to_ms = self.to_ms

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "from_ms": from_ms,
            }
        )
        if to_ms is not UNSET:
            field_dict["to_ms"] = to_ms

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        action = d.pop("action")

        from_ms = d.pop("from_ms")

        to_ms = d.pop("to_ms", UNSET)

        challenge_step = cls(
            action=action,
            from_ms=from_ms,
            to_ms=to_ms,
        )

        challenge_step.additional_properties = d
        return challenge_step

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
