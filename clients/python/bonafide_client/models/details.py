from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Details")


@_attrs_define
class Details:
    """What a person types of themselves and their document; what the tier does not ask for may be
    left out.

        Example:
            {'surname': 'ERIKSSON', 'given_names': 'ANNA MARIA', 'birth_date': '1974-08-12', 'document_type': 'passport',
                'document_number': 'L898902C3', 'nationality': 'UTO'}

        Attributes:
            birth_date (None | str | Unset): YYYY-MM-DD.
            document_number (None | str | Unset): The number of the document, or the national number on a card that has only
                that.
            document_type (None | str | Unset): `passport`, `id_card` and so on.
            full_name_native (None | str | Unset): The whole name in the document's own script.
            given_names (None | str | Unset): Given names in Latin letters.
            nationality (None | str | Unset): Three letters as in a machine-readable zone.
            surname (None | str | Unset): Family name in Latin letters.
    """

    birth_date: None | str | Unset = UNSET
    document_number: None | str | Unset = UNSET
    document_type: None | str | Unset = UNSET
    full_name_native: None | str | Unset = UNSET
    given_names: None | str | Unset = UNSET
    nationality: None | str | Unset = UNSET
    surname: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        birth_date: None | str | Unset
        if isinstance(self.birth_date, Unset):
            birth_date = UNSET
        else:
            birth_date = self.birth_date

        document_number: None | str | Unset
        if isinstance(self.document_number, Unset):
            document_number = UNSET
        else:
            document_number = self.document_number

        document_type: None | str | Unset
        if isinstance(self.document_type, Unset):
            document_type = UNSET
        else:
            document_type = self.document_type

        full_name_native: None | str | Unset
        if isinstance(self.full_name_native, Unset):
            full_name_native = UNSET
        else:
            full_name_native = self.full_name_native

        given_names: None | str | Unset
        if isinstance(self.given_names, Unset):
            given_names = UNSET
        else:
            given_names = self.given_names

        nationality: None | str | Unset
        if isinstance(self.nationality, Unset):
            nationality = UNSET
        else:
            nationality = self.nationality

        surname: None | str | Unset
        if isinstance(self.surname, Unset):
            surname = UNSET
        else:
            surname = self.surname

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if birth_date is not UNSET:
            field_dict["birth_date"] = birth_date
        if document_number is not UNSET:
            field_dict["document_number"] = document_number
        if document_type is not UNSET:
            field_dict["document_type"] = document_type
        if full_name_native is not UNSET:
            field_dict["full_name_native"] = full_name_native
        if given_names is not UNSET:
            field_dict["given_names"] = given_names
        if nationality is not UNSET:
            field_dict["nationality"] = nationality
        if surname is not UNSET:
            field_dict["surname"] = surname

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

        def _parse_birth_date(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        birth_date = _parse_birth_date(d.pop("birth_date", UNSET))

        def _parse_document_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        document_number = _parse_document_number(d.pop("document_number", UNSET))

        def _parse_document_type(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        document_type = _parse_document_type(d.pop("document_type", UNSET))

        def _parse_full_name_native(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        full_name_native = _parse_full_name_native(d.pop("full_name_native", UNSET))

        def _parse_given_names(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        given_names = _parse_given_names(d.pop("given_names", UNSET))

        def _parse_nationality(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        nationality = _parse_nationality(d.pop("nationality", UNSET))

        def _parse_surname(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        surname = _parse_surname(d.pop("surname", UNSET))

        details = cls(
            birth_date=birth_date,
            document_number=document_number,
            document_type=document_type,
            full_name_native=full_name_native,
            given_names=given_names,
            nationality=nationality,
            surname=surname,
        )

        details.additional_properties = d
        return details

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
