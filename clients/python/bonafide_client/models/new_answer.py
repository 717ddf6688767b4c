from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewAnswer")


@_attrs_define
class NewAnswer:
    """A capture that was recorded and is going to be uploaded.

    Attributes:
        sha256 (str): SHA-256 of the ZIP, hexadecimal.
        automated (bool | Unset): Whether the browser says that a program drives it.
        camera (str | Unset): The camera's name, as the browser has it; not kept.
        chain (str | Unset): The running digest of the frames, hexadecimal: SHA-256 of the challenge's `nonce` and the
            page's
            origin; then for each frame of what was before, the frame's SHA-256 and its milliseconds in
            decimal digits.
    """

    sha256: str
    automated: bool | Unset = UNSET
    camera: str | Unset = UNSET
    chain: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        sha256 = self.sha256

        automated = self.automated

        camera = self.camera

        chain = self.chain

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "sha256": sha256,
            }
        )
        if automated is not UNSET:
            field_dict["automated"] = automated
        if camera is not UNSET:
            field_dict["camera"] = camera
        if chain is not UNSET:
            field_dict["chain"] = chain

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        sha256 = d.pop("sha256")

        automated = d.pop("automated", UNSET)

        camera = d.pop("camera", UNSET)

        chain = d.pop("chain", UNSET)

        new_answer = cls(
            sha256=sha256,
            automated=automated,
            camera=camera,
            chain=chain,
        )

        return new_answer
