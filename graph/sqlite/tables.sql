-- The tables that answer questions. All of it is made from the record and is dropped and made again when the stamp
-- (rules, lexicon, register, these definitions, DERIVED_VERSION) is another. Columns of a primary key come first and in its order: in other
-- orders SQLite 3.40's integrity_check finds NULLs in a table WITHOUT ROWID where there are none.
CREATE TABLE plan_row (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, number TEXT, issuer TEXT, issued_on TEXT, year INTEGER,
    region TEXT NOT NULL, sections INTEGER NOT NULL, tasks INTEGER NOT NULL, milestones INTEGER NOT NULL,
    doubts INTEGER NOT NULL, consumed INTEGER NOT NULL, total INTEGER NOT NULL,
    recurs_from TEXT, recurs_to TEXT, title_key TEXT NOT NULL, number_key TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX plan_title ON plan_row (title_key, number_key);
CREATE INDEX plan_number ON plan_row (number_key, title_key);

CREATE TABLE section (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL,
    level INTEGER NOT NULL, parent TEXT
) WITHOUT ROWID;
CREATE INDEX section_plan ON section (plan_id);
CREATE INDEX section_parent ON section (parent);

CREATE TABLE unit (
    id TEXT NOT NULL, plan_id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, level TEXT,
    region TEXT NOT NULL, names TEXT NOT NULL,
    PRIMARY KEY (id, plan_id)
) WITHOUT ROWID;
CREATE INDEX unit_plan ON unit (plan_id);
CREATE INDEX unit_region ON unit (region, kind);

CREATE TABLE task (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, place INTEGER NOT NULL, section_id TEXT NOT NULL,
    section TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    same_as TEXT, deadline TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX task_plan ON task (plan_id, place);

CREATE TABLE assignment (
    task_id TEXT NOT NULL, place INTEGER NOT NULL, plan_id TEXT NOT NULL, unit_id TEXT NOT NULL, hat_id TEXT,
    role TEXT NOT NULL, stated INTEGER NOT NULL, mention TEXT NOT NULL, rule TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, statement_start INTEGER NOT NULL, statement_end INTEGER NOT NULL,
    PRIMARY KEY (task_id, place)
) WITHOUT ROWID;
CREATE INDEX assignment_plan ON assignment (plan_id);
CREATE INDEX assignment_unit ON assignment (unit_id, plan_id, task_id, role);
CREATE INDEX assignment_hat ON assignment (hat_id, plan_id) WHERE hat_id IS NOT NULL;

-- How many tasks a unit has in a plan by its strongest role and by when they fall due (a month 2026-03, a year alone,
-- often, open, none), and how many two units share: what an overview of the whole library adds up.
CREATE TABLE unit_count (
    unit_id TEXT NOT NULL, plan_id TEXT NOT NULL, role TEXT NOT NULL, month TEXT NOT NULL, tasks INTEGER NOT NULL,
    PRIMARY KEY (unit_id, plan_id, role, month)
) WITHOUT ROWID;
CREATE INDEX unit_count_plan ON unit_count (plan_id);

CREATE TABLE pair_count (
    one TEXT NOT NULL, other TEXT NOT NULL, plan_id TEXT NOT NULL, tasks INTEGER NOT NULL, leads INTEGER NOT NULL,
    led INTEGER NOT NULL, PRIMARY KEY (one, other, plan_id)
) WITHOUT ROWID;
CREATE INDEX pair_count_plan ON pair_count (plan_id);

CREATE TABLE person (
    plan_id TEXT NOT NULL, task_id TEXT NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL
);
CREATE INDEX person_plan ON person (plan_id);

CREATE TABLE milestone (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, place INTEGER NOT NULL, section_id TEXT NOT NULL,
    section TEXT NOT NULL, text TEXT NOT NULL, task_id TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX milestone_plan ON milestone (plan_id, place);
CREATE INDEX milestone_task ON milestone (task_id) WHERE task_id IS NOT NULL;

CREATE TABLE deadline (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, level TEXT NOT NULL, text TEXT NOT NULL, kind TEXT NOT NULL,
    due TEXT, every TEXT, min_count INTEGER, "precision" TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    section_id TEXT NOT NULL, section TEXT NOT NULL, clause TEXT NOT NULL, task_id TEXT, milestone_id TEXT
) WITHOUT ROWID;
CREATE INDEX deadline_plan ON deadline (plan_id, kind);
CREATE INDEX deadline_due ON deadline (due, plan_id, start, "end") WHERE kind = 'by';
CREATE INDEX deadline_again ON deadline (plan_id) WHERE kind IN ('count', 'recurring');

-- Which tasks a deadline or a citation reaches.
CREATE TABLE reach (
    fact_id TEXT NOT NULL, place INTEGER NOT NULL, task_id TEXT NOT NULL, plan_id TEXT NOT NULL,
    PRIMARY KEY (fact_id, place)
) WITHOUT ROWID;
CREATE INDEX reach_plan ON reach (plan_id);
CREATE INDEX reach_task ON reach (task_id);

CREATE TABLE target (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, holder_kind TEXT NOT NULL, holder_id TEXT NOT NULL,
    subject TEXT NOT NULL, op TEXT NOT NULL, value REAL NOT NULL, unit TEXT NOT NULL, text TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX target_plan ON target (plan_id);
CREATE INDEX target_holder ON target (holder_id);

-- Facts of the plain kinds (ingest/facts/): `said` are the record's fields as JSON.
CREATE TABLE fact (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, kind TEXT NOT NULL, holder_kind TEXT NOT NULL,
    holder_id TEXT NOT NULL, text TEXT NOT NULL, said TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX fact_plan ON fact (plan_id);
CREATE INDEX fact_kind ON fact (kind, plan_id);

CREATE TABLE citation (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, holder TEXT NOT NULL, holder_id TEXT NOT NULL,
    section TEXT NOT NULL, title TEXT NOT NULL, number TEXT, title_key TEXT NOT NULL, number_key TEXT NOT NULL,
    role TEXT NOT NULL, articles TEXT NOT NULL, sentence TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX citation_plan ON citation (plan_id);
CREATE INDEX citation_title ON citation (title_key, number_key);

CREATE TABLE inner_title (
    citation_id TEXT NOT NULL, place INTEGER NOT NULL, plan_id TEXT NOT NULL, title TEXT NOT NULL,
    title_key TEXT NOT NULL, PRIMARY KEY (citation_id, place)
) WITHOUT ROWID;
CREATE INDEX inner_plan ON inner_title (plan_id);
CREATE INDEX inner_key ON inner_title (title_key);

CREATE TABLE gap (
    task_id TEXT NOT NULL, code TEXT NOT NULL, plan_id TEXT NOT NULL, PRIMARY KEY (task_id, code)
) WITHOUT ROWID;
CREATE INDEX gap_plan ON gap (plan_id, code);
CREATE INDEX gap_code ON gap (code);

CREATE TABLE doubt (
    id TEXT PRIMARY KEY, plan_id TEXT NOT NULL, code TEXT NOT NULL, params TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX doubt_plan ON doubt (plan_id);

-- How often a title and number are cited together, by how they are written; `inside` another title (1) or not (0).
CREATE TABLE naming (
    title_key TEXT NOT NULL, number_key TEXT NOT NULL, inside INTEGER NOT NULL, title TEXT NOT NULL,
    number TEXT NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (title_key, number_key, inside, title, number)
) WITHOUT ROWID;
CREATE INDEX naming_number ON naming (number_key, title_key, inside);
-- A checksum of each plan's rows in the tables above (graph/sqlite/checksums.py).
CREATE TABLE checksum (plan_id TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;

-- Documents, found over all plans at once (graph/derived/documents.py): which keys mean which, and ids that redirect.
CREATE TABLE document (id TEXT PRIMARY KEY, title TEXT NOT NULL, number TEXT, plan_id TEXT) WITHOUT ROWID;
CREATE TABLE named (
    title_key TEXT NOT NULL, number_key TEXT NOT NULL, document_id TEXT NOT NULL, PRIMARY KEY (title_key, number_key)
) WITHOUT ROWID;
CREATE INDEX named_document ON named (document_id);
CREATE TABLE redirect (id TEXT PRIMARY KEY, document_id TEXT NOT NULL) WITHOUT ROWID;

-- Numbers that were given to a title that is not their document's: doubts of the library as a whole.
CREATE TABLE clash (number_key TEXT NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL, other TEXT NOT NULL);
CREATE INDEX clash_number ON clash (number_key);
