from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.hint_view import HintView
from ...models.problem import Problem
from ...types import UNSET, File, Response, Unset


def _get_kwargs(
    *,
    body: File,
    of: str | Unset = UNSET,
    width: int | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["of"] = of

    params["width"] = width

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/applicant/preview",
        "params": params,
    }

    _kwargs["content"] = body.payload
    headers["Content-Type"] = "image/jpeg"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> HintView | Problem | None:
    if response.status_code == 200:
        response_200 = HintView.from_dict(response.json())

        return response_200

    if 400 <= response.status_code <= 499:
        response_4xx = Problem.from_dict(response.json())

        return response_4xx

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[HintView | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    of: str | Unset = UNSET,
    width: int | Unset = UNSET,
) -> Response[HintView | Problem]:
    """Judges one small frame of the camera before the picture is taken.

    Args:
        of (str | Unset):
        width (int | Unset):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[HintView | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        of=of,
        width=width,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    of: str | Unset = UNSET,
    width: int | Unset = UNSET,
) -> HintView | Problem | None:
    """Judges one small frame of the camera before the picture is taken.

    Args:
        of (str | Unset):
        width (int | Unset):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        HintView | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        of=of,
        width=width,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    of: str | Unset = UNSET,
    width: int | Unset = UNSET,
) -> Response[HintView | Problem]:
    """Judges one small frame of the camera before the picture is taken.

    Args:
        of (str | Unset):
        width (int | Unset):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[HintView | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        of=of,
        width=width,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: File,
    of: str | Unset = UNSET,
    width: int | Unset = UNSET,
) -> HintView | Problem | None:
    """Judges one small frame of the camera before the picture is taken.

    Args:
        of (str | Unset):
        width (int | Unset):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        HintView | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            of=of,
            width=width,
        )
    ).parsed
