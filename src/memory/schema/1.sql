-- A document, whatever its text and wherever it lies. `sketch`: what its latest text is known to be like by.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    length INTEGER NOT NULL,
    sketch BLOB NOT NULL,
    seen INTEGER NOT NULL
);

-- The texts it had, by digest and length in bytes.
CREATE TABLE texts (
    digest INTEGER NOT NULL,
    length INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (digest, length)
) WITHOUT ROWID;
CREATE INDEX texts_of ON texts (document);

-- The paths and addresses it was read from.
CREATE TABLE locations (
    location TEXT PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX locations_of ON locations (document, seen);

-- Places in a document by the letter of the mark; '' for where it was left. A place is kept as the words there, those
-- around them, where they stood in a text of which length, in bytes, and how well other places of that text would pass
-- for it: `rival` in characters around the same words, `likest` in per cent of likeness.
CREATE TABLE places (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    quote TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    length INTEGER NOT NULL,
    rival INTEGER,
    likest INTEGER NOT NULL,
    PRIMARY KEY (document, name)
) WITHOUT ROWID;

-- Corrected sections, in the order in which they were made: one edit as JSON in each row.
CREATE TABLE edits (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    lens TEXT NOT NULL,
    edit TEXT NOT NULL
);
CREATE INDEX edits_of ON edits (document, lens);

-- Corrected names, in the order in which they were made: one edit as JSON in each row.
CREATE TABLE name_edits (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    edit TEXT NOT NULL
);
CREATE INDEX name_edits_of ON name_edits (document);

-- Times are seconds since 1970. `length`: of the text, in bytes; `rival`, `likest`: how well other places of that text
-- would pass for this one, in characters around the same words and in per cent of likeness.
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('highlight', 'note')),
    at INTEGER NOT NULL,
    quote TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    length INTEGER NOT NULL,
    rival INTEGER,
    likest INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX notes_of ON notes (document, at);

-- What was searched for; saved under a name, or the history.
CREATE TABLE searches (
    id INTEGER PRIMARY KEY,
    name TEXT UNIQUE,
    pattern TEXT NOT NULL,
    flags TEXT NOT NULL,
    used INTEGER NOT NULL
);
CREATE INDEX searches_by_use ON searches (used);
