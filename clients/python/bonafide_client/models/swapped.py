from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Swapped")


@_attrs_define
class Swapped:
    """What the other device has.

    Attributes:
        account (str): The operator's name for the account, mostly hidden.
        number (int): The number that both devices show.
        operator (str): The operator's own name; may be empty.
        tier (str): The tier that the case is for.
        token (str): Its token: it opens the case once the first device has confirmed this one; until then
            every call answers `handoff-unconfirmed`.
    """

    account: str
    number: int
    operator: str
    tier: str
    token: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        number = self.number

        operator = self.operator

        tier = self.tier

        token = self.token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "number": number,
                "operator": operator,
                "tier": tier,
                "token": token,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        account = d.pop("account")

        number = d.pop("number")

        operator = d.pop("operator")

        tier = d.pop("tier")

        token = d.pop("token")

        swapped = cls(
            account=account,
            number=number,
            operator=operator,
            tier=tier,
            token=token,
        )

        swapped.additional_properties = d
        return swapped

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
