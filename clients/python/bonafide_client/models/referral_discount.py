from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ReferralDiscount")


@_attrs_define
class ReferralDiscount:
    """What an account has of the campaign that it came by.

    Attributes:
        code (str): The campaign's code.
        fee_discount_percent (str): How much of a fee it need not pay, percent.
        until (str): The last day of the discount.
    """

    code: str
    fee_discount_percent: str
    until: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        fee_discount_percent = self.fee_discount_percent

        until = self.until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "fee_discount_percent": fee_discount_percent,
                "until": until,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        code = d.pop("code")

        fee_discount_percent = d.pop("fee_discount_percent")

        until = d.pop("until")

        referral_discount = cls(
            code=code,
            fee_discount_percent=fee_discount_percent,
            until=until,
        )

        referral_discount.additional_properties = d
        return referral_discount

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
