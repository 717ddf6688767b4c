"""What schemathesis names in its requests: mostly somebody who is there.

Random ids meet nobody, so every answer would be 404. BONAFIDE_PEOPLE is the JSON of
`bonafide-exact-server trial`.
"""

import json
import os
import zlib

import schemathesis

PEOPLE = json.loads(os.environ["BONAFIDE_PEOPLE"])
IDS = PEOPLE["ids"] | {
    "place": ["front", "back", "selfie", "capture", "address"],
    "kind": ["face_match", "face_search", "cohort"],
}
AS_APPLICANT = os.environ["BONAFIDE_AS"] == "applicant"


def one_of(known, value):
    """One of `known`, always the same for a value; or the value itself."""
    number = zlib.crc32(repr(value).encode())
    return value if number % 3 == 0 else known[number // 3 % len(known)]


@schemathesis.hook
def map_path_parameters(context, parameters):
    operation = f"{context.operation.method.upper()} {context.operation.path}"
    known = IDS | PEOPLE["own"].get(operation, {})
    for name, value in (parameters or {}).items():
        if name in known:
            parameters[name] = one_of(known[name], value)
    return parameters


@schemathesis.hook
def map_body(context, body):
    """A picture is what the exact engine takes for one, and a code was offered."""
    path = context.operation.path
    if path == "/v1/handoff" and isinstance(body, dict):
        return body | {"code": one_of(PEOPLE["codes"], body)}
    taken = ("/v1/applicant/uploads/", "/v1/applicant/transfers/", "/v1/applicant/preview")
    if path.startswith(taken):
        return one_of([picture.encode() for picture in PEOPLE["pictures"]], body)
    return body


@schemathesis.hook
def map_query(context, query):
    """A part begins where nothing is yet."""
    if query and "offset" in query and context.operation.method.upper() == "PATCH":
        query["offset"] = one_of([0], query["offset"])
    return query


@schemathesis.hook
def before_call(context, case, kwargs):
    """What ends a case has a token of its own, so that the others go on."""
    if AS_APPLICANT:
        operation = case.operation.path.removeprefix("/v1/applicant/")
        tokens, method = PEOPLE["tokens"], case.operation.method.upper()
        token = tokens.get(f"{method} {operation}", tokens.get(operation, tokens["case"]))
        case.headers = dict(case.headers or {}, Authorization=f"Bearer {token}")
