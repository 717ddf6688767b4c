from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="CampaignView")


@_attrs_define
class CampaignView:
    """A campaign.

    Attributes:
        code (str): Its code.
        created_at (str): When it was made, RFC 3339.
        fee_discount_percent (str): How much of a fee its accounts need not pay, percent.
        from_ (str): The first day on which an account can come by it.
        joined (int): How many came.
        until (str): The last day of that, and of the discount.
        cap (int | None | Unset): How many accounts can come by it, where that is limited.
        ended_at (None | str | Unset): When it was ended before its last day.
    """

    code: str
    created_at: str
    fee_discount_percent: str
    from_: str
    joined: int
    until: str
    cap: int | None | Unset = UNSET
    ended_at: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        created_at = self.created_at

        fee_discount_percent = self.fee_discount_percent

        from_ = self.from_

        joined = self.joined

        until = self.until

        cap: int | None | Unset
        if isinstance(self.cap, Unset):
            cap = UNSET
        else:
            cap = self.cap

        ended_at: None | str | Unset
        if isinstance(self.ended_at, Unset):
            ended_at = UNSET
        else:
            ended_at = self.ended_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "created_at": created_at,
                "fee_discount_percent": fee_discount_percent,
                "from": from_,
                "joined": joined,
                "until": until,
            }
        )
        if cap is not UNSET:
            field_dict["cap"] = cap
        if ended_at is not UNSET:
            field_dict["ended_at"] = ended_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        code = d.pop("code")

        created_at = d.pop("created_at")

        fee_discount_percent = d.pop("fee_discount_percent")

        from_ = d.pop("from")

        joined = d.pop("joined")

        until = d.pop("until")

        def _parse_cap(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        cap = _parse_cap(d.pop("cap", UNSET))

        def _parse_ended_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        ended_at = _parse_ended_at(d.pop("ended_at", UNSET))

        campaign_view = cls(
            code=code,
            created_at=created_at,
            fee_discount_percent=fee_discount_percent,
            from_=from_,
            joined=joined,
            until=until,
            cap=cap,
            ended_at=ended_at,
        )

        campaign_view.additional_properties = d
        return campaign_view

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
