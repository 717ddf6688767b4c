from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.new_ruling import NewRuling
from ...models.problem import Problem
from ...models.summary import Summary
from ...types import Response


def _get_kwargs(
    case: str,
    *,
    body: NewRuling,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/review/cases/{case}/ruling".format(
            case=quote(str(case), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Summary | None:
    if response.status_code == 200:
        response_200 = Summary.from_dict(response.json())

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
) -> Response[Problem | Summary]:
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
    body: NewRuling,
) -> Response[Problem | Summary]:
    """Decides a case that you claimed.

    Args:
        case (str):
        body (NewRuling): What a reviewer says. Example: {'verdict': 'decline', 'reasons':
            [{'code': 'DATA_MISMATCH'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Summary]
    """

    kwargs = _get_kwargs(
        case=case,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    case: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewRuling,
) -> Problem | Summary | None:
    """Decides a case that you claimed.

    Args:
        case (str):
        body (NewRuling): What a reviewer says. Example: {'verdict': 'decline', 'reasons':
            [{'code': 'DATA_MISMATCH'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Summary
    """

    return sync_detailed(
        case=case,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    case: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewRuling,
) -> Response[Problem | Summary]:
    """Decides a case that you claimed.

    Args:
        case (str):
        body (NewRuling): What a reviewer says. Example: {'verdict': 'decline', 'reasons':
            [{'code': 'DATA_MISMATCH'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Summary]
    """

    kwargs = _get_kwargs(
        case=case,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    case: str,
    *,
    client: AuthenticatedClient | Client,
    body: NewRuling,
) -> Problem | Summary | None:
    """Decides a case that you claimed.

    Args:
        case (str):
        body (NewRuling): What a reviewer says. Example: {'verdict': 'decline', 'reasons':
            [{'code': 'DATA_MISMATCH'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Summary
    """

    return (
        await asyncio_detailed(
            case=case,
            client=client,
            body=body,
        )
    ).parsed
