from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ReservationView")


@_attrs_define
class ReservationView:
    """An amount taken out of a limit.

    Attributes:
        amount (str): A decimal string.
        currency (str): The currency.
        expires_at (str): When a held one is free again, RFC 3339.
        feature (str): The feature.
        id (str): Its id.
        reference (str): Your own name for it.
        state (str): `held`, `captured` or `released`.
    """

    amount: str
    currency: str
    expires_at: str
    feature: str
    id: str
    reference: str
    state: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        currency = self.currency

        expires_at = self.expires_at

        feature = self.feature

        id = self.id

        reference = self.reference

        state = self.state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "amount": amount,
                "currency": currency,
                "expires_at": expires_at,
                "feature": feature,
                "id": id,
                "reference": reference,
                "state": state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        amount = d.pop("amount")

        currency = d.pop("currency")

        expires_at = d.pop("expires_at")

        feature = d.pop("feature")

        id = d.pop("id")

        reference = d.pop("reference")

        state = d.pop("state")

        reservation_view = cls(
            amount=amount,
            currency=currency,
            expires_at=expires_at,
            feature=feature,
            id=id,
            reference=reference,
            state=state,
        )

        reservation_view.additional_properties = d
        return reservation_view

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
