from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.details import Details
from ...models.problem import Problem
from ...models.whole import Whole
from ...types import Response


def _get_kwargs(
    *,
    body: Details,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v1/applicant/details",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | Whole | None:
    if response.status_code == 200:
        response_200 = Whole.from_dict(response.json())

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
) -> Response[Problem | Whole]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: Details,
) -> Response[Problem | Whole]:
    """What the person types.

    Args:
        body (Details): What a person types of themselves and their document; what the tier does
            not ask for may be
            left out. Example: {'surname': 'ERIKSSON', 'given_names': 'ANNA MARIA', 'birth_date':
            '1974-08-12', 'document_type': 'passport', 'document_number': 'L898902C3', 'nationality':
            'UTO'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Whole]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: Details,
) -> Problem | Whole | None:
    """What the person types.

    Args:
        body (Details): What a person types of themselves and their document; what the tier does
            not ask for may be
            left out. Example: {'surname': 'ERIKSSON', 'given_names': 'ANNA MARIA', 'birth_date':
            '1974-08-12', 'document_type': 'passport', 'document_number': 'L898902C3', 'nationality':
            'UTO'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Whole
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: Details,
) -> Response[Problem | Whole]:
    """What the person types.

    Args:
        body (Details): What a person types of themselves and their document; what the tier does
            not ask for may be
            left out. Example: {'surname': 'ERIKSSON', 'given_names': 'ANNA MARIA', 'birth_date':
            '1974-08-12', 'document_type': 'passport', 'document_number': 'L898902C3', 'nationality':
            'UTO'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | Whole]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: Details,
) -> Problem | Whole | None:
    """What the person types.

    Args:
        body (Details): What a person types of themselves and their document; what the tier does
            not ask for may be
            left out. Example: {'surname': 'ERIKSSON', 'given_names': 'ANNA MARIA', 'birth_date':
            '1974-08-12', 'document_type': 'passport', 'document_number': 'L898902C3', 'nationality':
            'UTO'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | Whole
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
