from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.replay import Replay
from ...models.replay_view import ReplayView
from ...types import Response


def _get_kwargs(
    webhook: str,
    *,
    body: Replay,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/webhooks/{webhook}/replay".format(
            webhook=quote(str(webhook), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | ReplayView | None:
    if response.status_code == 200:
        response_200 = ReplayView.from_dict(response.json())

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
) -> Response[Problem | ReplayView]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    webhook: str,
    *,
    client: AuthenticatedClient | Client,
    body: Replay,
) -> Response[Problem | ReplayView]:
    """Posts one event once more, or everything behind an event; those that happened while the web
    hook was disabled or not there yet, too.

    Args:
        webhook (str):
        body (Replay): What is to be posted once more: one of both. Example: {'after': 11}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ReplayView]
    """

    kwargs = _get_kwargs(
        webhook=webhook,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    webhook: str,
    *,
    client: AuthenticatedClient | Client,
    body: Replay,
) -> Problem | ReplayView | None:
    """Posts one event once more, or everything behind an event; those that happened while the web
    hook was disabled or not there yet, too.

    Args:
        webhook (str):
        body (Replay): What is to be posted once more: one of both. Example: {'after': 11}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ReplayView
    """

    return sync_detailed(
        webhook=webhook,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    webhook: str,
    *,
    client: AuthenticatedClient | Client,
    body: Replay,
) -> Response[Problem | ReplayView]:
    """Posts one event once more, or everything behind an event; those that happened while the web
    hook was disabled or not there yet, too.

    Args:
        webhook (str):
        body (Replay): What is to be posted once more: one of both. Example: {'after': 11}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ReplayView]
    """

    kwargs = _get_kwargs(
        webhook=webhook,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    webhook: str,
    *,
    client: AuthenticatedClient | Client,
    body: Replay,
) -> Problem | ReplayView | None:
    """Posts one event once more, or everything behind an event; those that happened while the web
    hook was disabled or not there yet, too.

    Args:
        webhook (str):
        body (Replay): What is to be posted once more: one of both. Example: {'after': 11}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ReplayView
    """

    return (
        await asyncio_detailed(
            webhook=webhook,
            client=client,
            body=body,
        )
    ).parsed
