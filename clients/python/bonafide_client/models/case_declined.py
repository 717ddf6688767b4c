from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CaseDeclined")


@_attrs_define
class CaseDeclined:
    """A case that was refused.

    Attributes:
        appeal_until (None | str): Until when the person may appeal, RFC 3339, where they may.
        case (str): Which.
        tier (str): The tier that it was for.
    """

    appeal_until: None | str
    case: str
    tier: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        appeal_until: None | str
        appeal_until = self.appeal_until

        case = self.case

        tier = self.tier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "appeal_until": appeal_until,
                "case": case,
                "tier": tier,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_appeal_until(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        appeal_until = _parse_appeal_until(d.pop("appeal_until"))

        case = d.pop("case")

        tier = d.pop("tier")

        case_declined = cls(
            appeal_until=appeal_until,
            case=case,
            tier=tier,
        )

        case_declined.additional_properties = d
        return case_declined

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
