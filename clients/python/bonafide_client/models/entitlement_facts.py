from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.entitlement import Entitlement
    from ..models.next_tier import NextTier
    from ..models.referral_discount import ReferralDiscount


T = TypeVar("T", bound="EntitlementFacts")


@_attrs_define
class EntitlementFacts:
    """What an account may do.

    Attributes:
        features (list[Entitlement]): By feature and currency.
        frozen (bool): Whether the account is frozen, so that nothing of this may be used.
        next_ (NextTier | None):
        referral (None | ReferralDiscount):
        tier (None | str): The tier that holds today; none is not verified.
        until (None | str): The last day on which it holds, where it ends.
    """

    features: list[Entitlement]
    frozen: bool
    next_: NextTier | None
    referral: None | ReferralDiscount
    tier: None | str
    until: None | str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.next_tier import NextTier
        from ..models.referral_discount import ReferralDiscount

        features = []
        for features_item_data in self.features:
            features_item = features_item_data.to_dict()
            features.append(features_item)

        frozen = self.frozen

        next_: dict[str, Any] | None
        if isinstance(self.next_, NextTier):
            next_ = self.next_.to_dict()
        else:
            next_ = self.next_

        referral: dict[str, Any] | None
        if isinstance(self.referral, ReferralDiscount):
            referral = self.referral.to_dict()
        else:
            referral = self.referral

        tier: None | str
        tier = self.tier

        until: None | str
        until = self.until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "features": features,
                "frozen": frozen,
                "next": next_,
                "referral": referral,
                "tier": tier,
                "until": until,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.entitlement import Entitlement
        from ..models.next_tier import NextTier
        from ..models.referral_discount import ReferralDiscount

        d = dict(src_dict)
        features = []
        _features = d.pop("features")
        for features_item_data in _features:
            features_item = Entitlement.from_dict(features_item_data)

            features.append(features_item)

        frozen = d.pop("frozen")

        def _parse_next_(data: object) -> NextTier | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                next_type_0 = NextTier.from_dict(data)

                return next_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(NextTier | None, data)

        next_ = _parse_next_(d.pop("next"))

        def _parse_referral(data: object) -> None | ReferralDiscount:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                referral_type_0 = ReferralDiscount.from_dict(data)

                return referral_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ReferralDiscount, data)

        referral = _parse_referral(d.pop("referral"))

        def _parse_tier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        tier = _parse_tier(d.pop("tier"))

        def _parse_until(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        until = _parse_until(d.pop("until"))

        entitlement_facts = cls(
            features=features,
            frozen=frozen,
            next_=next_,
            referral=referral,
            tier=tier,
            until=until,
        )

        entitlement_facts.additional_properties = d
        return entitlement_facts

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
