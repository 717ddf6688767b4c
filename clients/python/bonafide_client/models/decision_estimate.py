from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="DecisionEstimate")


@_attrs_define
class DecisionEstimate:
    """How long the engine's decision takes.

    Attributes:
        left_seconds (int | None): So many are left for this case, where it is being decided.
        usual_seconds (int): Nine of ten of the last cases were decided in so many seconds from when they were
            submitted.
    """

    left_seconds: int | None
    usual_seconds: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        left_seconds: int | None
        left_seconds = self.left_seconds

        usual_seconds = self.usual_seconds

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "left_seconds": left_seconds,
                "usual_seconds": usual_seconds,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_left_seconds(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        left_seconds = _parse_left_seconds(d.pop("left_seconds"))

        usual_seconds = d.pop("usual_seconds")

        decision_estimate = cls(
            left_seconds=left_seconds,
            usual_seconds=usual_seconds,
        )

        decision_estimate.additional_properties = d
        return decision_estimate

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
