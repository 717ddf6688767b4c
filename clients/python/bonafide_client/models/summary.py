from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Summary")


@_attrs_define
class Summary:
    """Where a case stands.

    Attributes:
        account (str): Whose.
        attempts (int): How many times it was submitted.
        created_at (str): When it was opened, RFC 3339.
        expires_at (str): When it ends by itself unless it was submitted.
        id (str): Its id.
        state (str): `collecting`, `assessing`, `in_review`, `approved`, `declined`, `cancelled`, `expired`.
        tier (str): The tier that it is for.
    """

    account: str
    attempts: int
    created_at: str
    expires_at: str
    id: str
    state: str
    tier: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        attempts = self.attempts

        created_at = self.created_at

        expires_at = self.expires_at

        id = self.id

        state = self.state

        tier = self.tier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "attempts": attempts,
                "created_at": created_at,
                "expires_at": expires_at,
                "id": id,
                "state": state,
                "tier": tier,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        account = d.pop("account")

        attempts = d.pop("attempts")

        created_at = d.pop("created_at")

        expires_at = d.pop("expires_at")

        id = d.pop("id")

        state = d.pop("state")

        tier = d.pop("tier")

        summary = cls(
            account=account,
            attempts=attempts,
            created_at=created_at,
            expires_at=expires_at,
            id=id,
            state=state,
            tier=tier,
        )

        summary.additional_properties = d
        return summary

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
