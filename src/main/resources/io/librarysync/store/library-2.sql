-- Own entries that once had another parent. Whoever did not see one move still has it elsewhere, so the deletion of the tree
-- it is in now has to name it.
CREATE TABLE moved_entries (
    entry_id INTEGER PRIMARY KEY REFERENCES entries(id) ON DELETE CASCADE
);
