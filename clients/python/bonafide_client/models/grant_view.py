from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="GrantView")


@_attrs_define
class GrantView:
    """A feature in one currency; without a currency in every one, without an amount unlimited.

    Attributes:
        feature (str):
        currency (None | str | Unset):
        per_day (None | str | Unset):
        per_month (None | str | Unset):
    """

    feature: str
    currency: None | str | Unset = UNSET
    per_day: None | str | Unset = UNSET
    per_month: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        feature = self.feature

        currency: None | str | Unset
        if isinstance(self.currency, Unset):
            currency = UNSET
        else:
            currency = self.currency

        per_day: None | str | Unset
        if isinstance(self.per_day, Unset):
            per_day = UNSET
        else:
            per_day = self.per_day

        per_month: None | str | Unset
        if isinstance(self.per_month, Unset):
            per_month = UNSET
        else:
            per_month = self.per_month

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "feature": feature,
            }
        )
        if currency is not UNSET:
            field_dict["currency"] = currency
        if per_day is not UNSET:
            field_dict["per_day"] = per_day
        if per_month is not UNSET:
            field_dict["per_month"] = per_month

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        feature = d.pop("feature")

        def _parse_currency(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        currency = _parse_currency(d.pop("currency", UNSET))

        def _parse_per_day(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        per_day = _parse_per_day(d.pop("per_day", UNSET))

        def _parse_per_month(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        per_month = _parse_per_month(d.pop("per_month", UNSET))

        grant_view = cls(
            feature=feature,
            currency=currency,
            per_day=per_day,
            per_month=per_month,
        )

        grant_view.additional_properties = d
        return grant_view

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
