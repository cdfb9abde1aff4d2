CREATE TABLE customers (
  id TEXT PRIMARY KEY,
  company TEXT NOT NULL,
  contact TEXT NOT NULL,
  plan TEXT NOT NULL,
  stage TEXT NOT NULL,
  health TEXT NOT NULL,
  start_date TEXT NOT NULL,
  notes TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL
) STRICT;

-- One key for one Save button: the same key again gives the same customer.
CREATE TABLE creations (
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  customer_id TEXT NOT NULL,
  PRIMARY KEY (account_id, key)
) STRICT;
