-- Whose accounts were closed for one: what was used with them counts with that one's own.
CREATE INDEX accounts_closed_for ON accounts (closed_for) WHERE closed_for IS NOT NULL;

-- What is held of an account and may have run out, without all that it ever used.
CREATE INDEX reservations_held_of_account ON reservations (account_id, expires_at)
    WHERE state = 'held';

-- From when what is kept of a case is counted: another country's terms begin then too.
ALTER TABLE cases ADD COLUMN kept_since BIGINT;
