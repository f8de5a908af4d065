CREATE TABLE accounts (id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL UNIQUE, active BOOLEAN NOT NULL, settings JSON);
CREATE TABLE trades (
  id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, pair TEXT, price REAL,
  amount NUMERIC(18,8), opened DATETIME, note TEXT, raw BLOB
);
CREATE INDEX trades_pair ON trades (pair);
INSERT INTO accounts VALUES (1, 'paper', 1, '{"risk": 0.02}'), (7, 'live', 0, NULL);
INSERT INTO trades VALUES
  (1, 7, 'BTC/USD', 0.1, 12.5, '2026-01-02 03:04:05.678901', 'a	b' || char(10) || '\.' || char(10) || 'c\d "q" ''s'' é', x'00ff5c'),
  (2, 1, '', 1e300, 0.00000001, NULL, NULL, NULL),
  (9, 1, NULL, -1.0/3, 3, '2026-01-02T03:04:05', '\N', '');
