from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="AccountChange")


@_attrs_define
class AccountChange:
    """What is to change: what is left out stays, and `null` removes.

    Example:
        {'country': 'SGP', 'language': 'zh-CN', 'phrase': 'a blue whale'}

    Attributes:
        country (None | str | Unset): The country whose law says how long its data is kept, ICAO 9303-3 such as `SGP`.
        language (None | str | Unset): The language that its owner reads: `en` or `zh-CN`.
        phrase (None | str | Unset): A phrase that its owner chose with you: our pages show it, so that they know them
            from
            forged ones. 1 to 60 characters in one line; kept sealed.
    """

    country: None | str | Unset = UNSET
    language: None | str | Unset = UNSET
    phrase: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
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

        phrase: None | str | Unset
        if isinstance(self.phrase, Unset):
            phrase = UNSET
        else:
            phrase = self.phrase

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if country is not UNSET:
            field_dict["country"] = country
        if language is not UNSET:
            field_dict["language"] = language
        if phrase is not UNSET:
            field_dict["phrase"] = phrase

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)

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

        def _parse_phrase(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        phrase = _parse_phrase(d.pop("phrase", UNSET))

        account_change = cls(
            country=country,
            language=language,
            phrase=phrase,
        )

        return account_change
