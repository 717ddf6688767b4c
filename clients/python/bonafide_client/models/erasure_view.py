from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.marker_view import MarkerView


T = TypeVar("T", bound="ErasureView")


@_attrs_define
class ErasureView:
    """An erasure.

    Attributes:
        account (str): Whose data.
        asked_at (str): When it was asked for, RFC 3339.
        due_at (str): When the duty of the law ends; a hold may keep it longer.
        state (str): `erased`, or `restricted` while a law or a hold keeps it: then nothing of it is used.
        backups_until (None | str | Unset): When the last backup of the key store is gone that still holds the key.
        erased_at (None | str | Unset): When the key was destroyed.
        marker (MarkerView | None | Unset):
    """

    account: str
    asked_at: str
    due_at: str
    state: str
    backups_until: None | str | Unset = UNSET
    erased_at: None | str | Unset = UNSET
    marker: MarkerView | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.marker_view import MarkerView

        account = self.account

        asked_at = self.asked_at

        due_at = self.due_at

        state = self.state

        backups_until: None | str | Unset
        if isinstance(self.backups_until, Unset):
            backups_until = UNSET
        else:
            backups_until = self.backups_until

        erased_at: None | str | Unset
        if isinstance(self.erased_at, Unset):
            erased_at = UNSET
        else:
            erased_at = self.erased_at

        marker: dict[str, Any] | None | Unset
        if isinstance(self.marker, Unset):
            marker = UNSET
        elif isinstance(self.marker, MarkerView):
            marker = self.marker.to_dict()
        else:
            marker = self.marker

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "account": account,
                "asked_at": asked_at,
                "due_at": due_at,
                "state": state,
            }
        )
        if backups_until is not UNSET:
            field_dict["backups_until"] = backups_until
        if erased_at is not UNSET:
            field_dict["erased_at"] = erased_at
        if marker is not UNSET:
            field_dict["marker"] = marker

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.marker_view import MarkerView

        d = dict(src_dict)
        account = d.pop("account")

        asked_at = d.pop("asked_at")

        due_at = d.pop("due_at")

        state = d.pop("state")

        def _parse_backups_until(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        backups_until = _parse_backups_until(d.pop("backups_until", UNSET))

        def _parse_erased_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        erased_at = _parse_erased_at(d.pop("erased_at", UNSET))

        def _parse_marker(data: object) -> MarkerView | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                marker_type_0 = MarkerView.from_dict(data)

                return marker_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MarkerView | None | Unset, data)

        marker = _parse_marker(d.pop("marker", UNSET))

        erasure_view = cls(
            account=account,
            asked_at=asked_at,
            due_at=due_at,
            state=state,
            backups_until=backups_until,
            erased_at=erased_at,
            marker=marker,
        )

        erasure_view.additional_properties = d
        return erasure_view

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
