from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ChallengeLight")


@_attrs_define
class ChallengeLight:
    """One colour of a challenge.

    Attributes:
        colour (str): `red`, `green`, `blue`, `yellow`, `cyan`, `magenta` or `white`, each with all the light
            that the screen has.
        from_ms (float): Milliseconds from the start of the capture to its first moment.
        to_ms (float): To its last.
    """

    colour: str
    from_ms: float
    to_ms: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        colour = self.colour

        from_ms = self.from_ms

        to_ms = self.to_ms

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "colour": colour,
                "from_ms": from_ms,
                "to_ms": to_ms,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        colour = d.pop("colour")

        from_ms = d.pop("from_ms")

        to_ms = d.pop("to_ms")

        challenge_light = cls(
            colour=colour,
            from_ms=from_ms,
            to_ms=to_ms,
        )

        challenge_light.additional_properties = d
        return challenge_light

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
