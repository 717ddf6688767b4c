from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.transfer_view import TransferView
from ...types import UNSET, File, Response


def _get_kwargs(
    transfer: str,
    *,
    body: File,
    offset: int,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["offset"] = offset

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "patch",
        "url": "/v1/applicant/transfers/{transfer}".format(
            transfer=quote(str(transfer), safe=""),
        ),
        "params": params,
    }

    _kwargs["content"] = body.payload
    headers["Content-Type"] = "application/octet-stream"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | TransferView | None:
    if response.status_code == 200:
        response_200 = TransferView.from_dict(response.json())

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
) -> Response[Problem | TransferView]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    transfer: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
    offset: int,
) -> Response[Problem | TransferView]:
    """Sends the next part, of at least 128 KiB unless it is the last. A part counts once it is
    here whole; those of a capture have to be here before its challenge ends, or within an hour of that
    where it was announced. The answer to the last one says what came of the upload; where that answer
    was lost, an empty part at the end asks for it again.

    Args:
        transfer (str):
        offset (int):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TransferView]
    """

    kwargs = _get_kwargs(
        transfer=transfer,
        body=body,
        offset=offset,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    transfer: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
    offset: int,
) -> Problem | TransferView | None:
    """Sends the next part, of at least 128 KiB unless it is the last. A part counts once it is
    here whole; those of a capture have to be here before its challenge ends, or within an hour of that
    where it was announced. The answer to the last one says what came of the upload; where that answer
    was lost, an empty part at the end asks for it again.

    Args:
        transfer (str):
        offset (int):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TransferView
    """

    return sync_detailed(
        transfer=transfer,
        client=client,
        body=body,
        offset=offset,
    ).parsed


async def asyncio_detailed(
    transfer: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
    offset: int,
) -> Response[Problem | TransferView]:
    """Sends the next part, of at least 128 KiB unless it is the last. A part counts once it is
    here whole; those of a capture have to be here before its challenge ends, or within an hour of that
    where it was announced. The answer to the last one says what came of the upload; where that answer
    was lost, an empty part at the end asks for it again.

    Args:
        transfer (str):
        offset (int):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TransferView]
    """

    kwargs = _get_kwargs(
        transfer=transfer,
        body=body,
        offset=offset,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    transfer: str,
    *,
    client: AuthenticatedClient | Client,
    body: File,
    offset: int,
) -> Problem | TransferView | None:
    """Sends the next part, of at least 128 KiB unless it is the last. A part counts once it is
    here whole; those of a capture have to be here before its challenge ends, or within an hour of that
    where it was announced. The answer to the last one says what came of the upload; where that answer
    was lost, an empty part at the end asks for it again.

    Args:
        transfer (str):
        offset (int):
        body (File):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TransferView
    """

    return (
        await asyncio_detailed(
            transfer=transfer,
            client=client,
            body=body,
            offset=offset,
        )
    ).parsed
