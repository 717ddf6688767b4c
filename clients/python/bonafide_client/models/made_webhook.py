from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="MadeWebhook")


@_attrs_define
class MadeWebhook:
    """A web hook with its secret, which is shown this once.

    Attributes:
        created_at (str):
        description (str):
        id (str):
        kinds (list[str]): The kinds of events that it is told of; none means all.
        url (str):
        secret (str): What signs, as Standard Webhooks has it: `whsec_…`.
        disabled_at (None | str | Unset): Since when nothing is sent to it.
        failing_since (None | str | Unset): Since when every attempt has failed.
        former_secret_until (None | str | Unset): Until when an earlier secret signs too.
    """

    created_at: str
    description: str
    id: str
    kinds: list[str]
    url: str
    secret: str
    disabled_at: None | str | Unset = UNSET
    failing_since: None | str | Unset = UNSET
    former_secret_until: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        created_at = self.created_at

        description = self.description

        id = self.id

        kinds = self.kinds

        url = self.url

        secret = self.secret

        disabled_at: None | str | Unset
        if isinstance(self.disabled_at, Unset):
            disabled_at = UNSET
        else:
            disabled_at = self.disabled_at

        failing_since: None | str | Unset
        if isinstance(self.failing_since, Unset):
            failing_since = UNSET
        else:
            failing_since = self.failing_since

        former_secret_until: None | str | Unset
        if isinstance(self.former_secret_until, Unset):
            former_secret_until = UNSET
        else:
            former_secret_until = self.former_secret_until

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "created_at": created_at,
                "description": description,
                "id": id,
                "kinds": kinds,
                "url": url,
                "secret": secret,
            }
        )
        if disabled_at is not UNSET:
            field_dict["disabled_at"] = disabled_at
        if failing_since is not UNSET:
            field_dict["failing_since"] = failing_since
        if former_secret_until is not UNSET:
            field_dict["former_secret_until"] = former_secret_until

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        created_at = d.pop("created_at")

        description = d.pop("description")

        id = d.pop("id")

        kinds = cast(list[str], d.pop("kinds"))

        url = d.pop("url")

        secret = d.pop("secret")

        def _parse_disabled_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        disabled_at = _parse_disabled_at(d.pop("disabled_at", UNSET))

        def _parse_failing_since(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        failing_since = _parse_failing_since(d.pop("failing_since", UNSET))

        def _parse_former_secret_until(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        former_secret_until = _parse_former_secret_until(
            d.pop("former_secret_until", UNSET)
        )

        made_webhook = cls(
            created_at=created_at,
            description=description,
            id=id,
            kinds=kinds,
            url=url,
            secret=secret,
            disabled_at=disabled_at,
            failing_since=failing_since,
            former_secret_until=former_secret_until,
        )

        made_webhook.additional_properties = d
        return made_webhook

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
