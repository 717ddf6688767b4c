-- Whose accounts were closed for one: what was used with them counts with that one's own.
CREATE INDEX accounts_closed_for ON accounts (closed_for) WHERE closed_for IS NOT NULL;

-- From when what is kept of a case is counted: another country's terms begin then too.
ALTER TABLE cases ADD COLUMN kept_since BIGINT;
