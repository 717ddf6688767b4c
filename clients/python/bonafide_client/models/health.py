from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Health")


@_attrs_define
class Health:
    """How the server is.

    Attributes:
        dead (int): Jobs that were given up: a person has to look.
        installation (str): `live` or `sandbox`.
        version (str): Its version.
        waiting (int): Jobs that could be done now.
        oldest (None | str | Unset): Since when the oldest of them waits, RFC 3339.
    """

    dead: int
    installation: str
    version: str
    waiting: int
    oldest: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        dead = self.dead

        installation = self.installation

        version = self.version

        waiting = self.waiting

        oldest: None | str | Unset
        if isinstance(self.oldest, Unset):
            oldest = UNSET
        else:
            oldest = self.oldest

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "dead": dead,
                "installation": installation,
                "version": version,
                "waiting": waiting,
            }
        )
        if oldest is not UNSET:
            field_dict["oldest"] = oldest

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        dead = d.pop("dead")

        installation = d.pop("installation")

        version = d.pop("version")

        waiting = d.pop("waiting")

        def _parse_oldest(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        oldest = _parse_oldest(d.pop("oldest", UNSET))

        health = cls(
            dead=dead,
            installation=installation,
            version=version,
            waiting=waiting,
            oldest=oldest,
        )

        health.additional_properties = d
        return health

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
