-- Times are milliseconds since 1970, UTC. Amounts are decimal text. BYTES is the bytes type of
-- the database (see migrate.rs). Whatever is personal is sealed under the person's key.

-- live or sandbox: in one row, and never another.
CREATE TABLE installation (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    kind TEXT NOT NULL
);

-- What new users are invited by; joined counts the accounts that came.
CREATE TABLE campaigns (
    code TEXT PRIMARY KEY,
    fee_discount_percent TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    cap BIGINT,
    joined BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    external_id TEXT NOT NULL UNIQUE,
    country TEXT,
    language TEXT,
    phrase BYTES,
    campaign TEXT REFERENCES campaigns (code),
    tier TEXT,
    tier_until TEXT,
    reminded_of TEXT,
    lapsed_tier TEXT,
    lapsed_until TEXT,
    closed_for TEXT,
    closed_in TEXT,
    frozen_since BIGINT,
    frozen_ground TEXT,
    created_at BIGINT NOT NULL
);

CREATE INDEX accounts_by_end ON accounts (tier_until);

-- What an account used of a feature; period is a day (2026-03-01) or a month (2026-03).
CREATE TABLE usage (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    feature TEXT NOT NULL,
    currency TEXT NOT NULL,
    period TEXT NOT NULL,
    amount TEXT NOT NULL,
    PRIMARY KEY (account_id, period, feature, currency)
);

CREATE TABLE reservations (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    reference TEXT NOT NULL,
    feature TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount TEXT NOT NULL,
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (account_id, reference)
);
CREATE INDEX reservations_held ON reservations (state, expires_at);

CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    tier TEXT NOT NULL,
    policy TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    due_at BIGINT,
    reviewer TEXT,
    lease_until BIGINT,
    claims BYTES,
    claims_at BIGINT,
    challenge TEXT,
    device BYTES,
    token_hash BYTES,
    token_expires_at BIGINT,
    pictures_until BIGINT,
    records_until BIGINT,
    face_until BIGINT,
    appealed_at BIGINT,
    appeal BYTES,
    audit_length BIGINT NOT NULL,
    audit_head BYTES NOT NULL
);
CREATE INDEX cases_of_account ON cases (account_id, id);
CREATE INDEX cases_by_state ON cases (state, due_at, id);
CREATE UNIQUE INDEX cases_by_token ON cases (token_hash);
CREATE INDEX cases_pictures ON cases (pictures_until);
CREATE INDEX cases_records ON cases (records_until);
CREATE INDEX cases_face ON cases (face_until);

CREATE TABLE consents (
    case_id TEXT NOT NULL REFERENCES cases (id),
    kind TEXT NOT NULL,
    text_version TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (case_id, kind)
);

CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    slot TEXT NOT NULL,
    digest TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    superseded_at BIGINT,
    removed_at BIGINT
);
CREATE INDEX uploads_of_case ON uploads (case_id, slot, id);

-- Uploads that come in parts.
CREATE TABLE transfers (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    slot TEXT NOT NULL,
    length BIGINT NOT NULL,
    received BIGINT NOT NULL,
    upload_id TEXT REFERENCES uploads (id),
    expires_at BIGINT NOT NULL
);
CREATE INDEX transfers_of_case ON transfers (case_id);
CREATE INDEX transfers_by_end ON transfers (expires_at);
CREATE TABLE parts (
    id TEXT PRIMARY KEY,
    transfer_id TEXT NOT NULL REFERENCES transfers (id),
    first_byte BIGINT NOT NULL,
    UNIQUE (transfer_id, first_byte)
);

-- A case that goes on on another device; its token opens the case once it is confirmed.
CREATE TABLE handoffs (
    case_id TEXT PRIMARY KEY REFERENCES cases (id),
    code_hash BYTES NOT NULL UNIQUE,
    number BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    token_hash BYTES UNIQUE,
    confirmed_at BIGINT,
    refused_at BIGINT
);

-- What applicants write about their cases.
CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    text BYTES NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX messages_of_case ON messages (case_id, id);

CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases (id),
    -- From 0: clocks of machines differ, and ids are ordered by them.
    place BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    policy TEXT NOT NULL,
    codes TEXT NOT NULL,
    report BYTES,
    decided_at BIGINT NOT NULL,
    UNIQUE (case_id, place)
);

-- Keyed hashes of documents and national numbers of approved people, and of their names with the
-- day of birth.
CREATE TABLE identities (
    kind TEXT NOT NULL,
    key_version BIGINT NOT NULL,
    hash BYTES NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (kind, key_version, hash, account_id)
);
CREATE INDEX identities_of_account ON identities (account_id);

-- An erasure that was asked for; while it is not done it restricts.
CREATE TABLE erasures (
    account_id TEXT PRIMARY KEY REFERENCES accounts (id),
    asked_at BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    erased_at BIGINT,
    backups_until BIGINT
);
CREATE INDEX erasures_due ON erasures (erased_at, due_at);

-- What is left of an erased person where the policy says so: keyed hashes, for a purpose and until
-- a time. NULL while the erasure waits, when nobody is looked for by them.
CREATE TABLE markers (
    kind TEXT NOT NULL,
    key_version BIGINT NOT NULL,
    hash BYTES NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    purpose TEXT NOT NULL,
    until BIGINT,
    PRIMARY KEY (kind, key_version, hash, account_id)
);
CREATE INDEX markers_of_account ON markers (account_id);
CREATE INDEX markers_by_end ON markers (until);

-- Grounds on which nothing of an account is removed.
CREATE TABLE holds (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    ground TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    until BIGINT,
    released_at BIGINT
);
CREATE INDEX holds_of_account ON holds (account_id);

-- The face of a case as the engine saw it last, of those who agreed to be searched for: sealed
-- under the person's key, NULL once it is gone. Searched are approved faces and those on the
-- blocklist; change is the number of the last change of that, so that every worker reads what
-- it has not seen.
CREATE TABLE faces (
    case_id TEXT PRIMARY KEY REFERENCES cases (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    embedder TEXT NOT NULL,
    sealed BYTES,
    approved_at BIGINT,
    change BIGINT UNIQUE
);
CREATE INDEX faces_of_account ON faces (account_id);

-- What is not to be approved without a person's look. A document, a number or a device has a keyed hash,
-- a face the case in whose row it lies. A removed entry keeps neither.
CREATE TABLE blocklist (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    key_version BIGINT,
    hash BYTES,
    face_case TEXT REFERENCES faces (case_id),
    case_id TEXT REFERENCES cases (id),
    ground TEXT NOT NULL,
    author TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    until TEXT,
    removed_at BIGINT,
    removed_by TEXT
);
CREATE INDEX blocklist_by_hash ON blocklist (hash);
CREATE INDEX blocklist_of_face ON blocklist (face_case);
CREATE INDEX blocklist_of_case ON blocklist (case_id);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    run_after BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    worker TEXT,
    lease_until BIGINT,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX jobs_waiting ON jobs (state, run_after, id);
CREATE INDEX jobs_done ON jobs (kind, finished_at);
CREATE INDEX jobs_of_payload ON jobs (payload);

-- What the operator's system is told. The one row of last_event holds the greatest number and is
-- locked from numbering to committing, so that a lower number is never seen after a higher one.
CREATE TABLE events (
    number BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    account_id TEXT,
    case_id TEXT,
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE last_event (number BIGINT NOT NULL);
INSERT INTO last_event (number) VALUES (0);

-- Where events are posted to. Secrets are sealed under the master key.
CREATE TABLE endpoints (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    secret BYTES NOT NULL,
    former_secret BYTES,
    former_until BIGINT,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    failing_since BIGINT,
    told_at BIGINT
);
-- The kinds of events that an endpoint wants; without a row it wants all.
CREATE TABLE endpoint_kinds (
    endpoint_id TEXT NOT NULL REFERENCES endpoints (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    PRIMARY KEY (endpoint_id, kind)
);
CREATE TABLE deliveries (
    endpoint_id TEXT NOT NULL REFERENCES endpoints (id) ON DELETE CASCADE,
    event_number BIGINT NOT NULL REFERENCES events (number) ON DELETE CASCADE,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    run_after BIGINT NOT NULL,
    worker TEXT,
    lease_until BIGINT,
    answer BIGINT,
    problem TEXT,
    created_at BIGINT NOT NULL,
    attempted_at BIGINT,
    PRIMARY KEY (endpoint_id, event_number)
);
CREATE INDEX deliveries_waiting ON deliveries (endpoint_id, state, run_after);
CREATE INDEX deliveries_of_event ON deliveries (event_number);

-- Each case's log: every entry holds the hash of the one before. root is the number of the signed
-- root that first covers it.
CREATE TABLE audit (
    case_id TEXT NOT NULL REFERENCES cases (id),
    place BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    hash BYTES NOT NULL,
    root BIGINT,
    PRIMARY KEY (case_id, place)
);
CREATE INDEX audit_by_root ON audit (root, case_id, place);

-- Signed roots over the logs; they count where they were sent to, out of this database's reach.
CREATE TABLE audit_roots (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    before BYTES NOT NULL,
    heads BIGINT NOT NULL,
    merkle BYTES NOT NULL,
    public_key BYTES NOT NULL,
    signature BYTES NOT NULL
);

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    hash BYTES NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- What one process of all does every so often, and when it was done last.
CREATE TABLE chores (
    name TEXT PRIMARY KEY,
    done_at BIGINT NOT NULL
);

-- A key that was used once: the digest of what was asked, and what came of it.
CREATE TABLE idempotency (
    api_key_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    digest BYTES NOT NULL,
    result TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (api_key_id, idempotency_key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
