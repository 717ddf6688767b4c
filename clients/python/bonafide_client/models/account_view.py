from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="AccountView")


@_attrs_define
class AccountView:
    """An account.

    Attributes:
        created_at (str): When it was registered, RFC 3339.
        external_id (str): Your own name for it.
        frozen (bool): Whether it is frozen, or closed.
        id (str): Its id.
        closed_for (None | str | Unset): The other account that its person goes on with, where it is closed.
        country (None | str | Unset): The country whose law says how long its data is kept.
        language (None | str | Unset): The language that its owner reads.
        referral_code (None | str | Unset): The code of the campaign that it came by.
        tier (None | str | Unset): The tier that it was granted, if any; whether it holds today say the entitlements.
        until (None | str | Unset): The last day on which the tier holds.
    """

    created_at: str
    external_id: str
    frozen: bool
    id: str
    closed_for: None | str | Unset = UNSET
    country: None | str | Unset = UNSET
    language: None | str | Unset = UNSET
    referral_code: None | str | Unset = UNSET
    tier: None | str | Unset = UNSET
    until: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        created_at = self.created_at

        external_id = self.external_id

        frozen = self.frozen

        id = self.id

        closed_for: None | str | Unset
        if isinstance(self.closed_for, Unset):
            closed_for = UNSET
        else:
            closed_for = self.closed_for

        country: None | str | Unset
        if isinstance(self.country, Unset):
            country = UNSET
        else:
            country = self.country

        language: None | str | Unset
        if isinstance(self.language, Unset):
            language = UNSET
        else:
            language = self.language

        referral_code: None | str | Unset
        if isinstance(self.referral_code, Unset):
            referral_code = UNSET
        else:
            referral_code = self.referral_code

        tier: None | str | Unset
        if isinstance(self.tier, Unset):
            tier = UNSET
        else:
            tier = self.tier

        until: None | str | Unset
        if isinstance(self.until, Unset):
            until = UNSET
        else:
            until = self.until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "created_at": created_at,
                "external_id": external_id,
                "frozen": frozen,
                "id": id,
            }
        )
        if closed_for is not UNSET:
            field_dict["closed_for"] = closed_for
        if country is not UNSET:
            field_dict["country"] = country
        if language is not UNSET:
            field_dict["language"] = language
        if referral_code is not UNSET:
            field_dict["referral_code"] = referral_code
        if tier is not UNSET:
            field_dict["tier"] = tier
        if until is not UNSET:
            field_dict["until"] = until

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        created_at = d.pop("created_at")

        external_id = d.pop("external_id")

        frozen = d.pop("frozen")

        id = d.pop("id")

        def _parse_closed_for(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        closed_for = _parse_closed_for(d.pop("closed_for", UNSET))

        def _parse_country(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        country = _parse_country(d.pop("country", UNSET))

        def _parse_language(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        language = _parse_language(d.pop("language", UNSET))

        def _parse_referral_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        referral_code = _parse_referral_code(d.pop("referral_code", UNSET))

        def _parse_tier(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        tier = _parse_tier(d.pop("tier", UNSET))

        def _parse_until(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        until = _parse_until(d.pop("until", UNSET))

        account_view = cls(
            created_at=created_at,
            external_id=external_id,
            frozen=frozen,
            id=id,
            closed_for=closed_for,
            country=country,
            language=language,
            referral_code=referral_code,
            tier=tier,
            until=until,
        )

        account_view.additional_properties = d
        return account_view

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
