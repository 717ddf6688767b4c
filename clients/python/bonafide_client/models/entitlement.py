from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.limit import Limit


T = TypeVar("T", bound="Entitlement")


@_attrs_define
class Entitlement:
    """One feature in one currency.

    Attributes:
        currency (None | str): The currency; without one, every currency, without a limit.
        day (Limit): A limit, what was used of it and what is left; decimal strings.
        feature (str): The feature, such as `withdraw`.
        month (Limit): A limit, what was used of it and what is left; decimal strings.
    """

    currency: None | str
    day: Limit
    feature: str
    month: Limit
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        currency: None | str
        currency = self.currency

        day = self.day.to_dict()

        feature = self.feature

        month = self.month.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "currency": currency,
                "day": day,
                "feature": feature,
                "month": month,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.limit import Limit

        d = dict(src_dict)

        def _parse_currency(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        currency = _parse_currency(d.pop("currency"))

        day = Limit.from_dict(d.pop("day"))

        feature = d.pop("feature")

        month = Limit.from_dict(d.pop("month"))

        entitlement = cls(
            currency=currency,
            day=day,
            feature=feature,
            month=month,
        )

        entitlement.additional_properties = d
        return entitlement

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
