from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.transfer_view import TransferView
from ...types import Response


def _get_kwargs(
    transfer: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/applicant/transfers/{transfer}".format(
            transfer=quote(str(transfer), safe=""),
        ),
    }

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
) -> Response[Problem | TransferView]:
    """How far an upload is: where to go on after the line broke.

    Args:
        transfer (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TransferView]
    """

    kwargs = _get_kwargs(
        transfer=transfer,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    transfer: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | TransferView | None:
    """How far an upload is: where to go on after the line broke.

    Args:
        transfer (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | TransferView
    """

    return sync_detailed(
        transfer=transfer,
        client=client,
    ).parsed


async def asyncio_detailed(
    transfer: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Problem | TransferView]:
    """How far an upload is: where to go on after the line broke.

    Args:
        transfer (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | TransferView]
    """

    kwargs = _get_kwargs(
        transfer=transfer,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    transfer: str,
    *,
    client: AuthenticatedClient | Client,
) -> Problem | TransferView | None:
    """How far an upload is: where to go on after the line broke.

    Args:
        transfer (str):

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
        )
    ).parsed
