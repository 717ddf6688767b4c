from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.taken import Taken


T = TypeVar("T", bound="TransferView")


@_attrs_define
class TransferView:
    """How far an upload is that comes in parts.

    Attributes:
        expires_at (str): When what is here is thrown away, RFC 3339.
        id (str): Its id.
        length (int): How many bytes it has.
        offset (int): How many of them are here: the next part begins there.
        place (str): What it is going to be.
        taken (None | Taken | Unset):
    """

    expires_at: str
    id: str
    length: int
    offset: int
    place: str
    taken: None | Taken | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.taken import Taken

        expires_at = self.expires_at

        id = self.id

        length = self.length

        offset = self.offset

        place = self.place

        taken: dict[str, Any] | None | Unset
        if isinstance(self.taken, Unset):
            taken = UNSET
        elif isinstance(self.taken, Taken):
            taken = self.taken.to_dict()
        else:
            taken = self.taken

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "expires_at": expires_at,
                "id": id,
                "length": length,
                "offset": offset,
                "place": place,
            }
        )
        if taken is not UNSET:
            field_dict["taken"] = taken

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.taken import Taken

        d = dict(src_dict)
        expires_at = d.pop("expires_at")

        id = d.pop("id")

        length = d.pop("length")

        offset = d.pop("offset")

        place = d.pop("place")

        def _parse_taken(data: object) -> None | Taken | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                taken_type_0 = Taken.from_dict(data)

                return taken_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Taken | Unset, data)

        taken = _parse_taken(d.pop("taken", UNSET))

        transfer_view = cls(
            expires_at=expires_at,
            id=id,
            length=length,
            offset=offset,
            place=place,
            taken=taken,
        )

        transfer_view.additional_properties = d
        return transfer_view

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
