from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.case_declined import CaseDeclined
    from ..models.case_under_way import CaseUnderWay
    from ..models.entitlement import Entitlement
    from ..models.lapsed_tier import LapsedTier
    from ..models.next_tier import NextTier
    from ..models.referral_discount import ReferralDiscount
    from ..models.words import Words


T = TypeVar("T", bound="EntitlementsView")


@_attrs_define
class EntitlementsView:
    """What an account may do now, and why.

    Attributes:
        declined (CaseDeclined | None):
        features (list[Entitlement]): By feature and currency.
        frozen (bool): Whether the account is frozen, so that nothing of this may be used.
        lapsed (LapsedTier | None):
        next_ (NextTier | None):
        referral (None | ReferralDiscount):
        tier (None | str): The tier that holds today; none is not verified.
        under_way (CaseUnderWay | None):
        until (None | str): The last day on which it holds, where it ends.
        words (Words): A sentence in each language that there is.
    """

    declined: CaseDeclined | None
    features: list[Entitlement]
    frozen: bool
    lapsed: LapsedTier | None
    next_: NextTier | None
    referral: None | ReferralDiscount
    tier: None | str
    under_way: CaseUnderWay | None
    until: None | str
    words: Words
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.case_declined import CaseDeclined
        from ..models.case_under_way import CaseUnderWay
        from ..models.lapsed_tier import LapsedTier
        from ..models.next_tier import NextTier
        from ..models.referral_discount import ReferralDiscount

        declined: dict[str, Any] | None
        if isinstance(self.declined, CaseDeclined):
            declined = self.declined.to_dict()
        else:
            declined = self.declined

        features = []
        for features_item_data in self.features:
            features_item = features_item_data.to_dict()
            features.append(features_item)

        frozen = self.frozen

        lapsed: dict[str, Any] | None
        if isinstance(self.lapsed, LapsedTier):
            lapsed = self.lapsed.to_dict()
        else:
            lapsed = self.lapsed

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

        under_way: dict[str, Any] | None
        if isinstance(self.under_way, CaseUnderWay):
            under_way = self.under_way.to_dict()
        else:
            under_way = self.under_way

        until: None | str
        until = self.until

        words = self.words.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "declined": declined,
                "features": features,
                "frozen": frozen,
                "lapsed": lapsed,
                "next": next_,
                "referral": referral,
                "tier": tier,
                "under_way": under_way,
                "until": until,
                "words": words,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.case_declined import CaseDeclined
        from ..models.case_under_way import CaseUnderWay
        from ..models.entitlement import Entitlement
        from ..models.lapsed_tier import LapsedTier
        from ..models.next_tier import NextTier
        from ..models.referral_discount import ReferralDiscount
        from ..models.words import Words

        d = dict(src_dict)

        def _parse_declined(data: object) -> CaseDeclined | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                declined_type_0 = CaseDeclined.from_dict(data)

                return declined_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CaseDeclined | None, data)

        declined = _parse_declined(d.pop("declined"))

        features = []
        _features = d.pop("features")
        for features_item_data in _features:
            features_item = Entitlement.from_dict(features_item_data)

            features.append(features_item)

        frozen = d.pop("frozen")

        def _parse_lapsed(data: object) -> LapsedTier | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                lapsed_type_0 = LapsedTier.from_dict(data)

                return lapsed_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LapsedTier | None, data)

        lapsed = _parse_lapsed(d.pop("lapsed"))

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

        def _parse_under_way(data: object) -> CaseUnderWay | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                under_way_type_0 = CaseUnderWay.from_dict(data)

                return under_way_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CaseUnderWay | None, data)

        under_way = _parse_under_way(d.pop("under_way"))

        def _parse_until(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        until = _parse_until(d.pop("until"))

        words = Words.from_dict(d.pop("words"))

        entitlements_view = cls(
            declined=declined,
            features=features,
            frozen=frozen,
            lapsed=lapsed,
            next_=next_,
            referral=referral,
            tier=tier,
            under_way=under_way,
            until=until,
            words=words,
        )

        entitlements_view.additional_properties = d
        return entitlements_view

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
