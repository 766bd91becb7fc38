-- The record: what was ingested. Nothing here can be made again; tables.sql holds what can.
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row a plan. `version` is the one that answers (the newest, but for those that say less and were set aside: their
-- numbers are higher), `generation` that of its last commit, `read_as` the id that the rules gave
-- the plan when it was last read: a plan keeps its id when the rules change, and is still found by what they say now.
CREATE TABLE plan (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    read_as TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX plan_read_as ON plan (read_as);
CREATE INDEX plan_generation ON plan (generation);

-- `plan` is the reading as JSON, zlib-compressed; `sha256` the file whose text its spans index.
CREATE TABLE version (
    plan_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    plan BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    added_on TEXT NOT NULL,
    PRIMARY KEY (plan_id, number)
);

-- A file that a version was read from: its bytes, its text, and its pages, cells and doubts as JSON, all compressed.
CREATE TABLE source (
    plan_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size INTEGER NOT NULL,
    data BLOB NOT NULL,
    text BLOB NOT NULL,
    places BLOB NOT NULL,
    added_on TEXT NOT NULL,
    PRIMARY KEY (plan_id, version, sha256)
);
CREATE INDEX source_sha256 ON source (sha256);

-- Ids that were here and are no more (410); a plan's row also says in which generation it went.
CREATE TABLE removed (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    generation INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX removed_plan ON removed (generation) WHERE kind = 'plan';

-- What a person decided about units (graph/record/decisions.py), as JSON: a log that only grows.
CREATE TABLE decision (number INTEGER PRIMARY KEY, decision TEXT NOT NULL);

-- Checksums of all that stands above (graph/sqlite/checksums.py says which), written in the same transactions.
CREATE TABLE record_sum (
    plan_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (plan_id, version)
) WITHOUT ROWID;
