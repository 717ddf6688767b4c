from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Waiting")


@_attrs_define
class Waiting:
    """One of them.

    Attributes:
        account (str): Whose.
        attempts (int): How many times it was submitted.
        created_at (str): When it was opened, RFC 3339.
        expires_at (str): When it ends by itself unless it was submitted.
        id (str): Its id.
        state (str): `collecting`, `assessing`, `in_review`, `approved`, `declined`, `cancelled`, `expired`.
        tier (str): The tier that it is for.
        appealed (bool): Whether the person appealed: whoever decided it before cannot take it.
        due_at (None | str | Unset): By when it is to be decided, RFC 3339.
        reviewer (None | str | Unset): Who has it, while somebody does.
    """

    account: str
    attempts: int
    created_at: str
    expires_at: str
    id: str
    state: str
    tier: str
    appealed: bool
    due_at: None | str | Unset = UNSET
    reviewer: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        account = self.account

        attempts = self.attempts

        created_at = self.created_at

        expires_at = self.expires_at

        id = self.id

        state = self.state

        tier = self.tier

        appealed = self.appealed

        due_at: None | str | Unset
        if isinstance(self.due_at, Unset):
            due_at = UNSET
        else:
            due_at = self.due_at

        reviewer: None | str | Unset
        if isinstance(self.reviewer, Unset):
            reviewer = UNSET
        else:
            reviewer = self.reviewer

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
                "appealed": appealed,
            }
        )
        if due_at is not UNSET:
            field_dict["due_at"] = due_at
        if reviewer is not UNSET:
            field_dict["reviewer"] = reviewer

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

        appealed = d.pop("appealed")

        def _parse_due_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        due_at = _parse_due_at(d.pop("due_at", UNSET))

        def _parse_reviewer(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reviewer = _parse_reviewer(d.pop("reviewer", UNSET))

        waiting = cls(
            account=account,
            attempts=attempts,
            created_at=created_at,
            expires_at=expires_at,
            id=id,
            state=state,
            tier=tier,
            appealed=appealed,
            due_at=due_at,
            reviewer=reviewer,
        )

        waiting.additional_properties = d
        return waiting

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
