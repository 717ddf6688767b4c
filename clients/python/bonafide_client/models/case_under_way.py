from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CaseUnderWay")


@_attrs_define
class CaseUnderWay:
    """A case that is not decided yet.

    Attributes:
        case (str): Which.
        missing (list[str]): What its person still has to do in it: `details`, `document` and so on.
        state (str): `collecting` while it waits for its person, `assessing` or `in_review`.
        tier (str): The tier that it is for.
    """

    case: str
    missing: list[str]
    state: str
    tier: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        case = self.case

        missing = self.missing

        state = self.state

        tier = self.tier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "case": case,
                "missing": missing,
                "state": state,
                "tier": tier,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        case = d.pop("case")

        missing = cast(list[str], d.pop("missing"))

        state = d.pop("state")

        tier = d.pop("tier")

        case_under_way = cls(
            case=case,
            missing=missing,
            state=state,
            tier=tier,
        )

        case_under_way.additional_properties = d
        return case_under_way

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
