from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="Authorization")


@_attrs_define
class Authorization:
    """An amount that an account wants to use.

    Example:
        {'feature': 'withdraw', 'currency': 'USDT', 'amount': '250', 'reference': 'order-17'}

    Attributes:
        amount (str): A decimal string.
        currency (str): The currency, as the policy spells it.
        feature (str): The feature, such as `withdraw`.
        reference (str): Your own name for this use: asked again under the same name, the answer is the same.
    """

    amount: str
    currency: str
    feature: str
    reference: str

    def to_dict(self) -> dict[str, Any]:
        amount = self.amount

        currency = self.currency

        feature = self.feature

        reference = self.reference

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "amount": amount,
                "currency": currency,
                "feature": feature,
                "reference": reference,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        amount = d.pop("amount")

        currency = d.pop("currency")

        feature = d.pop("feature")

        reference = d.pop("reference")

        authorization = cls(
            amount=amount,
            currency=currency,
            feature=feature,
            reference=reference,
        )

        return authorization
