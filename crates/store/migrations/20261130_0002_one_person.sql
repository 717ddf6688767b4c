-- Whose accounts were closed for one: what was used with them counts with that one's own.
CREATE INDEX accounts_closed_for ON accounts (closed_for) WHERE closed_for IS NOT NULL;
