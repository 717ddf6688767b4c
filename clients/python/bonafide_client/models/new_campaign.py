from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewCampaign")


@_attrs_define
class NewCampaign:
    """A new campaign.

    Example:
        {'code': 'AUTUMN26', 'fee_discount_percent': '20', 'from': '2026-09-01', 'until': '2026-11-30', 'cap': 1000}

    Attributes:
        code (str): 6 to 20 letters and digits; capitals or not is the same.
        fee_discount_percent (str): How much of a fee its accounts need not pay, percent, such as `"20"`.
        from_ (datetime.date): The first day on which an account can come by it, in the policy's time zone.
        until (datetime.date): The last day of that, and of the discount.
        cap (int | None | Unset): How many accounts can come by it; left out, any number.
    """

    code: str
    fee_discount_percent: str
    from_: datetime.date
    until: datetime.date
    cap: int | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        fee_discount_percent = self.fee_discount_percent

        from_ = self.from_.isoformat()

        until = self.until.isoformat()

        cap: int | None | Unset
        if isinstance(self.cap, Unset):
            cap = UNSET
        else:
            cap = self.cap

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "code": code,
                "fee_discount_percent": fee_discount_percent,
                "from": from_,
                "until": until,
            }
        )
        if cap is not UNSET:
            field_dict["cap"] = cap

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        code = d.pop("code")

        fee_discount_percent = d.pop("fee_discount_percent")

        from_ = datetime.date.fromisoformat(d.pop("from"))

        until = datetime.date.fromisoformat(d.pop("until"))

        def _parse_cap(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        cap = _parse_cap(d.pop("cap", UNSET))

        new_campaign = cls(
            code=code,
            fee_discount_percent=fee_discount_percent,
            from_=from_,
            until=until,
            cap=cap,
        )

        return new_campaign
