from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.claimed_case import ClaimedCase
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    case: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/review/cases/{case}/claim".format(
            case=quote(str(case), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClaimedCase | Problem | None:
    if response.status_code == 200:
        response_200 = ClaimedCase.from_dict(response.json())

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
) -> Response[ClaimedCase | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    case: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ClaimedCase | Problem]:
    """Takes a case for 20 minutes and shows what the engine made of it.

    Args:
        case (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClaimedCase | Problem]
    """

    kwargs = _get_kwargs(
        case=case,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    case: str,
    *,
    client: AuthenticatedClient | Client,
) -> ClaimedCase | Problem | None:
    """Takes a case for 20 minutes and shows what the engine made of it.

    Args:
        case (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClaimedCase | Problem
    """

    return sync_detailed(
        case=case,
        client=client,
    ).parsed


async def asyncio_detailed(
    case: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ClaimedCase | Problem]:
    """Takes a case for 20 minutes and shows what the engine made of it.

    Args:
        case (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClaimedCase | Problem]
    """

    kwargs = _get_kwargs(
        case=case,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    case: str,
    *,
    client: AuthenticatedClient | Client,
) -> ClaimedCase | Problem | None:
    """Takes a case for 20 minutes and shows what the engine made of it.

    Args:
        case (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClaimedCase | Problem
    """

    return (
        await asyncio_detailed(
            case=case,
            client=client,
        )
    ).parsed
