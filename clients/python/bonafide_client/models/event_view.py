from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="EventView")


@_attrs_define
class EventView:
    """An event.

    Attributes:
        at (str): When, RFC 3339.
        data (Any): The rest.
        id (str): Its id.
        kind (str): What happened: `case.approved`.
        number (int): Its number. Whoever sees an event can see every one of a lower number.
        account (None | str | Unset): To whom, where it is about an account.
        case (None | str | Unset): In which case.
    """

    at: str
    data: Any
    id: str
    kind: str
    number: int
    account: None | str | Unset = UNSET
    case: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        at = self.at

        data = self.data

        id = self.id

        kind = self.kind

        number = self.number

        account: None | str | Unset
        if isinstance(self.account, Unset):
            account = UNSET
        else:
            account = self.account

        case: None | str | Unset
        if isinstance(self.case, Unset):
            case = UNSET
        else:
            case = self.case

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "at": at,
                "data": data,
                "id": id,
                "kind": kind,
                "number": number,
            }
        )
        if account is not UNSET:
            field_dict["account"] = account
        if case is not UNSET:
            field_dict["case"] = case

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        at = d.pop("at")

        data = d.pop("data")

        id = d.pop("id")

        kind = d.pop("kind")

        number = d.pop("number")

        def _parse_account(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        account = _parse_account(d.pop("account", UNSET))

        def _parse_case(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        case = _parse_case(d.pop("case", UNSET))

        event_view = cls(
            at=at,
            data=data,
            id=id,
            kind=kind,
            number=number,
            account=account,
            case=case,
        )

        event_view.additional_properties = d
        return event_view

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
