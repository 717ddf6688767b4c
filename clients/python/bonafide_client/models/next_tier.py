from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.entitlement import Entitlement


T = TypeVar("T", bound="NextTier")


@_attrs_define
class NextTier:
    """The tier after the one that an account has.

    Attributes:
        grants (list[Entitlement]): What it grants, with nothing used.
        missing (list[str]): What is missing for it: what its person still has to do in the case that is open for it, or
            without one, what it asks for beyond the tier that the account has: `details` and so on.
        tier (str): Its name.
    """

    grants: list[Entitlement]
    missing: list[str]
    tier: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        grants = []
        for grants_item_data in self.grants:
            grants_item = grants_item_data.to_dict()
            grants.append(grants_item)

        missing = self.missing

        tier = self.tier

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "grants": grants,
                "missing": missing,
                "tier": tier,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.entitlement import Entitlement

        d = dict(src_dict)
        grants = []
        _grants = d.pop("grants")
        for grants_item_data in _grants:
            grants_item = Entitlement.from_dict(grants_item_data)

            grants.append(grants_item)

        missing = cast(list[str], d.pop("missing"))

        tier = d.pop("tier")

        next_tier = cls(
            grants=grants,
            missing=missing,
            tier=tier,
        )

        next_tier.additional_properties = d
        return next_tier

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
